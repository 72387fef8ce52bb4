"""The map of a school's site at the moment of a request: its homes, and the pages below them that are live."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from etablissements.registre.models import Etablissement
from portal.socle.langues import langue_du_texte, langue_sans_cadre
from portal.socle.preparees import Preparee, Valeur

from ..adresses import adresse
from ..variantes import LIBELLES, Section
from .langues import MARQUE, sans_langue

_RANGS = {section.value: rang for rang, section in enumerate(Section)}
FIN = "a"  # after every step of a path: they are made of digits and capitals
_RANG_LIBRE = _RANGS[Section.CONTACT.value] - 1


def bornes_de(path: str) -> dict[str, Any]:
    """Return where the pages right below a place of the tree are: between `debut` and `fin`, at `niveau`."""
    return {"debut": path, "fin": f"{path}{FIN}", "niveau": len(path) // Page.steplen + 1}


@dataclass(frozen=True)
class Enfant:
    """A live page below a home: what tabs and addresses need of it.

    `langues` are those in which the page is live, its own among them.
    """

    pk: int
    path: str
    slug: str
    titre: str
    langue: str
    genre: int
    cle: Any
    langues: set[str]

    @property
    def modele(self) -> type[Page] | None:
        """Its class. No query once the process knows its content types."""
        return ContentType.objects.get_for_id(self.genre).model_class()

    @property
    def section(self) -> Section | None:
        """The section that it is, None for a free page."""
        return Section(self.slug) if self.slug in _RANGS else None


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


_LUS = ("pk", "path", "slug", "title", "locale__language_code", "content_type_id", "translation_key")
_enfants: Preparee[Page] = Preparee(
    lambda: (
        Page.objects.live()
        .filter(path__gt=Valeur("debut"), path__lt=Valeur("fin"), depth=Valeur("niveau"))
        .exclude(slug__startswith=MARQUE)  # the home itself, in another language
        .order_by("path")
        .values_list(*_LUS)
    )
)


def enfants_de(accueil: Page) -> list[Enfant]:
    """Return the live pages below the home of a school, each once, in the reader's language if it is. One query.

    They come in the order of the sections, free pages before the contact.
    """
    trouves: dict[Any, Enfant] = {}
    langues: dict[Any, set[str]] = defaultdict(set)
    voulue = langue_du_texte()
    for pk, path, slug, titre, langue, genre, cle in _enfants.lignes(**bornes_de(accueil.path)):
        langues[cle].add(langue)
        if cle not in trouves or langue == voulue:
            trouves[cle] = Enfant(pk, path, sans_langue(slug), titre, langue, genre, cle, langues[cle])
    return sorted(trouves.values(), key=lambda enfant: (_RANGS.get(enfant.slug, _RANG_LIBRE), enfant.path))


def onglets_de(enfants: Iterable[Enfant], *, ecole: Etablissement, reste: str) -> list[Onglet]:
    """Return the tabs of a site, the home first. `reste` is the address being read, below the home."""
    racine = ecole.slug_public
    # In a language without a frame the home may have no text: its address then leads to the frame's.
    onglets = [Onglet(None, _("Accueil"), "", adresse(racine, langue=langue_sans_cadre()), "" if reste else "page")]
    for enfant in enfants:
        chemin = f"{enfant.slug}/"
        courant = "page" if reste == chemin else "true" if reste.startswith(chemin) else ""
        ou = adresse(racine, chemin, langue=enfant.langue if enfant.langue == langue_sans_cadre() else "")
        if enfant.section:
            onglets.append(Onglet(enfant.section, LIBELLES[enfant.section], "", ou, courant))
        else:
            langue = "" if enfant.langue == get_language() else enfant.langue
            onglets.append(Onglet(None, enfant.titre, langue, ou, courant))
    return onglets
