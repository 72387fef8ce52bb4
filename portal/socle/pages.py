"""The base of every page: one abstract class, one check that nobody forgets it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.paginator import Page as PageDeListe
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from portal.diffusion import cles
from portal.diffusion.api import garder, perimer

from .langues import SANS_CADRE
from .liens import cles_des_liens
from .references import FormulairePage


@dataclass(frozen=True)
class Adresse:
    """The address of a page in one language, for the language switch and `hreflang`.

    Attributes:
        code: code of the language.
        nom: its name in itself.
        url: path on the portal's own host.
        absolue: whole address where it is not the portal's host that answers, else empty.
    """

    code: str
    nom: str
    url: str
    absolue: str = ""

    def a_la_page(self, numero: int) -> "Adresse":
        """Return the address of a page of the list that is there."""
        suite = f"?page={numero}"
        return replace(self, url=f"{self.url}{suite}", absolue=self.absolue and f"{self.absolue}{suite}")


class PagePortail(Page):
    """A public page of the portal. Wagtail's view restrictions are off: what is private is not a page."""

    private_page_options: list[str] = []
    # Wagtail's other fields say nothing here: no template reads the menus, and the page is described by its own words.
    promote_panels: tuple[Any, ...] = (FieldPanel("slug"),)
    base_form_class = FormulairePage

    class Meta:
        abstract = True

    @property
    def langue_contenu(self) -> str:
        """Code of the language in which the page was written; the frame around it may speak another."""
        return self.locale.language_code

    def adresse_en(self, langue: str) -> str | None:
        """Return the path of this page in `langue`, None when it does not exist there.

        Only the schools' pages are translated beyond the languages of the frame; they say so.
        """
        if self.locale.language_code == langue:
            return self.get_url()
        if langue in SANS_CADRE:
            return None
        autre = self.get_translations().live().filter(locale__language_code=langue).first()
        return autre.get_url() if autre else None

    def adresses(self) -> list[Adresse]:
        """Return the addresses of this page in every language that has it, in the order of the settings."""
        trouvees = ((code, nom, self.adresse_en(code)) for code, nom in settings.LANGUAGES)
        return [Adresse(code, nom, url) for code, nom, url in trouvees if url]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the frame needs: addresses by language, language and direction of the content."""
        contexte = super().get_context(request, *args, **kwargs)
        langue = self.langue_contenu
        contexte["adresses"] = self.adresses()
        contexte["langue_contenu"] = langue
        contexte["sens_contenu"] = (translation.get_language_info(langue)["bidi"] and "rtl") or "ltr"
        return contexte

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and outdate with the same commit the copies that showed this page. A draft outdates nothing.

        A draft saves the few fields that speak of it; publishing and code that changes a live page save all of them.
        """
        if kwargs.get("update_fields") is not None:
            super().save(*args, **kwargs)
            return
        anciens = Page.objects.filter(pk=self.pk) if self.pk else Page.objects.none()
        avant = anciens.values_list("title", "slug", "live").first()
        super().save(*args, **kwargs)
        lue = bool(avant and avant[2])
        if self.live or lue:
            change = avant != (self.title, self.slug, self.live)
            perimer(*self.cles_perimees(), *(self.cles_du_cadre() if change else ()))
        if avant and avant[1] != self.slug:
            perimer(*self.cles_des_descendantes(), *cles_des_liens(self, descendantes=True))
        elif lue != self.live:
            perimer(*cles_des_liens(self))

    @transaction.atomic
    def move(self, *args: Any, **kwargs: Any) -> None:
        """Move, and outdate the copies with the same commit (`publication.au_deplacement`)."""
        super().move(*args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Render the page, marked for the store of published copies with what it depends on."""
        reponse: HttpResponse = super().serve(request, *args, **kwargs)
        if not isinstance(reponse, TemplateResponse):
            return reponse
        contexte = reponse.context_data
        listes = [valeur for valeur in contexte.values() if isinstance(valeur, PageDeListe)]
        numero = listes[0].number if listes else 1
        if numero > 1:
            contexte["adresses"] = [adresse.a_la_page(numero) for adresse in contexte["adresses"]]
            contexte["numero"] = numero
        return garder(reponse, cles=self.cles_de_diffusion(), jusqu_a=self.fin_de_diffusion(), page=numero)

    def cles_de_diffusion(self) -> set[str]:
        """Return the keys that a published copy of this page depends on.

        Types of pages add to `super()` what else they show (news, facts, the frame of a school). None at all keeps the
        page out of the store: a page with a form.
        """
        return {cles.page(self.pk)}

    def cles_perimees(self) -> set[str]:
        """Return the keys outdated when this page is published, unpublished, moved or deleted: itself, its lists."""
        return {cles.page(self.pk)}

    def cles_du_cadre(self) -> set[str]:
        """Return the keys outdated besides when its title, slug or being live changed: the places that link to it."""
        return set()

    def cles_des_descendantes(self) -> set[str]:
        """Return the keys of the pages below this one, whose addresses may have changed with its own."""
        return {cles.page(pk) for pk in self.get_descendants().order_by().values_list("pk", flat=True)}

    def fin_de_diffusion(self) -> datetime.datetime | None:
        """Return when what this page shows stops being true by itself, None when only a change can make it false."""
        return None


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
