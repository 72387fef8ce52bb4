"""What the pages of a school draw: bars, shares, addresses of the tree above."""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.formats import localize

from etablissements.registre.models import Direction
from etablissements.scolarite.api import Effectifs

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


@register.simple_tag
def adresse_de(direction: Direction, niveau: str = "direction") -> str:
    """Return the path of the page of a direction, of its academy (`academie`) or of all schools (`racine`)."""
    segments = {
        "racine": (RACINE,),
        "academie": (RACINE, direction.academie.slug),
        "direction": (RACINE, direction.academie.slug, direction.slug),
    }[niveau]
    return reverse("wagtail_serve", args=("/".join(segments) + "/",))
