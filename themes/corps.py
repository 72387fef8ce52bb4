"""Shows the body of a page: its blocks, everything they need loaded at once."""

import re

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from jinja2.runtime import Context
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from portal.socle.blocs.chargement import charger
from portal.socle.blocs.images import FORMATS
from portal.socle.redaction import rediger

NIVEAU_DES_BLOCS = 3  # of the headings that blocks and rich texts write: a text is mostly below an h2
_TITRE = re.compile(r"(</?h)([34])\b")


def blocs(context: Context, corps: StreamValue, niveau: int = NIVEAU_DES_BLOCS) -> SafeString:
    """Render the blocks of `corps`. Four queries at most, whatever they are.

    Args:
        context: of the page.
        corps: the blocks.
        niveau: level of their first headings: 2 where the text is right below the h1.
    """
    with charger(corps, formats=FORMATS):
        donnees = context.get_all()
        rendu = format_html_join("\n", "{}", ((bloc.block.render(bloc.value, context=donnees),) for bloc in corps))
    if niveau == NIVEAU_DES_BLOCS:
        return rendu
    ecart = niveau - NIVEAU_DES_BLOCS
    return mark_safe(_TITRE.sub(lambda titre: f"{titre[1]}{int(titre[2]) + ecart}", rendu))  # noqa: S308 - tags alone


def redige(valeur: RichText | str) -> SafeString:
    """Return a rich text as HTML: nothing active, internal links resolved."""
    return rediger(valeur.source if isinstance(valeur, RichText) else str(valeur))
