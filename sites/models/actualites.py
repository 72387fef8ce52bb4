"""The news of a school: the list and the item."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.images import get_image_model_string
from wagtail.search.index import BaseField as SearchField

from etablissements.registre.models import Etablissement
from portal.socle.champs import CorpsField
from portal.socle.pages import PagePortail

from .base import PageDEcole

ACTUALITES_PAR_PAGE = 20


class PageActualites(PageDEcole):
    """The news of a school."""

    search_fields: list[SearchField] = []
    parent_page_types = ("portail_sites.PageEtablissement",)
    subpage_types = ("portail_sites.PageActualite",)
    max_count_per_parent = 1
    template = "sites/actualites.html"

    class Meta:
        verbose_name = _("actualités")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the news, latest first, by pages."""
        contexte = super().get_context(request, *args, **kwargs)
        pages = Paginator(PageActualite.de(self.etablissement), ACTUALITES_PAR_PAGE)
        contexte["actualites"] = pages.get_page(request.GET.get("page"))
        return contexte


class PageActualite(PageDEcole):
    """One piece of news of a school."""

    date = models.DateField(_("date"), default=timezone.localdate)
    chapo = models.CharField(_("en deux phrases"), max_length=300, blank=True)
    image = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    image_alt = models.CharField(
        _("description de l'image"),
        max_length=200,
        blank=True,
        help_text=_("Ce que l'on voit, pour qui ne voit pas l'image."),
    )
    corps = CorpsField(blank=True, verbose_name=_("texte"))

    parent_page_types = ("portail_sites.PageActualites",)
    subpage_types: tuple[str, ...] = ()
    template = "sites/actualite.html"
    content_panels = (
        *PagePortail.content_panels,
        FieldPanel("date"),
        FieldPanel("chapo"),
        FieldPanel("image"),
        FieldPanel("image_alt"),
        FieldPanel("corps"),
    )

    class Meta:
        verbose_name = _("actualité")
        indexes = (models.Index(fields=("etablissement", "-date"), name="actualite_ecole_date"),)

    @classmethod
    def de(cls, etablissement: Etablissement) -> list["PageActualite"]:
        """Return the news of a school, latest first: in the active language where it exists, else as written."""
        langue = get_language()
        trouvees: dict[Any, PageActualite] = {}
        toutes = cls.objects.live().filter(etablissement=etablissement).select_related("locale", "image")
        for page in toutes.order_by("-date", "-pk"):
            page.etablissement = etablissement
            if page.translation_key not in trouvees or page.locale.language_code == langue:
                trouvees[page.translation_key] = page
        return sorted(trouvees.values(), key=lambda page: (page.date, page.pk), reverse=True)

    def clean(self) -> None:
        """Refuse an image that nobody described."""
        super().clean()
        if self.image_id and not self.image_alt:
            raise ValidationError({"image_alt": _("Décrivez l'image en quelques mots : certains lecteurs l'écoutent.")})
