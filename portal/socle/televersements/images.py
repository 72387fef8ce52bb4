"""Images are drawn again when they arrive: what is kept is a picture and nothing else.

Drawing again drops where and when the photo was taken (EXIF, XMP), what was appended to the file (a page, an archive),
and the millions of points that no screen shows. The size is read from the header first: nothing too large is decoded.
"""

import warnings
from contextlib import contextmanager
from io import BytesIO
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

COTE_MAXIMUM = 2560
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
_ENREGISTREMENT: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85, "progressive": True},
    "PNG": {},
    "WEBP": {"quality": 85, "method": 4},
    "AVIF": {"quality": 75, "speed": 8},
}
MESSAGE_ILLISIBLE = _(
    "Ce fichier n'est pas une image lisible. Enregistrez-la de nouveau en JPEG ou en PNG, ou reprenez la photo."
)
MESSAGE_TROP_DE_POINTS = _(
    "Cette image a trop de points (24 millions au plus). Réduisez-la, ou prenez la photo en qualité normale."
)


class ImageAssainie(ContentFile):
    """The content of an image already drawn again, and its format: `jpeg`, `png`…"""

    def __init__(self, contenu: bytes, nom: str, genre: str) -> None:
        super().__init__(contenu, name=nom)
        self.genre = genre.lower()


@contextmanager
def _ouverte(flux: BinaryIO) -> Any:
    """Open an image by its header, under our own limit of points."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our limit is stricter, and says it better
            with Image.open(flux, formats=FORMATS) as image:
                if image.width * image.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
                    raise ValidationError(MESSAGE_TROP_DE_POINTS, code="file_too_many_pixels")
                yield image
    except Image.DecompressionBombError as erreur:
        raise ValidationError(MESSAGE_TROP_DE_POINTS, code="file_too_many_pixels") from erreur
    except (OSError, ValueError, SyntaxError, EOFError) as erreur:  # what Pillow raises on damaged files
        raise ValidationError(MESSAGE_ILLISIBLE, code="invalid_image") from erreur


def assainir(fichier: File, nom: str) -> ImageAssainie:
    """Return the picture of `fichier`, drawn again in its own format: upright, in sRGB, 2,560 points a side at most.

    Raises:
        ValidationError: it is not a whole image of a known format, or has too many points.
    """
    fichier.seek(0)
    with _ouverte(fichier) as image:
        genre = "JPEG" if image.format == "MPO" else image.format  # a telephone may write several JPEG in one file
        image.draft("RGB", (COTE_MAXIMUM, COTE_MAXIMUM))  # a JPEG is decoded at a fraction of its size
        profil = image.info.get("icc_profile")
        dessin = ImageOps.exif_transpose(image)
        dessin.thumbnail((COTE_MAXIMUM, COTE_MAXIMUM))
        dessin = _en_srgb(dessin, profil, opaque=genre == "JPEG")
        propre = Image.new(dessin.mode, dessin.size)
        propre.paste(dessin)  # pixels only: no metadata follows
        sortie = BytesIO()
        propre.save(sortie, genre, **_ENREGISTREMENT[genre])
    return ImageAssainie(sortie.getvalue(), nom, genre)


def _en_srgb(image: Image.Image, profil: bytes | None, *, opaque: bool) -> Image.Image:
    """Return `image` in RGB, or RGBA when it is see-through; its colours follow its profile when that is readable."""
    transparente = not opaque and image.has_transparency_data
    mode = "RGBA" if transparente else "RGB"
    if profil and image.mode in {"RGB", "RGBA", "CMYK"}:
        try:
            source = ImageCms.getOpenProfile(BytesIO(profil))
            convertie = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            convertie = None
        if convertie is not None:
            return convertie
    return image.convert(mode)


class FichierImage(WagtailImageFieldFile):
    """The file of an image: whatever the way in, what is written was drawn again."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Draw the picture again, unless a form has just done it."""
        if not isinstance(content, ImageAssainie):
            content = assainir(content, name)
        super().save(name, content, save=save)


class ChampImage(WagtailImageField):
    """The field of an image whose file is always drawn again."""

    attr_class = FichierImage
