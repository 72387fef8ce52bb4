"""How to reach a school."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search.index import BaseField as SearchField

from portal.socle.champs import CorpsField
from portal.socle.pages import PagePortail

from .base import PageDEcole


class PageContact(PageDEcole):
    """How to reach a school: the registry's address, and the school's own words."""

    search_fields: list[SearchField] = []

    horaires = CorpsField(blank=True, verbose_name=_("horaires et accès"))

    parent_page_types = ("portail_sites.PageEtablissement",)
    subpage_types: tuple[str, ...] = ()
    max_count_per_parent = 1
    template = "sites/contact.html"
    content_panels = (*PagePortail.content_panels, FieldPanel("horaires"))

    class Meta:
        verbose_name = _("contact")
