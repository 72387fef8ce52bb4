"""Words: running text and quotations."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, TextBlock
from wagtail.rich_text import RichText

from ..redaction import nettoyer_html

# What the editor offers; `redaction.nettoyer_html` keeps what a page may show, whoever wrote it.
POSSIBILITES = ["h3", "bold", "italic", "ol", "ul", "link"]
GROUPE_ECRIRE = _("Écrire")


class TexteRiche(RichTextBlock):
    """Running text, cleaned when it is written and again when it is shown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": POSSIBILITES, **kwargs})

    def clean(self, value: RichText) -> RichText:
        """Keep the allowed elements and links only."""
        propre: RichText = super().clean(value)
        return RichText(nettoyer_html(propre.source))


class Texte(TexteRiche):
    """A block of running text."""

    class Meta:
        label = _("texte")
        icon = "pilcrow"
        group = GROUPE_ECRIRE
        template = "composants/blocs/texte.html"


class Citation(StructBlock):
    """Somebody's words."""

    texte = TextBlock(label=_("citation"), max_length=600, rows=3)
    auteur = CharBlock(label=_("de qui"), max_length=120, required=False)

    class Meta:
        label = _("citation")
        icon = "openquote"
        group = GROUPE_ECRIRE
        template = "composants/blocs/citation.html"
        label_format = "{texte}"
