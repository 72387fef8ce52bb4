"""The forms of the media libraries, wherever Wagtail shows one: add, several at once, edit, and the choosers."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.forms import FileField
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .documents import TROP_GRAND, examiner
from .images import ImageAssainie, assainir
from .saisie import SaisieDeFichier

MESSAGES_IMAGE = {
    "invalid_image_extension": _(
        "Ce genre de fichier n'est pas accepté. Choisissez une photo ou une image JPEG, PNG, WebP ou AVIF."
    ),
    "invalid_image_known_format": _(
        "Le nom du fichier finit par « .%(extension)s », mais son contenu est d'un autre genre (%(image_format)s). "
        "Enregistrez l'image de nouveau en JPEG ou en PNG."
    ),
    "file_too_large": _(
        "Cette image est trop lourde (%(file_size)s ; %(max_filesize)s au plus). Réduisez-la, ou prenez la photo en "
        "qualité normale."
    ),
}


class ChampFichierImage(WagtailImageField):
    """The file of an image: Wagtail's checks in our words, and one opening that a damaged file cannot break."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_messages |= MESSAGES_IMAGE

    default_validators: list[Any] = []  # the extension is looked at below, with a message of ours

    def to_python(self, data: Any) -> ImageAssainie | None:
        """Return the picture of the file, drawn again."""
        fichier = FileField.to_python(self, data)
        if fichier is None:
            return None
        extension = fichier.name.rpartition(".")[2].lower()
        if extension not in self.allowed_image_extensions:
            raise ValidationError(self.error_messages["invalid_image_extension"], code="invalid_image_extension")
        if self.max_upload_size is not None and fichier.size > self.max_upload_size:
            poids = {"file_size": filesizeformat(fichier.size), "max_filesize": filesizeformat(self.max_upload_size)}
            raise ValidationError(self.error_messages["file_too_large"], code="file_too_large", params=poids)
        propre = fichier if isinstance(fichier, ImageAssainie) else assainir(fichier, fichier.name)
        if {"jpg": "jpeg"}.get(extension, extension) != propre.genre:
            genres = {"extension": extension, "image_format": propre.genre.upper()}
            raise ValidationError(
                self.error_messages["invalid_image_known_format"], code="invalid_image_known_format", params=genres
            )
        return propre


class FormulaireImage(BaseImageForm):
    """An image: refused with a reason, or drawn again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            stock = self.fields["file"]
            self.fields["file"] = ChampFichierImage(
                label=stock.label,
                required=stock.required,
                widget=SaisieDeFichier(stock.widget.attrs),
                max_length=stock.max_length,
            )


class FormulaireDocument(BaseDocumentForm):
    """A document, examined by its content."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].error_messages |= {"file_too_large": TROP_GRAND}
            self.fields["file"].widget = SaisieDeFichier(self.fields["file"].widget.attrs)

    def clean_file(self) -> File:
        """Refuse what is not what its name says, or carries a program."""
        fichier = self.cleaned_data["file"]
        if "file" in self.changed_data:
            examiner(fichier, fichier.name.rpartition(".")[2].lower())
        return fichier
