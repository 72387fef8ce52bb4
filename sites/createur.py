"""Create the sites of the schools: a school whole or not at all, reusable by commands, imports and tests."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from wagtail.models import Locale, Page, Site

from etablissements.registre.models import Academie, Direction, Etablissement
from portal.socle.plantation import Plant, planter

from .models import (
    PageAcademie,
    PageActualites,
    PageContact,
    PageDirection,
    PageEtablissement,
    PageEtablissements,
    slug_de,
)

LOT = 100


class Fait(StrEnum):
    """What was done for a school."""

    CREE = "cree"
    RENOMME = "renomme"
    INCHANGE = "inchange"


@dataclass
class Createur:
    """Creates the sites of many schools, remembering the nodes of the tree on the way.

    The nodes exist in every language; a school's pages exist in Arabic and answer in both (see `PageDEcole`).
    """

    _noeuds: dict[tuple[type[Page], str], Page] = field(default_factory=dict)

    def creer(self, etablissement: Etablissement) -> Fait:
        """Create or rename the site of an autonomous school, whole or not at all."""
        return self.creer_lot([etablissement])[0]

    def creer_lot(self, etablissements: Sequence[Etablissement]) -> list[Fait]:
        """Create or rename the sites of autonomous schools, all or none; a hundred cost few more queries than one."""
        with transaction.atomic():
            accueils = {
                accueil.etablissement_id: accueil
                for accueil in PageEtablissement.objects.filter(
                    etablissement__in=etablissements, langue=settings.LANGUAGE_CODE
                )
            }
            faits: list[Fait] = []
            semis: dict[Page, list[Plant]] = defaultdict(list)
            for etablissement in etablissements:
                if accueil := accueils.get(etablissement.pk):
                    faits.append(self._renommer(accueil, etablissement))
                    continue
                direction = self.direction(etablissement.direction)
                semis[direction].append(site_de(etablissement, direction.locale))
                faits.append(Fait.CREE)
            planter(semis.items())
            return faits

    def _renommer(self, page: PageEtablissement, etablissement: Etablissement) -> Fait:
        """Follow the registry: name, address and direction. Old addresses lead to the new one by the code."""
        voulu = self.direction(etablissement.direction)
        fait = Fait.INCHANGE
        if not page.path.startswith(voulu.path):
            page.move(voulu, pos="last-child")
            page.refresh_from_db()
            fait = Fait.RENOMME
        if (page.title, page.slug) != (etablissement.nom_public_ar, slug_de(etablissement)):
            page.title = page.draft_title = etablissement.nom_public_ar
            page.slug = slug_de(etablissement)
            page.save()
            fait = Fait.RENOMME
        return fait

    def direction(self, direction: Direction) -> Page:
        """Return the node of a direction, made if needed with those above it."""
        academie = self._academie(direction.academie)
        noms = {"ar": direction.nom_ar, "fr": direction.nom_fr}
        return self._noeud(PageDirection, academie, direction.slug, noms, direction=direction)

    def _academie(self, academie: Academie) -> Page:
        noms = {"ar": academie.nom_ar, "fr": academie.nom_fr}
        return self._noeud(PageAcademie, self._racine(), academie.slug, noms, academie=academie)

    def _racine(self) -> Page:
        noms = {"ar": "المؤسسات التعليمية", "fr": "Établissements"}
        return self._noeud(PageEtablissements, self._accueil, "etablissements", noms)

    @cached_property
    def _accueil(self) -> Page:
        return Site.objects.get(is_default_site=True).root_page.specific

    def _noeud(self, modele: type[Page], parent: Page, slug: str, noms: dict[str, str], **champs: object) -> Page:
        """Return the child `slug` of `parent`, made if needed, with its translations."""
        cle = (modele, slug)
        if cle not in self._noeuds:
            page = modele.objects.child_of(parent).filter(slug=slug).first()
            if page is None:
                source = parent.locale
                page = parent.add_child(
                    instance=modele(title=noms[source.language_code], slug=slug, locale=source, **champs)
                )
                for locale in Locale.objects.filter(language_code__in=noms).exclude(pk=source.pk):
                    copie = page.copy_for_translation(locale)
                    copie.title = copie.draft_title = noms[locale.language_code]
                    copie.live, copie.has_unpublished_changes = True, False
                    copie.save()
            self._noeuds[cle] = page
        return self._noeuds[cle]


def site_de(etablissement: Etablissement, locale: Locale) -> Plant:
    """Return the site that a school begins with: home, news and contact."""
    with override(locale.language_code):
        titres = (gettext("Actualités"), gettext("Contact"))
    commun = {"locale": locale, "etablissement": etablissement}
    accueil = PageEtablissement(
        title=etablissement.nom_public_ar, slug=slug_de(etablissement), langue=locale.language_code, **commun
    )
    return Plant(
        accueil,
        [
            Plant(PageActualites(title=titres[0], slug="actualites", **commun)),
            Plant(PageContact(title=titres[1], slug="contact", **commun)),
        ],
    )


def creer_sites(etablissements: Iterable[Etablissement]) -> Iterator[tuple[Etablissement, Fait]]:
    """Create the sites a hundred schools at a time, yielding what was done; stopping keeps what was yielded."""
    createur = Createur()
    restants = iter(etablissements)
    while lot := list(islice(restants, LOT)):
        yield from zip(lot, createur.creer_lot(lot), strict=True)
