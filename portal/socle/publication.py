"""What a change outdates when it does not go through `PagePortail.save`: Wagtail's own gestures, images, documents."""

from itertools import groupby
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_save, pre_delete
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_unpublished, post_page_move

from portal.diffusion.api import perimer

from .pages import PagePortail


def brancher() -> None:
    """Listen to Wagtail: a page unpublished (deleting one does it too) or moved, a file replaced or deleted."""
    page_unpublished.connect(au_retrait)
    post_page_move.connect(au_deplacement)
    for modele in (get_image_model(), get_document_model()):
        post_save.connect(au_remplacement, sender=modele)
        pre_delete.connect(a_la_suppression, sender=modele)


def au_retrait(instance: Page, **_: Any) -> None:
    """A page is no longer public."""
    if isinstance(instance, PagePortail):
        perimer(*instance.cles_perimees(), *instance.cles_du_cadre())


def au_deplacement(instance: Page, url_path_before: str, url_path_after: str, **_: Any) -> None:
    """A page has another place in the tree: it, what is below, and what lists it."""
    if url_path_before == url_path_after:
        return
    page = instance.specific
    if isinstance(page, PagePortail):
        perimer(*page.cles_perimees(), *page.cles_du_cadre(), *page.cles_des_descendantes())


def au_remplacement(instance: Model, created: bool, raw: bool = False, **_: Any) -> None:
    """An image or a document was saved again: perhaps another file, another description."""
    if not created and not raw:
        a_la_suppression(instance)


def a_la_suppression(instance: Model, **_: Any) -> None:
    """Outdate what shows an image or a document, as Wagtail's index of references knows it."""
    references = ReferenceIndex.get_references_to(instance).order_by("base_content_type", "object_id")
    couples = references.values_list("base_content_type__app_label", "base_content_type__model", "object_id").distinct()
    for (application, nom), groupe in groupby(couples, key=lambda couple: couple[:2]):
        modele = apps.get_model(application, nom)
        trouves = modele._default_manager.filter(pk__in=[identifiant for *_nom, identifiant in groupe])
        for objet in trouves.specific() if modele is Page else trouves:
            if hasattr(objet, "cles_perimees"):
                perimer(*objet.cles_perimees())
