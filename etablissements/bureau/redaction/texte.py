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
# An address is in no language, and has more letters than the sentence around it.
_ADRESSE = re.compile(r"\S*(?:://|www\.|@)\S*")
_MOTS = {
    "ar": re.compile("[\u0620-\u065f\u066e-\u06d3]+"),
    "fr": re.compile("[A-Za-z\u00c0-\u024f]+"),
    "zgh": re.compile("[\u2d30-\u2d7f]+"),
}


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
    """Return the language in which a text is written, by most of its words; Arabic when it has none.

    Words and not letters: Arabic writes fewer of them, and the name of a club or of a program is long.
    """
    phrases = _ADRESSE.sub(" ", texte)
    return max(_MOTS, key=lambda langue: len(_MOTS[langue].findall(phrases)))
