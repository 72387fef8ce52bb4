"""The image and document models of the portal, ours from the start so that they can grow."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, get_upload_to
from wagtail.search import index

from .medias import Possede
from .televersements.images import ChampImage


class ImagePortail(Possede, AbstractImage):
    """An image, who made it, under which licence, and whose it is.

    No tags: they would be one list for all the schools, that every editor could read.
    """

    file = ChampImage(_("fichier"), upload_to=get_upload_to, width_field="width", height_field="height")
    credit = models.CharField(_("crédit"), max_length=200, blank=True)

    search_fields = (*AbstractImage.search_fields, index.FilterField("proprietaire"))

    admin_form_fields = (
        "title",
        "file",
        "description",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
        "credit",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class RenditionPortail(AbstractRendition):
    """A resized copy of an image."""

    image = models.ForeignKey(ImagePortail, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class DocumentPortail(Possede, AbstractDocument):
    """A file to download, and whose it is. No tags, as for images."""

    search_fields = (*AbstractDocument.search_fields, index.FilterField("proprietaire"))

    admin_form_fields = ("title", "file", "collection")

    def clean(self) -> None:
        """Look at the extension of the file, unless the form refused that file already, and said why."""
        if self.file:
            super().clean()

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
