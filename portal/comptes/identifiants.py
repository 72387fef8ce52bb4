"""The user names that the portal issues: ten digits, the last one checks the others."""

import re
import secrets

from portal.socle.texte import chiffres_latins

LONGUEUR = 10
_SEPARATEURS = re.compile(r"[\s\-‐‑‒–—·.]+")
_CHIFFRES = re.compile(r"[0-9]+")


def cle_de_luhn(chiffres: str) -> str:
    """Return the check digit of `chiffres` (Luhn, ISO/IEC 7812-1 annex B): it catches one wrong or two swapped digits.

    >>> cle_de_luhn("7992739871")
    '3'
    """
    somme = 0
    for rang, chiffre in enumerate(reversed(chiffres)):
        valeur = int(chiffre) * (2 if rang % 2 == 0 else 1)
        somme += valeur - 9 if valeur > 9 else valeur
    return str(-somme % 10)


def tirer_identifiant() -> str:
    """Return a random identifier, never beginning with 0. It may be taken already."""
    racine = str(secrets.randbelow(9) + 1) + "".join(str(secrets.randbelow(10)) for _ in range(LONGUEUR - 2))
    return racine + cle_de_luhn(racine)


def normaliser_identifiant(texte: str) -> str:
    """Return the identifier meant by `texte`: digits of any script, spaces and dashes dropped; other names as typed."""
    serre = _SEPARATEURS.sub("", chiffres_latins(texte))
    return serre if _CHIFFRES.fullmatch(serre) else texte.strip()


def grouper(identifiant: str) -> str:
    """Return an issued identifier in groups, easy to copy: `4821 5530 96`; any other name as it is."""
    if not _CHIFFRES.fullmatch(identifiant):
        return identifiant
    return " ".join(identifiant[debut : debut + 4] for debut in range(0, len(identifiant), 4))
