"""The tabs of a school's site: its sections and free pages that are live."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from etablissements.registre.models import Etablissement

from ..variantes import LIBELLES, Section

_RANGS = {section.value: rang for rang, section in enumerate(Section)}
LIBRE = _RANGS[Section.CONTACT.value] - 1


@dataclass(frozen=True)
class Onglet:
    """One tab.

    Attributes:
        section: the section that it opens, None for the home and the free pages.
        nom: what it says.
        langue: language of the name when it is not the reader's, else empty.
        url: where it leads.
        courant: `page` when it is the page being read, `true` when that page is below it, else empty.
    """

    section: Section | None
    nom: str | Promise
    langue: str
    url: str
    courant: str


def onglets_de(accueil: Page, *, ecole: Etablissement, reste: str) -> list[Onglet]:
    """Return the tabs, in the order of the sections, free pages before the contact. One query.

    Args:
        accueil: the home of the site.
        ecole: its school.
        reste: the address being read, below the home.
    """
    racine = ecole.slug_public
    url = reverse("sites:ecole", kwargs={"racine": racine})
    onglets = [Onglet(None, _("Accueil"), "", url, "" if reste else "page")]
    enfants = accueil.get_children().live().order_by("path").values_list("slug", "title", "locale__language_code")
    for slug, titre, langue in sorted(enfants, key=lambda enfant: _RANGS.get(enfant[0], LIBRE)):
        chemin = f"{slug}/"
        courant = "page" if reste == chemin else "true" if reste.startswith(chemin) else ""
        url = reverse("sites:page", kwargs={"racine": racine, "reste": chemin})
        if slug in _RANGS:
            onglets.append(Onglet(Section(slug), LIBELLES[Section(slug)], "", url, courant))
        else:
            onglets.append(Onglet(None, titre, "" if langue == get_language() else langue, url, courant))
    return onglets
