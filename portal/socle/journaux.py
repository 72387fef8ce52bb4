"""What must never stand in a log, whoever writes it."""

import logging
import re

# The identifier of a paper opens its public page: to a log it is a secret.
_IDENTIFIANT = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{26}(?![0-9A-Za-z])")


class SansIdentifiant(logging.Filter):
    """Replaces the identifiers of papers in a record, message and arguments alike. It drops nothing."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place."""
        message = record.getMessage()
        efface = _IDENTIFIANT.sub("…", message)
        if efface != message:
            record.msg, record.args = efface, None
        return True
