"""Images, always described and credited: alone, in a gallery, beside a name."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, StructValue
from wagtail.blocks.struct_block import StructBlockValidationError

from .chargement import ImageDuCorps
from .donnees import GROUPE_FAITS

GROUPE_MONTRER = _("Montrer")
IMAGES_AU_PLUS = 24
# The renditions that the components ask for: loaded with the images. A test counts the queries, which keeps them equal.
FORMATS = (
    "width-480|format-webp",
    "width-960|format-webp",
    "fill-480x360|format-webp",
    "fill-160x160|format-webp",
)


class ValeurImage(StructValue):
    """An image and what is said of it."""

    @property
    def signature(self) -> str:
        """Who made it: the credit of the block, else that of the library."""
        return self.get("credit") or (self["image"].credit if self.get("image") else "")


class ImageDecrite(StructBlock):
    """An image with its alternative text and its credit."""

    image = ImageDuCorps(label=_("image"))
    alt = CharBlock(
        label=_("description de l'image"),
        max_length=200,
        help_text=_("Ce que l'on voit, pour qui ne voit pas l'image."),
    )
    legende = CharBlock(label=_("légende"), max_length=200, required=False)
    credit = CharBlock(
        label=_("crédit"),
        max_length=200,
        required=False,
        help_text=_("Qui a fait l'image. Laissez vide si la bibliothèque d'images le sait déjà."),
    )

    def clean(self, value: Any) -> Any:
        """Refuse an image of which nobody says who made it."""
        propre = super().clean(value)
        if propre["image"] and not propre.signature:
            faute = ValidationError(_("Dites qui a fait l'image, par exemple « L'établissement »."))
            raise StructBlockValidationError(block_errors={"credit": faute})
        return propre

    class Meta:
        label = _("image")
        icon = "image"
        value_class = ValeurImage
        label_format = "{alt}"


class Image(ImageDecrite):
    """One image."""

    class Meta:
        group = GROUPE_MONTRER
        template = "composants/blocs/image.html"


class Galerie(StructBlock):
    """Several images side by side."""

    titre = CharBlock(label=_("titre"), max_length=120, required=False)
    images = ListBlock(ImageDecrite(), label=_("images"), min_num=2, max_num=IMAGES_AU_PLUS)

    class Meta:
        label = _("galerie")
        icon = "grip"
        group = GROUPE_MONTRER
        template = "composants/blocs/galerie.html"
        label_format = "{titre}"


class Personne(StructBlock):
    """Somebody who works in the school, as families meet them."""

    nom = CharBlock(label=_("nom de la personne"), max_length=120)
    fonction = CharBlock(label=_("fonction"), max_length=120)
    photo = ImageDuCorps(label=_("photo"), required=False)
    precision = CharBlock(
        label=_("précision"),
        max_length=200,
        required=False,
        help_text=_("Par exemple les heures où l'on reçoit. Pas de téléphone personnel."),
    )

    class Meta:
        label = _("personne")
        icon = "user"
        label_format = "{nom}"


class Personnel(StructBlock):
    """The people of a school."""

    titre = CharBlock(label=_("titre"), max_length=120, required=False)
    personnes = ListBlock(Personne(), label=_("personnes"), min_num=1, max_num=30)

    class Meta:
        label = _("personnel")
        icon = "group"
        group = GROUPE_FAITS
        template = "composants/blocs/personnel.html"
        label_format = "{titre}"
