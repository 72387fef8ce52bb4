"""What the rights change in the Wagtail admin."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button, ButtonWithDropdownFromHook
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.wagtail_hooks import TranslationsReportMenuItem

from .portes import mene_a_une_porte_fermee
from .vues import PagesDuPortail, pages_du_portail


@hooks.register("register_admin_viewset")
def vues_des_pages() -> PagesDuPortail:
    """Replace Wagtail's views of the pages."""
    return pages_du_portail


@hooks.register("construct_page_chooser_queryset")
def pages_a_choisir(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Offer the pages that the explorer shows, and no others."""
    visibles = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return pages.filter(pk__in=visibles.values("pk"))


_RAPPORTS_FERMES = frozenset({"aging-pages", "page-types-usage"})


@hooks.register("construct_reports_menu")
def sans_rapport_lent(request: HttpRequest, entrees: list[MenuItem]) -> None:
    """Take out of the menu of the superusers, who alone have it, the reports that are shut (`portes.est_fermee`)."""
    entrees[:] = [
        entree
        for entree in entrees
        if entree.name not in _RAPPORTS_FERMES and not isinstance(entree, TranslationsReportMenuItem)
    ]


@hooks.register("construct_page_listing_buttons")
def sans_porte_fermee(buttons: list[Button], page: Page, user: Any, context: Any = None) -> None:
    """Leave out of the menu of a page, in the lists that are still Wagtail's own, what leads to a shut door."""
    for menu in buttons:
        if isinstance(menu, ButtonWithDropdownFromHook):
            menu.dropdown_buttons = [
                bouton for bouton in menu.dropdown_buttons if not mene_a_une_porte_fermee(bouton.url)
            ]


@hooks.register("construct_homepage_summary_items", order=1000)
def sans_compter_le_pays(request: HttpRequest, resume: list[Any]) -> None:
    """Drop the counts of all pages, images and documents."""
    resume.clear()
