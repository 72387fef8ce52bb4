"""The secret key of a development machine."""

import os
import secrets
from pathlib import Path


def cle_locale(fichier: Path) -> str:
    """Return the key kept in `fichier`, made on first use and readable by its owner alone.

    Two processes may start together: the first to create the file wins, the other reads it.
    """
    try:
        descripteur = os.open(fichier, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return fichier.read_text(encoding="ascii")
    with os.fdopen(descripteur, "w", encoding="ascii") as sortie:
        cle = secrets.token_urlsafe(50)
        sortie.write(cle)
    return cle
