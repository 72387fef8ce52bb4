"""Menus and searches lead where the language of each request is.

Wagtail makes their entries once a process and keeps them, with the addresses of the language that asked first.
"""

from copy import copy

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.wagtail_hooks import PageSearchArea

from portal.socle.langues import sous

EN_TETE = 0  # before every area of Wagtail's: the search of the sidebar is the first one


@hooks.register("construct_main_menu")
@hooks.register("construct_settings_menu")
@hooks.register("construct_reports_menu")
@hooks.register("construct_help_menu")
@hooks.register("construct_search")
def suivre_la_langue(request: HttpRequest, entrees: list[MenuItem | SearchArea]) -> None:
    """Give this request its own copies of the entries, in its language: those of Wagtail serve everybody."""
    entrees[:] = [_en_langue(entree) for entree in entrees]


def _en_langue(entree: MenuItem | SearchArea) -> MenuItem | SearchArea:
    adresse = str(entree.url)
    if not adresse.startswith("/"):
        return entree  # the head of a submenu leads nowhere
    entree = copy(entree)
    entree.url = sous(str(get_language()), adresse)
    return entree


@hooks.register("register_admin_search_area")
def recherche_des_pages() -> PageSearchArea:
    """Search the pages from the sidebar, which no `construct_` hook prepares: its address is written when read."""
    zone = PageSearchArea()
    zone.url, zone.order = reverse_lazy("wagtailadmin_pages:search"), EN_TETE
    return zone


@hooks.register("construct_search")
def une_seule_recherche_des_pages(request: HttpRequest, zones: list[SearchArea]) -> None:
    """Leave out Wagtail's own search of the pages, of which `recherche_des_pages` takes the place."""
    zones[:] = [zone for zone in zones if not isinstance(zone, PageSearchArea) or zone.order == EN_TETE]
