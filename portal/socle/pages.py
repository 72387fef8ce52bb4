"""The base of every page: one abstract class, one check that nobody forgets it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from wagtail.models import Page


@dataclass(frozen=True)
class Adresse:
    """The address of a page in one language, for the language switch and `hreflang`."""

    code: str
    nom: str
    url: str


class PagePortail(Page):
    """A public page of the portal. Wagtail's view restrictions are off: what is private is not a page."""

    private_page_options: list[str] = []

    class Meta:
        abstract = True

    @property
    def langue_contenu(self) -> str:
        """Code of the language in which the page was written; the frame around it may speak another."""
        return self.locale.language_code

    def adresse_en(self, langue: str) -> str | None:
        """Return the path of this page in `langue`, None when it does not exist there."""
        if self.locale.language_code == langue:
            return self.get_url()
        autre = self.get_translations().live().filter(locale__language_code=langue).first()
        return autre.get_url() if autre else None

    def adresses(self) -> list[Adresse]:
        """Return the addresses of this page in every language that has it, in the order of the settings."""
        trouvees = ((code, nom, self.adresse_en(code)) for code, nom in settings.LANGUAGES)
        return [Adresse(code, nom, url) for code, nom, url in trouvees if url]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Render the page; its policy allows the frames of the videos that it holds, and no other."""
        reponse: HttpResponse = super().serve(request, *args, **kwargs)
        if isinstance(reponse, TemplateResponse):
            reponse.add_post_render_callback(lambda rendue: autoriser_les_cadres(request, rendue))
        return reponse

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the frame needs: addresses by language, language and direction of the content."""
        contexte = super().get_context(request, *args, **kwargs)
        langue = self.langue_contenu
        contexte["adresses"] = self.adresses()
        contexte["langue_contenu"] = langue
        contexte["sens_contenu"] = (translation.get_language_info(langue)["bidi"] and "rtl") or "ltr"
        return contexte


def autoriser_les_cadres(request: HttpRequest, reponse: HttpResponse) -> None:
    """Add to the policy of a rendered page the players of the videos that its blocks announced."""
    if cadres := getattr(request, "cadres", None):
        reponse._csp_update = {"frame-src": sorted(cadres)}  # read by csp.middleware, as by its decorators


def verifier_pages(app_configs: Iterable[AppConfig] | None = None, **_: object) -> list[CheckMessage]:
    """System check: each page class of the project extends `PagePortail`."""
    return [
        Error(f"{modele._meta.label} n'étend pas PagePortail.", obj=modele, id="socle.E003")
        for modele in apps.get_models()
        if issubclass(modele, Page)
        and modele is not Page
        and not modele.__module__.startswith("wagtail")
        and not issubclass(modele, PagePortail)
    ]
