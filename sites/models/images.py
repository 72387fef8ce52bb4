"""Images that pages carry: described for those who do not see them, read in lists without a query each."""

from collections.abc import Iterable
from functools import cache, reduce
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model, get_image_model_string

from portal.socle.preparees import Preparee, Valeur

VIGNETTE = "fill-320x200|format-webp"
PLEINE = "max-960x640|format-webp"
LOGO = "max-320x144|format-webp"
LOGO_PARTAGE = "max-600x600|format-png"
PARTAGE = "fill-1200x630|format-jpeg"


# What showing an image asks of it.
LUES = (
    "file",
    "file_hash",
    "width",
    "height",
    "focal_point_x",
    "focal_point_y",
    "focal_point_width",
    "focal_point_height",
)


def lien_image(**options: Any) -> models.ForeignKey:
    """Return a link to an image of the library; the page stays when the image goes."""
    return models.ForeignKey(
        get_image_model_string(), on_delete=models.SET_NULL, null=True, blank=True, related_name="+", **options
    )


def images_pretes(*filtres: str, lien: str = "image") -> models.Prefetch:
    """Return the prefetch of the renditions of `image` (itself joined), for a list: one query whatever its length."""
    renditions = get_image_model().get_rendition_model().objects.filter(filter_spec__in=filtres)
    return models.Prefetch(f"{lien}__renditions", queryset=renditions, to_attr="prefetched_renditions")


@cache
def _rendus(images: int) -> Preparee[Any]:
    """Return the query of the renditions of this number of images, `image0` and so on, in the format `filtre`."""
    parmi = reduce(or_, (models.Q(image=Valeur(f"image{rang}")) for rang in range(images)))
    renditions = get_image_model().get_rendition_model().objects
    return Preparee(lambda: renditions.filter(parmi, filter_spec=Valeur("filtre")))


def preparer_images(illustrees: Iterable[Any], filtre: str) -> None:
    """Read the renditions of the `image` of each, already joined, in one format: a query, none without image."""
    images = [illustree.image for illustree in illustrees if illustree.image_id]
    if not images:
        return
    rendus = _rendus(len(images)).objets(
        filtre=filtre, **{f"image{rang}": image.pk for rang, image in enumerate(images)}
    )
    for image in images:
        image.prefetched_renditions = [rendu for rendu in rendus if rendu.image_id == image.pk]


class Illustree(models.Model):
    """Something with one image, which is described in words."""

    image = lien_image(verbose_name=_("image"))
    image_alt = models.CharField(
        _("description de l'image"),
        max_length=200,
        blank=True,
        help_text=_("Ce que l'on voit, pour qui ne voit pas l'image."),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse an image that nobody described."""
        super().clean()
        if self.image_id and not self.image_alt:
            raise ValidationError({"image_alt": _("Décrivez l'image en quelques mots : certains lecteurs l'écoutent.")})
