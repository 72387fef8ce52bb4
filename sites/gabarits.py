"""What the templates of the school pages find beside the frame's: bars, shares, addresses, structured data."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from jinja2 import Environment, pass_context
from jinja2.ext import Extension
from jinja2.runtime import Context

from etablissements.registre.models import Direction, Dotation, Etablissement
from etablissements.scolarite.api import Effectifs
from portal.socle.telephones import a_composer, lisible
from themes.cadre import Langue, jour

from . import partage
from .models import PageActualite, PageContact, PageDEcole, PageEtablissement, PageEvenement

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


def barres(effectifs: Effectifs) -> list[Barre]:
    """Return the bars of a headcount; the largest level is 100 wide."""
    maximum = max((niveau.total for niveau in effectifs.niveaux), default=0) or 1
    resultat = []
    for niveau in effectifs.niveaux:
        filles = round(100 * niveau.filles / maximum)
        garcons = round(100 * niveau.total / maximum) - filles
        resultat.append(Barre(niveau, filles, garcons, filles))
    return resultat


def part(nombre: int, total: int) -> str:
    """Return what share of `total` a number is, as a whole percentage, written as the language does."""
    return localize(round(100 * nombre / total)) if total else localize(0)


def provenance(fait: Etablissement | Dotation) -> str:
    """Say where a fact of the registry comes from, and of what day it is."""
    return _provenance(fait.source, fait.releve_le, get_language())


@lru_cache(maxsize=4096)
def _provenance(source: str, releve_le: datetime.date, langue: str | None) -> str:
    return _("Source : %(source)s, au registre le %(jour)s.") % {"source": source, "jour": jour(releve_le)}


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


@pass_context
def image_partagee(context: Context) -> partage.Apercu:
    """Return the picture shown with a link to this page."""
    page, ecole = context["page"], context["ecole"]
    image, alt = getattr(page, "image", None), getattr(page, "image_alt", "")
    return partage.image_partagee(ecole, image=image, alt=alt, reglages=context["reglages"])


@pass_context
def donnees_structurees(context: Context, image: str, langues: Sequence[Langue]) -> SafeString | str:
    """Return the structured data of this page, empty for those that have none."""
    page: PageDEcole = context["page"]
    url = next((langue.absolue for langue in langues if langue.active), "")
    if isinstance(page, PageEtablissement | PageContact):
        donnees: dict[str, Any] = partage.ecole_schema(page.etablissement, url=url, image=image)
    elif isinstance(page, PageActualite):
        donnees = partage.actualite_schema(page, url=url, image=image)
    elif isinstance(page, PageEvenement):
        donnees = partage.evenement_schema(page, url=url, image=image)
    else:
        return ""
    return partage.en_json(donnees)


class Ecole(Extension):
    """Gives the templates what this module says, as Wagtail's extensions do."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.globals.update(
            adresse_de=adresse_de, donnees_structurees=donnees_structurees, image_partagee=image_partagee
        )
        environment.filters.update(
            a_composer=a_composer, barres=barres, lisible=lisible, part=part, provenance=provenance
        )
