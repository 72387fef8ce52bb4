"""Where Wagtail's own screens lead to the translation."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from sites.models import PageDEcole
from sites.models.langues import depassees, est_traduit


@hooks.register("register_page_header_buttons")
def bouton(page: Page, user: Any, view_name: str | None = None, next_url: str | None = None) -> Iterator[Button]:
    """Offer the translation of a page that has one, or may have one."""
    modele = page.specific_class
    if not page.pk or modele is None or not issubclass(modele, PageDEcole) or not modele.traduisible:
        return
    libelle = _("Original et traductions") if est_traduit(page.slug) else _("Traductions")
    yield Button(libelle, reverse("bureau:traduction", args=[page.pk]), icon_name="globe", priority=15)


@hooks.register("before_edit_page")
def prevenir(request: HttpRequest, page: Page) -> None:
    """Say above the editor that the translation is behind its original."""
    if request.method != "GET" or not est_traduit(page.slug):
        return
    if depassees(Page.objects.filter(pk=page.pk)).exists():
        voir = messages.button(reverse("bureau:traduction", args=[page.pk]), _("Voir l'original"))
        messages.warning(request, _("Le texte d'origine a été publié de nouveau depuis cette traduction."), [voir])
