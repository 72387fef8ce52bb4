"""What the pages of a school draw: bars, shares, addresses of the tree above."""

import datetime
from dataclasses import dataclass
from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from etablissements.registre.models import Direction, Dotation, Etablissement
from etablissements.scolarite.api import Effectifs
from themes.templatetags.portail import jour

register = template.Library()
RACINE = "etablissements"  # slug of the page that leads to all schools


@dataclass(frozen=True)
class Barre:
    """One level of the headcount, and its bar.

    Attributes:
        niveau: the level, as the records give it.
        filles: width of the girls' part, in hundredths of the largest level.
        garcons: width of the boys' part.
        depart: where the boys' part begins.
    """

    niveau: object
    filles: int
    garcons: int
    depart: int


@register.filter
def barres(effectifs: Effectifs) -> list[Barre]:
    """Return the bars of a headcount; the largest level is 100 wide."""
    maximum = max((niveau.total for niveau in effectifs.niveaux), default=0) or 1
    resultat = []
    for niveau in effectifs.niveaux:
        filles = round(100 * niveau.filles / maximum)
        garcons = round(100 * niveau.total / maximum) - filles
        resultat.append(Barre(niveau, filles, garcons, filles))
    return resultat


@register.filter
def part(nombre: int, total: int) -> str:
    """Return what share of `total` a number is, as a whole percentage, written as the language does."""
    return localize(round(100 * nombre / total)) if total else localize(0)


@register.filter
def provenance(fait: Etablissement | Dotation) -> str:
    """Say where a fact of the registry comes from, and of what day it is."""
    return _provenance(fait.source, fait.releve_le, get_language())


@lru_cache(maxsize=4096)
def _provenance(source: str, releve_le: datetime.date, langue: str | None) -> str:
    return _("Source : %(source)s, au registre le %(jour)s.") % {"source": source, "jour": jour(releve_le)}


@register.simple_tag
def adresse_de(direction: Direction, niveau: str = "direction") -> str:
    """Return the path of the page of a direction, of its academy (`academie`) or of all schools (`racine`)."""
    segments = {
        "racine": (RACINE,),
        "academie": (RACINE, direction.academie.slug),
        "direction": (RACINE, direction.academie.slug, direction.slug),
    }[niveau]
    return _adresse(segments, get_language())


@lru_cache(maxsize=512)
def _adresse(segments: tuple[str, ...], langue: str | None) -> str:
    return reverse("wagtail_serve", args=("/".join(segments) + "/",))
