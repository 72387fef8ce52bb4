"""The ministry's home page."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from etablissements.registre import requetes as registre
from portal.diffusion import cles
from portal.socle.champs import CorpsField
from portal.socle.pages import PagePortail
from portal.socle.structure import PageDeStructure


class PageMinistere(PageDeStructure, PagePortail):
    """The home of the portal in one language: the directory, the services, the country in figures."""

    mot = CorpsField(blank=True, verbose_name=_("mot du ministère"))

    is_creatable = False
    parent_page_types = ("wagtailcore.Page",)
    subpage_types = ("portail_sites.PageEtablissements",)
    template = "ministere/accueil.html"
    content_panels = (*PagePortail.content_panels, FieldPanel("mot"))

    class Meta:
        verbose_name = _("accueil du ministère")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the country in figures and what the directory's form offers."""
        contexte = super().get_context(request, *args, **kwargs)
        contexte["chiffres"] = registre.chiffres_du_pays()
        contexte["choix"] = registre.choix_de_l_annuaire()
        contexte["academies"] = registre.academies_pourvues()
        return contexte

    def cles_de_diffusion(self) -> set[str]:
        """Add the country in figures."""
        return super().cles_de_diffusion() | {cles.pays()}
