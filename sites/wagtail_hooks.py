"""What the sites add to the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from etablissements.acces.perms import REGLENT_LE_SITE, ou_regler_le_site

from .droits.affectations import portee_de


@hooks.register("register_admin_urls")
def routes() -> list[Any]:
    """Mount our routes under the admin's."""
    return [path("", include("sites.gestion.urls"))]


class EntreeReglages(MenuItem):
    """The menu entry of who runs a school."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Only assignments open it: a superuser without one sees none. For who runs no school it costs no query."""
        if not portee_de(request.user, REGLENT_LE_SITE).etablissements:
            return False
        return ou_regler_le_site(utilisateur_id=request.user.pk).exists()


@hooks.register("register_admin_menu_item")
def entree_reglages() -> MenuItem:
    """Put the settings of the site in the menu."""
    adresse = reverse("gestion_sites:choisir")
    return EntreeReglages(_("Réglages du site"), adresse, name="reglages-du-site", icon_name="cogs", order=900)
