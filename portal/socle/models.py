"""The image model of the portal, ours from the first migration so that it can grow."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image, get_upload_to

from .televersements.images import ChampImage


class ImagePortail(AbstractImage):
    """An image, who made it and under which licence."""

    file = ChampImage(_("fichier"), upload_to=get_upload_to, width_field="width", height_field="height")
    credit = models.CharField(_("crédit"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class RenditionPortail(AbstractRendition):
    """A resized copy of an image."""

    image = models.ForeignKey(ImagePortail, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
