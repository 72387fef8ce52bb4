"""The registry abbreviates and shouts; a public page writes school names out."""

import re

_PREFIXES_FR = (
    (re.compile(r"^LYCEE QUALIFIANT\b"), "Lycée"),
    (re.compile(r"^LYCEE COLLEGIAL\b"), "Collège"),
    (re.compile(r"^LYCEE\b"), "Lycée"),
    (re.compile(r"^ECOLE\b"), "École"),
    (re.compile(r"^EC\b"), "École communautaire"),
    (re.compile(r"^SS\b"), "Groupe scolaire"),
)
_PREFIXES_AR = (
    (re.compile(r"^م\s*\.\s*م\s*\.?\s*"), "مجموعة مدارس "),
    (re.compile(r"^م\s*\.\s*ج\s*\.?\s*"), "المدرسة الجماعاتية "),
    (re.compile(r"^م\s*\.\s*"), "مدرسة "),
)
_CHIFFRE_ROMAIN = re.compile(r"^(?=[IVX]+$)X{0,3}(IX|IV|V?I{0,3})$")
_LIAISONS = {"OU", "DE", "DES", "DU", "ET", "LA", "LE"}
_ABREVIATIONS = {"MLY": "Moulay", "UNITE": "unité", "ANNEXE": "annexe", "CENTRE": "centre"}


def _mot(mot: str) -> str:
    if mot in _ABREVIATIONS:
        return _ABREVIATIONS[mot]
    if _CHIFFRE_ROMAIN.match(mot):
        return mot
    return mot.lower() if mot in _LIAISONS else mot.capitalize()


def nom_public_fr(nom: str) -> str:
    """Write out the French registry name `nom`; a name that is not all capitals is left as it is.

    >>> nom_public_fr("SS IDRISS II UNITE TIZARKIN")
    'Groupe scolaire Idriss II unité Tizarkin'
    """
    if nom != nom.upper():
        return nom
    for motif, prefixe in _PREFIXES_FR:
        if trouve := motif.match(nom):
            return " ".join([prefixe, *(_mot(mot) for mot in nom[trouve.end() :].split())])
    return " ".join(_mot(mot) for mot in nom.split())


def nom_public_ar(nom: str) -> str:
    """Write out the Arabic registry name `nom`: `م.م` is مجموعة مدارس, `م.` is مدرسة, `م.ج` is المدرسة الجماعاتية."""
    for motif, prefixe in _PREFIXES_AR:
        if trouve := motif.match(nom):
            return prefixe + nom[trouve.end() :].strip()
    return nom
