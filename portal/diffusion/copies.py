"""One copy: its bytes, plain and compressed, their tags, and what a reader's request gets of them.

A tag is what nginx computes for a file, `"<mtime>-<size>"` in hexadecimal. The files' times are therefore drawn from
their content: every machine gives the same tag to the same bytes, and other bytes get another one.
"""

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

CACHE = "public, max-age=0, s-maxage=1, stale-if-error=86400"
_GZIP = re.compile(r"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q\s*=\s*(?P<q>[0-9.]+))?\s*(?=,|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Copie:
    """The body of a copy."""

    corps: bytes

    @cached_property
    def comprime(self) -> bytes:
        """The body, gzipped; always the same bytes."""
        return gzip.compress(self.corps, compresslevel=9, mtime=0)

    @cached_property
    def instant(self) -> int:
        """31 bits of the content's hash: the modification time of the plain file; the compressed one has the next."""
        return int.from_bytes(hashlib.sha256(self.corps).digest()[:4]) & 0x7FFFFFFE

    def choisir(self, environ: Mapping[str, str]) -> tuple[str, bytes, bool]:
        """Return tag, bytes, and whether they are compressed, for a reader's request."""
        if accepte_gzip(environ):
            return etiquette(self.instant + 1, len(self.comprime)), self.comprime, True
        return etiquette(self.instant, len(self.corps)), self.corps, False


def etiquette(instant: int, taille: int) -> str:
    """Return the strong ETag of a file from its modification time, in seconds, and its size."""
    return f'"{instant:x}-{taille:x}"'


def accepte_gzip(environ: Mapping[str, str]) -> bool:
    """Tell whether the reader takes gzip."""
    trouve = _GZIP.search(environ.get("HTTP_ACCEPT_ENCODING", ""))
    if trouve is None:
        return False
    try:
        return float(trouve["q"] or 1) > 0
    except ValueError:
        return False


def inchangee(environ: Mapping[str, str], tag: str) -> bool:
    """Tell whether the reader already holds the bytes of this tag."""
    connues = environ.get("HTTP_IF_NONE_MATCH", "")
    return connues.strip() == "*" or tag in (connue.strip().removeprefix("W/") for connue in connues.split(","))
