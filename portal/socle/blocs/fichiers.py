"""Documents to download."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, StructValue

from .chargement import DocumentDuCorps
from .images import GROUPE_MONTRER


class ValeurFichier(StructValue):
    """A document and what the reader is told before downloading it."""

    @property
    def nom(self) -> str:
        """The title of the block, else that of the library."""
        return self.get("titre") or self["document"].title

    @property
    def genre(self) -> str:
        """The kind of file, `PDF`."""
        return self["document"].file_extension.upper()

    @property
    def taille(self) -> int | None:
        """Its size in bytes; None when the library does not know it."""
        return self["document"].file_size


class Fichier(StructBlock):
    """A document, with its kind and size."""

    document = DocumentDuCorps(label=_("document"))
    titre = CharBlock(
        label=_("titre"),
        max_length=160,
        required=False,
        help_text=_("Laissez vide pour garder le titre de la bibliothèque."),
    )

    class Meta:
        label = _("document")
        icon = "doc-full"
        group = GROUPE_MONTRER
        template = "composants/blocs/document.html"
        value_class = ValeurFichier
        label_format = "{titre}"
