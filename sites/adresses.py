"""The addresses of the pages of a school, in the active language: a page writes dozens of them."""

from functools import lru_cache
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import get_language

from etablissements.registre.noms import NOMS_GARDES
from portal.socle.langues import sous

_PERMIS = "/~:@!$&'()*+,;="  # what `reverse` leaves as it is in a path (RFC 3986)


@lru_cache(maxsize=NOMS_GARDES)
def _accueil(racine: str, langue: str | None) -> str:
    return reverse("sites:ecole", kwargs={"racine": racine})


def adresse(racine: str, reste: str = "", *, langue: str = "") -> str:
    """Return the path of a page of a school.

    Args:
        racine: first segment, code and name.
        reste: what follows it, `actualites/rentree/`; empty for the home.
        langue: another language than the active one.
    """
    chemin = f"{_accueil(racine, get_language())}{quote(reste, safe=_PERMIS)}"
    return sous(langue, chemin) if langue else chemin
