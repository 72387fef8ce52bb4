"""Normalisation of names and labels, so that people and workbooks may spell them as they do.

Rules seen in the exchanged workbooks: irregular blanks and colons, unstable hamza, tatweel, ة/ه and ى/ي swapped.
"""

import re
import unicodedata

_EQUIVALENCES = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ة": "ه", "ـ": None, "ء": None}
)
_CHIFFRES = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
# What neither XML nor a calendar may hold: a text pasted from a word processor has some.
_CONTROLES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLES = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_PONCTUATION = re.compile(r"[^\w]+")


def chiffres_latins(texte: str) -> str:
    """Return `texte` with Arabic-Indic and Persian digits written 0-9, and invisible direction marks removed."""
    return _INVISIBLES.sub("", texte).translate(_CHIFFRES)


def sans_controle(texte: str) -> str:
    """Return `texte` with a space for each control character; tabs and line ends stay."""
    return _CONTROLES.sub(" ", texte)


def nettoyer(texte: str) -> str:
    """Return `texte` as a person would write it: no invisible mark, blanks and tabs folded to one space."""
    return " ".join(_INVISIBLES.sub("", unicodedata.normalize("NFC", texte)).split())


def normaliser(texte: str) -> str:
    """Return a key for comparing labels in either script: no case, accent, hamza, punctuation or doubled blank.

    >>> normaliser(" : المستوى ") == normaliser("المستوي")
    True
    >>> normaliser("Académie :")
    'academie'
    """
    decompose = unicodedata.normalize("NFKD", chiffres_latins(texte).translate(_EQUIVALENCES).casefold())
    sans_accents = "".join(c for c in decompose if not unicodedata.combining(c))
    return " ".join(_PONCTUATION.sub(" ", sans_accents).split())


def apercu(texte: str, longueur: int = 40) -> str:
    """Return `texte` fit to be quoted in a message: printable, on one line, at most `longueur` characters."""
    lisible = "".join(c for c in nettoyer(texte) if c.isprintable())
    return lisible if len(lisible) <= longueur else f"{lisible[: longueur - 1]}…"


def isoler(texte: str) -> str:
    """Return `texte` as a left-to-right island (U+2066 … U+2069), so that a number keeps its order in Arabic."""
    return f"\u2066{texte}\u2069"
