"""Plain text under a telephone's keyboard, a block of text in the page, and back."""

import re
from html import unescape

from django.utils.html import linebreaks
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

BLOC = "texte"
# A paragraph without markup, as `en_corps` or the rich-text editor writes it.
_PARAGRAPHE = re.compile(r'<p(?: data-block-key="[^"]*")?>((?:[^<]|<br ?/?>)*)</p>')
_RETOUR = re.compile(r"<br ?/?>\n?")
_LETTRES_ARABES = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_LETTRES_LATINES = re.compile("[A-Za-z\u00c0-\u024f]")
_TIFINAGHES = re.compile("[\u2d30-\u2d7f]")


def en_corps(texte: str) -> list[tuple[str, RichText]]:
    """Return the body of a page: one block of text, a paragraph at each blank line; empty without text."""
    return [(BLOC, RichText(linebreaks(texte.strip(), autoescape=True)))] if texte.strip() else []


def en_texte(corps: StreamValue) -> str | None:
    """Return the text that `en_corps` makes into this body; None when the body holds more than plain paragraphs."""
    if not corps:
        return ""
    if len(corps) > 1 or corps[0].block_type != BLOC:
        return None
    source = corps[0].value.source
    if _PARAGRAPHE.sub("", source).strip():
        return None
    return "\n\n".join(unescape(_RETOUR.sub("\n", paragraphe)) for paragraphe in _PARAGRAPHE.findall(source))


def langue_de(texte: str) -> str:
    """Return the language in which a text is written, by most of its letters; Arabic when it has none."""
    lettres = {"ar": _LETTRES_ARABES, "fr": _LETTRES_LATINES, "zgh": _TIFINAGHES}
    return max(lettres, key=lambda langue: len(lettres[langue].findall(texte)))
