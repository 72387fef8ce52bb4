"""The identifier of a paper: 26 Crockford base32 characters, 130 random bits."""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CONFUSIONS = str.maketrans("OIL", "011")
_SEPARATEURS = re.compile(r"[\s\-‐‑‒–—·.]+")
_FORME = re.compile(rf"[{ALPHABET}]{{26}}")
LONGUEUR = 26
_GROUPE = 5


def nouvel_identifiant() -> str:
    """Return a new random identifier."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LONGUEUR))


def lire_identifiant(texte: str) -> str | None:
    """Return the identifier that a person meant by `texte`, or None when it cannot be one.

    Blanks, dashes and case do not count; O reads 0, I and L read 1 (Crockford). A whole verification address is
    accepted too: its last segment is the identifier.
    """
    segment = texte.strip().rstrip("/").rsplit("/", 1)[-1]
    identifiant = _SEPARATEURS.sub("", segment).upper().translate(_CONFUSIONS)
    return identifiant if _FORME.fullmatch(identifiant) else None


def grouper(document_id: str) -> str:
    """Return the identifier in groups of five (the last has six), easy to read aloud and to type."""
    debuts = range(0, LONGUEUR - _GROUPE - 1, _GROUPE)
    groupes = [document_id[debut : debut + _GROUPE] for debut in debuts]
    return " ".join([*groupes, document_id[len(groupes) * _GROUPE :]])
