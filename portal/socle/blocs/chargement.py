"""Everything that a body needs from the database, loaded at once: as many queries for ten images as for one.

Wagtail loads the images of a body block type by block type, and their renditions and the linked pages one by one.
`charger` reads the stored value first, then makes one query for the images, one for their renditions, one for the
documents and one for the pages. Blocks find what was loaded through a context variable, while the body is rendered.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from wagtail.blocks import (
    Block,
    ChooserBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StreamValue,
    StructBlock,
)
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from ..langues import langue_du_texte
from ..redaction import CHIFFRES_D_UNE_CLE

_LIEN_DE_PAGE = re.compile(rf'<a\b(?=[^>]*\blinktype="page")[^>]*\bid="(\d{{1,{CHIFFRES_D_UNE_CLE}}})"')


@dataclass
class Charge:
    """What was loaded for a body, by model and primary key; addresses of pages by primary key."""

    objets: dict[type[Model], dict[int, Model]] = field(default_factory=dict)
    adresses: dict[int, str] = field(default_factory=dict)


_en_cours: ContextVar[Charge | None] = ContextVar("charge_du_corps", default=None)


class _DuCorps(ChooserBlock):
    """A chooser whose values come from what was loaded for the body, when it is being rendered."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Model | None]:
        """Return the objects of these keys, in order; a key that leads nowhere gives None."""
        charge = _en_cours.get()
        if charge is None or self.model_class not in charge.objets:
            trouves: list[Model | None] = super().bulk_to_python(values)
            return trouves
        return [charge.objets[self.model_class].get(cle) if cle else None for cle in values]


class ImageDuCorps(_DuCorps, ImageChooserBlock):
    """An image of the library."""


class DocumentDuCorps(_DuCorps, DocumentChooserBlock):
    """A document of the library."""


class PageDuCorps(_DuCorps, PageChooserBlock):
    """A page of the portal."""


def adresse_de(page_id: int) -> str:
    """Return the address of a page in the reader's language, empty when it is not published."""
    charge = _en_cours.get()
    if charge is not None and page_id in charge.adresses:
        return charge.adresses[page_id]
    return _pages({page_id})[1][page_id]


def _pages(voulus: set[int]) -> tuple[dict[int, Model], dict[int, str]]:
    """Return these pages, and their addresses: that of the translation the reader reads if there is one. One query."""
    if not voulus:
        return {}, {}
    cles = Page.objects.filter(pk__in=voulus).values("translation_key")
    groupes: dict[Any, list[Page]] = defaultdict(list)
    for page in Page.objects.filter(translation_key__in=cles).select_related("locale"):
        groupes[page.translation_key].append(page)
    pages: dict[int, Model] = {}
    adresses = dict.fromkeys(voulus, "")
    for groupe in groupes.values():
        lisible = {page.locale.language_code: page for page in groupe if page.live}.get(langue_du_texte())
        for page in groupe:
            cible = lisible or (page if page.live else None)
            if page.pk in voulus:
                pages[page.pk] = page
                adresses[page.pk] = (cible and cible.specific_deferred.get_url()) or ""
    return pages, adresses


@contextmanager
def charger(corps: StreamValue, *, formats: Iterable[str]) -> Iterator[Charge]:
    """Load what `corps` shows, its images with their renditions in `formats`, for the time of the rendering."""
    cles: dict[type[Model], set[int]] = defaultdict(set)
    pages: set[int] = set()
    for bloc, brut in _feuilles(corps.stream_block, list(corps.raw_data)):
        if isinstance(bloc, ImageChooserBlock | DocumentChooserBlock):
            cles[bloc.model_class].add(brut)
        elif isinstance(bloc, RichTextBlock):
            pages.update(int(cle) for cle in _LIEN_DE_PAGE.findall(brut))
        elif isinstance(bloc, ChooserBlock) and issubclass(bloc.model_class, Page):
            pages.add(brut)
    image, document = get_image_model(), get_document_model()
    charge = Charge()
    charge.objets[Page], charge.adresses = _pages(pages)
    charge.objets[image] = image.objects.prefetch_renditions(*formats).in_bulk(cles[image]) if cles[image] else {}
    charge.objets[document] = document.objects.in_bulk(cles[document]) if cles[document] else {}
    with prete(charge):
        yield charge


@contextmanager
def prete(charge: Charge) -> Iterator[None]:
    """Give `charge` to the blocks rendered meanwhile."""
    jeton = _en_cours.set(charge)
    try:
        yield
    finally:
        _en_cours.reset(jeton)


def _feuilles(bloc: Block, brut: Any) -> Iterator[tuple[Block, Any]]:
    """Walk a stored value along its blocks, down to what holds a key or a text; skip what is empty or unknown."""
    if not brut:
        return
    if isinstance(bloc, StreamBlock):
        for enfant in brut:
            if enfant["type"] in bloc.child_blocks:
                yield from _feuilles(bloc.child_blocks[enfant["type"]], enfant["value"])
    elif isinstance(bloc, ListBlock):
        for enfant in brut:
            valeur = (
                enfant["value"] if isinstance(enfant, dict) and {"type", "value", "id"} <= enfant.keys() else enfant
            )
            yield from _feuilles(bloc.child_block, valeur)
    elif isinstance(bloc, StructBlock):
        for nom, enfant in bloc.child_blocks.items():
            yield from _feuilles(enfant, brut.get(nom))
    else:
        yield bloc, brut
