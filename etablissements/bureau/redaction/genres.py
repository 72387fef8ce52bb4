"""What a school writes in the short forms: news and events."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from sites.models import PageActualite, PageActualites, PageAgenda, PageEvenement
from sites.variantes import Section

from .forms import FormulaireActualite, FormulaireCourt, FormulaireEvenement


@dataclass(frozen=True)
class Genre:
    """A kind of text.

    Attributes:
        modele: its pages.
        parent: the pages that hold them.
        section: the section of the site that the parent is.
        formulaire: its short form.
        nom: what one is called.
        route: name of the route that changes one.
        ecrire: what writing one is called.
        modifier: what changing one is called.
        publie: what is said when it is on line.
    """

    modele: type[Page]
    parent: type[Page]
    section: Section
    formulaire: type[FormulaireCourt]
    nom: Promise
    route: str
    ecrire: Promise
    modifier: Promise
    publie: Promise


ACTUALITE = Genre(
    modele=PageActualite,
    parent=PageActualites,
    section=Section.ACTUALITES,
    formulaire=FormulaireActualite,
    nom=_("actualité"),
    route="bureau:actualite",
    ecrire=_("Publier une actualité"),
    modifier=_("Modifier une actualité"),
    publie=_("C'est publié : tout le monde peut lire votre actualité."),
)
EVENEMENT = Genre(
    modele=PageEvenement,
    parent=PageAgenda,
    section=Section.AGENDA,
    formulaire=FormulaireEvenement,
    nom=_("événement"),
    route="bureau:evenement",
    ecrire=_("Annoncer un événement"),
    modifier=_("Modifier un événement"),
    publie=_("C'est annoncé : l'événement est dans l'agenda de l'école."),
)
GENRES = (ACTUALITE, EVENEMENT)


def genre_de(page: Page) -> Genre | None:
    """Return the kind of a page, None when it has no short form."""
    return next((genre for genre in GENRES if isinstance(page, genre.modele)), None)
