"""Ask for the translation of a page, and say that it is up to date."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from sites.models import PageDEcole
from sites.models.langues import depassees
from sites.traductions import TraductionRefusee, tenir_pour_a_jour, traduire

from .libelles import traduire_en


class Traduction(WagtailAdminTemplateMixin, TemplateView):
    """A page and its translation: open one, say that it follows the other."""

    template_name = "bureau/traduction/traduction.html"
    page_title = gettext_lazy("Traduction")
    header_icon = "globe"

    @cached_property
    def original(self) -> PageDEcole:
        """The page that was written first, if this person may write beside it."""
        page = get_object_or_404(Page, pk=self.kwargs["pk"]).specific
        if isinstance(page, PageDEcole) and page.origine:
            page = page.origine.specific
        if not isinstance(page, PageDEcole) or not page.traduisible:
            raise Http404
        personne = self.request.user
        ecrit = page.permissions_for_user(personne).can_edit()
        if not ecrit or not page.get_parent().permissions_for_user(personne).can_add_subpage():
            raise Http404
        return page

    @cached_property
    def langue(self) -> str:
        """The other language."""
        return next(code for code, _nom in settings.LANGUES_DU_CADRE if code != self.original.langue_contenu)

    @property
    def traduction(self) -> PageDEcole | None:
        """The translation, if there is one."""
        return self.original.get_translations().select_related("locale").first()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand under the home of the admin."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show both pages."""
        traduction = self.traduction
        return {
            **super().get_context_data(**kwargs),
            "original": self.original,
            "traduction": traduction,
            "depassee": traduction and depassees(Page.objects.filter(pk=traduction.pk)).exists(),
            "traduire_en": traduire_en(self.langue),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Open the translation, or note that it is up to date."""
        traduction = self.traduction
        if traduction and request.POST.get("geste") == "a_jour":
            tenir_pour_a_jour(traduction=traduction)
            messages.success(request, _("La traduction est notée comme à jour."))
            return redirect("bureau:traduction", self.original.pk)
        try:
            traduction = traduire(page=self.original, langue=self.langue, auteur=request.user)
        except TraductionRefusee as refus:
            messages.error(request, str(refus.raison))
            return redirect("bureau:traduction", self.original.pk)
        messages.success(request, _("Le brouillon est ouvert : remplacez le texte par sa traduction, puis publiez."))
        return redirect("wagtailadmin_pages:edit", traduction.pk)
