"""Which pages lead to a page in their words: they show its address, or nothing while it is not published."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from portal.diffusion import cles


def cles_des_liens(page: Page, *, descendantes: bool = False) -> set[str]:
    """Return the keys of the pages that name this one, or one of its translations, in a link or a button. One query.

    Args:
        page: the page whose address, or being published, changes.
        descendantes: whether those below it change address with it.
    """
    cibles = page.get_descendants(inclusive=True) if descendantes else Page.objects.filter(pk=page.pk)
    # A link leads to the translation that the reader reads, whichever page was chosen.
    groupe = Page.objects.filter(translation_key__in=cibles.order_by().values("translation_key")).order_by()
    liens = ReferenceIndex.get_references_to_in_bulk(groupe).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    return {cles.page(int(cle)) for cle in liens.order_by().values_list("object_id", flat=True).distinct()}
