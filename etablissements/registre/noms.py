"""The registry abbreviates and shouts; a public page writes school names out."""

import re
from functools import lru_cache

from django.utils.text import slugify

from portal.socle.texte import normaliser

NOMS_GARDES = 4096  # a page asks for the name of its school in every link
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


@lru_cache(maxsize=NOMS_GARDES)
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


@lru_cache(maxsize=NOMS_GARDES)
def nom_public_ar(nom: str) -> str:
    """Write out the Arabic registry name `nom`: `م.م` is مجموعة مدارس, `م.` is مدرسة, `م.ج` is المدرسة الجماعاتية."""
    for motif, prefixe in _PREFIXES_AR:
        if trouve := motif.match(nom):
            return prefixe + nom[trouve.end() :].strip()
    return nom


_ABREVIATIONS_NORMALISEES = (
    (re.compile(r"^م م\b"), "مجموعه مدارس"),
    (re.compile(r"^م ج\b"), "مدرسه جماعاتيه"),
    (re.compile(r"^م\b"), "مدرسه"),
    (re.compile(r"^lycee collegial\b"), "college"),
    (re.compile(r"^lycee qualifiant\b"), "lycee"),
    (re.compile(r"^(?:ss|secteur scolaire)\b"), "groupe scolaire"),
    (re.compile(r"^ec\b"), "ecole communautaire"),
)
_ARTICLE = re.compile(r"\bال(?=\w{2})")


def cle_de_nom(nom: str) -> str:
    """Return the key by which two spellings of a school's name are the same, abbreviated or written out.

    >>> cle_de_nom("م.م ادريس الثاني") == cle_de_nom("مجموعة مدارس إدريس الثاني")
    True
    """
    cle = normaliser(nom)
    for motif, ecrit in _ABREVIATIONS_NORMALISEES:
        cle, remplaces = motif.subn(ecrit, cle)
        if remplaces:
            break
    return _ARTICLE.sub("", cle)


@lru_cache(maxsize=NOMS_GARDES)
def slug_public(gresa: str, nom_fr: str) -> str:
    """Return what names a school in its address: its code, then its French name written out.

    >>> slug_public("16698Z", "SS IDRISS II")
    '16698z-groupe-scolaire-idriss-ii'
    """
    return f"{gresa.lower()}-{slugify(nom_public_fr(nom_fr))}"[:255].rstrip("-")
