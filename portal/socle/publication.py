"""What a change outdates when it does not go through `PagePortail.save`: Wagtail's own gestures, images, documents."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.signals import post_save, pre_delete
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_unpublished, post_page_move

from portal.diffusion.api import perimer

from .liens import cles_des_liens
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
        perimer(*instance.cles_perimees(), *instance.cles_du_cadre(), *cles_des_liens(instance))


def au_deplacement(instance: Page, url_path_before: str, url_path_after: str, **_: Any) -> None:
    """A page has another place in the tree: it, what is below, what lists it. Among its sisters, what orders them."""
    page = instance.specific
    if not isinstance(page, PagePortail):
        return
    perimer(*page.cles_du_cadre())
    if url_path_before != url_path_after:
        perimer(*page.cles_perimees(), *page.cles_des_descendantes(), *cles_des_liens(page, descendantes=True))


def au_remplacement(instance: Model, created: bool, raw: bool = False, **_: Any) -> None:
    """An image or a document was saved again: perhaps another file, another description."""
    if not created and not raw:
        a_la_suppression(instance)


def a_la_suppression(instance: Model, **_: Any) -> None:
    """Outdate what shows an image or a document: pages, as Wagtail's index of references knows them, and settings."""
    references = ReferenceIndex.get_references_to(instance).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    pages = Page.objects.filter(pk__in=[int(cle) for cle in set(references.values_list("object_id", flat=True))])
    montrent: list[Any] = [page for page in pages.specific() if isinstance(page, PagePortail)]
    for lien in _liens_des_reglages(instance):
        montrent += lien.related_model._default_manager.filter(**{lien.field.name: instance})
    perimer(*(cle for objet in montrent for cle in objet.cles_perimees()))


def _liens_des_reglages(instance: Model) -> list[Any]:
    """Return the relations of the models that are no page and outdate copies: Wagtail's index does not know them."""
    return [
        lien
        for lien in instance._meta.get_fields(include_hidden=True)
        if lien.one_to_many
        and not issubclass(lien.related_model, Page)
        and hasattr(lien.related_model, "cles_perimees")
    ]
