"""Add many pages to the tree at once: a constant number of queries a model, whatever the number of pages.

`Page.add_child` costs about fifteen queries a page, which is right for an editor and hours for a country. What it does
beside writing the rows is done here for all the pages together: places in the tree, counts of children, addresses,
search index, reference index, outdated copies. No validation is run and no signal is sent, as with Django's
`bulk_create`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F, Max, Model
from modelsearch.backends import get_search_backends
from modelsearch.index import class_is_indexed
from wagtail.models import Page, ReferenceIndex

from portal.diffusion.api import perimer

from .pages import PagePortail

LOT = 500


class AdresseOccupee(ValueError):
    """Two pages would answer at one address."""


@dataclass
class Plant:
    """A page to add, and the pages below it.

    Attributes:
        page: the page, not saved.
        enfants: the plants below it.
        references: whether its text, fields or rows name an image, a document or another page.
        rangees: the rows that hang on it by a `ParentalKey` named `page`.
    """

    page: Page
    enfants: list["Plant"] = field(default_factory=list)
    references: bool = False
    rangees: list[Model] = field(default_factory=list)

    def tous(self) -> Iterator["Plant"]:
        """Give this plant, then those below it."""
        yield self
        for enfant in self.enfants:
            yield from enfant.tous()


def planter(semis: Iterable[tuple[Page, Sequence[Plant]]]) -> None:
    """Add plants below pages that exist, all or none.

    The pages given are new, made of checked values: title, slug and locale are set.

    Args:
        semis: parents, each with what to add after its children; a parent comes once.

    Raises:
        AdresseOccupee: a slug is taken already, or given twice, below one parent.
    """
    par_parent = {parent.pk: (parent, list(plants)) for parent, plants in semis}
    with transaction.atomic():
        # In one order, so that two plantings at once wait for each other instead of locking each other out.
        verrous = Page.objects.select_for_update().order_by("pk").in_bulk(list(par_parent))
        plants = _placer(par_parent, verrous)
        _ecrire([plant.page for plant in plants])
        _ecrire_les_rangees(plants)
        for parent_pk, (parent, ajoutes) in par_parent.items():
            Page.objects.filter(pk=parent_pk).update(numchild=F("numchild") + len(ajoutes))
            parent.numchild = verrous[parent_pk].numchild + len(ajoutes)
        _indexer(plants)
        pages = [plant.page for plant in plants if isinstance(plant.page, PagePortail)]
        perimer(*(cle for page in pages for cle in page.cles_perimees() | page.cles_du_cadre()))


def _placer(par_parent: dict[Any, tuple[Page, list[Plant]]], verrous: dict[Any, Page]) -> list[Plant]:
    """Give each page its path, depth, count of children and address."""
    tous: list[Plant] = []
    for pk, (_parent, plants) in par_parent.items():
        verrou = verrous[pk]
        fratrie = Page.objects.child_of(verrou)
        slugs = [plant.page.slug for plant in plants]
        if fratrie.filter(slug__in=slugs).exists():
            raise AdresseOccupee(f"{verrou.url_path}: {', '.join(slugs)}")
        dernier = fratrie.aggregate(dernier=Max("path"))["dernier"]
        rang = Page._str2int(dernier[-Page.steplen :]) if dernier else 0
        tous += _placer_sous(verrou, plants, rang)
    return tous


def _placer_sous(parent: Page, plants: Sequence[Plant], rang: int) -> Iterator[Plant]:
    if len({plant.page.slug for plant in plants}) < len(plants):
        raise AdresseOccupee(parent.url_path)
    for plant in plants:
        rang += 1
        page = plant.page
        page.depth = parent.depth + 1
        page.path = Page._get_path(parent.path, page.depth, rang)
        page.numchild = len(plant.enfants)
        page.draft_title = page.draft_title or page.title
        page.set_url_path(parent)
        yield plant
        yield from _placer_sous(page, plant.enfants, 0)


def _ecrire(pages: Sequence[Page]) -> None:
    """Write the rows: those of the pages, then those of each kind, which Django's `bulk_create` refuses to split."""
    champs = [champ.attname for champ in Page._meta.concrete_fields if not champ.primary_key]
    socles = Page.objects.bulk_create(
        [Page(**{nom: getattr(page, nom) for nom in champs}) for page in pages], batch_size=LOT
    )
    par_modele: dict[type[Page], list[Page]] = defaultdict(list)
    for page, socle in zip(pages, socles, strict=True):
        page.pk = socle.pk
        page._state.adding, page._state.db = False, connection.alias
        par_modele[type(page)].append(page)
    for modele, siennes in par_modele.items():
        _inserer(modele, siennes)


def _inserer(modele: type[Page], pages: Sequence[Page]) -> None:
    """Insert the columns that `modele` adds to those of a page."""
    champs = modele._meta.local_concrete_fields
    nom = connection.ops.quote_name
    colonnes = ", ".join(nom(champ.column) for champ in champs)
    ligne = f"({', '.join(['%s'] * len(champs))})"
    taille = min(LOT, connection.ops.bulk_batch_size(champs, pages)) if len(pages) > 1 else 1
    with connection.cursor() as curseur:
        for debut in range(0, len(pages), taille):
            lot = pages[debut : debut + taille]
            valeurs = [
                champ.get_db_prep_save(champ.pre_save(page, add=True), connection) for page in lot for champ in champs
            ]
            lignes = ", ".join([ligne] * len(lot))
            curseur.execute(f"INSERT INTO {nom(modele._meta.db_table)} ({colonnes}) VALUES {lignes}", valeurs)  # noqa: S608


def _ecrire_les_rangees(plants: Sequence[Plant]) -> None:
    par_modele: dict[type[Model], list[Any]] = defaultdict(list)
    for plant in plants:
        for rangee in plant.rangees:
            rangee.page = plant.page  # type: ignore[attr-defined]
            par_modele[type(rangee)].append(rangee)
    for modele, rangees in par_modele.items():
        modele._default_manager.bulk_create(rangees, batch_size=LOT)


def _indexer(plants: Sequence[Plant]) -> None:
    """Make the pages findable, and note what those that name others name."""
    par_modele: dict[type[Page], list[Page]] = defaultdict(list)
    for plant in plants:
        par_modele[type(plant.page)].append(plant.page)
    for moteur in get_search_backends(with_auto_update=True):
        for modele, pages in par_modele.items():
            if class_is_indexed(modele):
                moteur.add_bulk(modele, pages)
    ReferenceIndex.objects.bulk_create(
        [reference for plant in plants if plant.references for reference in _references(plant.page)], batch_size=LOT
    )


def _references(page: Page) -> Iterator[ReferenceIndex]:
    """Give what `ReferenceIndex.create_or_update_for_object` would write for a new page, in two queries a page."""
    genre, socle = (ContentType.objects.get_for_model(modele, for_concrete_model=False) for modele in (page, Page))
    for vers_genre, vers_pk, chemin, place in set(ReferenceIndex._extract_references_from_object(page)):
        yield ReferenceIndex(
            content_type=genre,
            base_content_type=socle,
            object_id=page.pk,
            to_content_type_id=vers_genre,
            to_object_id=vers_pk,
            model_path=chemin,
            content_path=place,
            content_path_hash=ReferenceIndex._get_content_path_hash(place),
        )
