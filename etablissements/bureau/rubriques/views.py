"""See the sections of a school's site and open one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from portal.socle.ecrans import Ecran
from sites.models import PageEtablissement
from sites.sections import SectionRefusee, ouvrir, sections_de
from sites.variantes import Section


class Rubriques(Ecran, TemplateView):
    """One line for each section: change it, or open it."""

    template_name = "bureau/rubriques/rubriques.html"
    page_title = gettext_lazy("Rubriques du site")
    header_icon = "list-ul"

    @cached_property
    def accueil(self) -> PageEtablissement:
        """The home of the school, if this person publishes below it: a section opens on line."""
        accueil = PageEtablissement.objects.filter(etablissement__gresa=self.kwargs["gresa"].upper()).first()
        if accueil is None or not accueil.permissions_for_user(self.request.user).can_publish_subpage():
            raise Http404
        return accueil

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List the sections."""
        ecole = self.accueil.etablissement
        sections = sections_de(etablissement=ecole)
        return {**super().get_context_data(**kwargs), "accueil": self.accueil, "ecole": ecole, "sections": sections}

    def post(self, request: HttpRequest, gresa: str) -> HttpResponse:
        """Open a section and lead to its page."""
        try:
            section = Section(request.POST.get("section", ""))
        except ValueError:
            raise Http404 from None
        try:
            page = ouvrir(etablissement=self.accueil.etablissement, section=section)
        except SectionRefusee as refus:
            messages.error(request, str(refus))
            return redirect("bureau:rubriques", gresa=gresa)
        messages.success(request, _("La rubrique est ouverte : écrivez-y ce que les familles cherchent."))
        return redirect("wagtailadmin_pages:edit", page.pk)
