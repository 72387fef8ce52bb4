"""The gallery of a school."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultipleChooserPanel
from wagtail.images import get_image_model_string
from wagtail.models import Orderable

from portal.socle.pages import PagePortail
from portal.socle.preparees import ListePreparee, Valeur

from ..variantes import Section
from .base import PageDeSection
from .images import PLEINE, VIGNETTE, images_pretes

PHOTOS_PAR_PAGE = 24


class PageGalerie(PageDeSection):
    """Photographs of a school, each described."""

    section = Section.GALERIE
    template = "sites/galerie.html"

    chapo = models.CharField(_("en deux phrases"), max_length=300, blank=True)

    content_panels = (
        *PagePortail.content_panels,
        FieldPanel("chapo"),
        MultipleChooserPanel("photos", chooser_field_name="image", label=_("photo de la galerie"), heading=_("Photos")),
    )

    class Meta:
        verbose_name = _("galerie")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the photographs, by pages."""
        contexte = super().get_context(request, *args, **kwargs)
        # A preview shows what is being typed, which the database does not have yet.
        photos = _a_lire(self.photos) if getattr(request, "is_preview", False) else _photos.avec(galerie=self.pk)
        contexte["photos"] = Paginator(photos, PHOTOS_PAR_PAGE).get_page(request.GET.get("page"))
        return contexte


class PhotoDeGalerie(Orderable):
    """One photograph. It has a description, or it is not shown."""

    page = ParentalKey(PageGalerie, on_delete=models.CASCADE, related_name="photos")
    image = models.ForeignKey(
        get_image_model_string(), on_delete=models.CASCADE, related_name="+", verbose_name=_("image")
    )
    image_alt = models.CharField(
        _("description de l'image"), max_length=200, help_text=_("Ce que l'on voit, pour qui ne voit pas l'image.")
    )
    legende = models.CharField(_("légende"), max_length=200, blank=True)

    panels = (FieldPanel("image"), FieldPanel("image_alt"), FieldPanel("legende"))

    class Meta(Orderable.Meta):
        verbose_name = _("photo de la galerie")

    def __str__(self) -> str:
        return self.image_alt


def _a_lire(photos: models.QuerySet[PhotoDeGalerie]) -> models.QuerySet[PhotoDeGalerie]:
    """Return the photographs with their images, in both sizes."""
    return photos.select_related("image").prefetch_related(images_pretes(VIGNETTE, PLEINE))


_photos: ListePreparee[PhotoDeGalerie] = ListePreparee(
    lambda: _a_lire(PhotoDeGalerie.objects.filter(page=Valeur("galerie")))
)
