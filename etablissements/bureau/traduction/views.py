"""Ask for the translation of a page into a language, and say that it is up to date."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.models import Page

from portal.socle.ecrans import Ecran
from sites.models import PageDEcole
from sites.models.langues import depassees
from sites.traductions import TraductionRefusee, tenir_pour_a_jour, traduire

from .libelles import traduire_en


@dataclass(frozen=True)
class Version:
    """A page in one of the other languages.

    Attributes:
        langue: code.
        nom: name of the language in itself.
        sens: `rtl` or `ltr`.
        page: the translation, None while nobody asked for it.
        depassee: whether the original was published again since.
        traduire: what asking for it is called.
    """

    langue: str
    nom: str
    sens: str
    page: PageDEcole | None
    depassee: bool
    traduire: Promise


class Traduction(Ecran, TemplateView):
    """A page and its translations: open one, say that it follows the original."""

    template_name = "bureau/traduction/traduction.html"
    page_title = gettext_lazy("Traductions")
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
        if not ecrit or not page.lieu_des_traductions().permissions_for_user(personne).can_add_subpage():
            raise Http404
        return page

    @property
    def versions(self) -> list[Version]:
        """Every language but that of the original, in the order of the settings. Two queries."""
        pages = {page.langue_contenu: page for page in self.original.get_translations().select_related("locale")}
        cles = [page.pk for page in pages.values()]
        en_retard = set(depassees(Page.objects.filter(pk__in=cles)).values_list("pk", flat=True)) if cles else set()
        return [
            Version(
                code,
                nom,
                "rtl" if get_language_info(code)["bidi"] else "ltr",
                page := pages.get(code),
                page is not None and page.pk in en_retard,
                traduire_en(code),
            )
            for code, nom in settings.LANGUAGES
            if code != self.original.langue_contenu
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the page in every language."""
        nom = dict(settings.LANGUAGES)[self.original.langue_contenu]
        return {
            **super().get_context_data(**kwargs),
            "original": self.original,
            "versions": self.versions,
            "nom_original": nom,
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Open the translation into `a_jour` or `traduire`, the language that the button names."""
        langues = {version.langue: version for version in self.versions}
        if version := langues.get(request.POST.get("a_jour", "")):
            return self._noter(version)
        if version := langues.get(request.POST.get("traduire", "")):
            return self._ouvrir(version)
        raise Http404

    def _noter(self, version: Version) -> HttpResponse:
        if version.page is None:
            raise Http404
        tenir_pour_a_jour(traduction=version.page)
        messages.success(self.request, _("La traduction est notée comme à jour."))
        return redirect("bureau:traduction", self.original.pk)

    def _ouvrir(self, version: Version) -> HttpResponse:
        try:
            traduction = traduire(page=self.original, langue=version.langue, auteur=self.request.user)
        except TraductionRefusee as refus:
            messages.error(self.request, str(refus.raison))
            return redirect("bureau:traduction", self.original.pk)
        messages.success(
            self.request, _("Le brouillon est ouvert : remplacez le texte par sa traduction, puis publiez.")
        )
        return redirect("wagtailadmin_pages:edit", traduction.pk)
