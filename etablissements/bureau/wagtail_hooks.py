"""What the back office adds to the Wagtail admin, and what it takes away from whoever cannot use it."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from . import adresses  # noqa: F401 - registers its hooks
from .menu import entrees
from .moderation import boutons  # noqa: F401 - registers its hook
from .tableau.panneaux import panneaux_de
from .traduction import crochets  # noqa: F401 - registers its hooks

# What Wagtail shows to everybody, whose doors are closed to the staff (`sites.droits.portes`).
_SANS_OBJET = frozenset({"reports", "help", "settings"})


@hooks.register("register_admin_urls")
def routes() -> list[Any]:
    """Mount our routes under the admin's."""
    return [path("", include("etablissements.bureau.urls"))]


for entree in entrees():
    hooks.register("register_admin_menu_item", lambda entree=entree: entree)


@hooks.register("construct_main_menu")
def retirer_le_sans_objet(request: HttpRequest, entrees: list[MenuItem]) -> None:
    """Leave to the staff of a school only what works for them."""
    if not request.user.is_superuser:
        entrees[:] = [entree for entree in entrees if entree.name not in _SANS_OBJET]


@hooks.register("construct_homepage_panels")
def panneaux(request: HttpRequest, panneaux: list[Component]) -> None:
    """Give the staff their own home."""
    if not request.user.is_superuser:
        panneaux.clear()
    panneaux += panneaux_de(request)


@hooks.register("insert_global_admin_css")
def feuille() -> str:
    """Lay out our lists."""
    return format_html('<link rel="stylesheet" href="{}">', static("bureau/bureau.css"))


@hooks.register("insert_global_admin_js")
def scripts() -> str:
    """Say which file was chosen, in the forms of Wagtail and in ours; keep what is being written until it is saved."""
    noms = [(static(nom),) for nom in ("socle/fichier.js", "bureau/redaction.js")]
    return format_html_join("", '<script src="{}" defer></script>', noms)


@hooks.register("insert_editor_js")
def script_de_l_editeur() -> str:
    """Publish by a button alone."""
    return format_html('<script src="{}" defer></script>', static("bureau/editeur.js"))
