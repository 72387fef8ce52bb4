"""The map of a school's site at the moment of a request: its homes, and the pages below them that are live."""

from collections import ChainMap, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from etablissements.registre.models import Etablissement
from portal.socle.langues import langue_du_texte, langue_sans_cadre
from portal.socle.preparees import Preparee, Valeur

from ..adresses import adresse
from ..variantes import LIBELLES, Section
from .langues import sans_langue

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


@cache
def _enfants(accueils: int) -> Preparee[Page]:
    """Return the query of `enfants_de` for this number of homes: one for each language that wrote its own."""
    champs = ("pk", "path", "slug", "title", "locale__language_code", "content_type_id", "translation_key")
    dessous = (
        Q(path__gt=Valeur(f"debut{rang}"), path__lt=Valeur(f"fin{rang}"), depth=Valeur(f"niveau{rang}"))
        for rang in range(accueils)
    )
    return Preparee(lambda: Page.objects.live().filter(reduce(or_, dessous)).order_by("path").values_list(*champs))


def enfants_de(accueils: Iterable[Page]) -> list[Enfant]:
    """Return the live pages below the homes of a school, each once, in the reader's language if it is. One query.

    They come in the order of the sections, free pages before the contact.
    """
    bornes = [
        {f"{nom}{rang}": valeur for nom, valeur in bornes_de(accueil.path).items()}
        for rang, accueil in enumerate(accueils)
    ]
    trouves: dict[Any, Enfant] = {}
    langues: dict[Any, set[str]] = defaultdict(set)
    voulue = langue_du_texte()
    for pk, path, slug, titre, langue, genre, cle in _enfants(len(bornes)).lignes(**dict(ChainMap(*bornes))):
        langues[cle].add(langue)
        if cle not in trouves or langue == voulue:
            trouves[cle] = Enfant(pk, path, sans_langue(slug), titre, langue, genre, cle, langues[cle])
    return sorted(trouves.values(), key=lambda enfant: (_RANGS.get(enfant.slug, _RANG_LIBRE), enfant.path))


def onglets_de(enfants: Iterable[Enfant], *, ecole: Etablissement, reste: str) -> list[Onglet]:
    """Return the tabs of a site, the home first. `reste` is the address being read, below the home."""
    racine = ecole.slug_public
    onglets = [Onglet(None, _("Accueil"), "", adresse(racine), "" if reste else "page")]
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
