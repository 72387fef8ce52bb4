"""Shows the body of a page: its blocks, everything they need loaded at once."""

from django import template
from django.template.context import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from portal.socle.blocs.chargement import charger
from portal.socle.blocs.images import FORMATS
from portal.socle.redaction import rediger

register = template.Library()


@register.simple_tag(takes_context=True)
def blocs(context: Context, corps: StreamValue) -> SafeString:
    """Render the blocks of `corps`. Four queries at most, whatever they are."""
    with charger(corps, formats=FORMATS):
        donnees = context.flatten()
        return format_html_join("\n", "{}", ((bloc.block.render(bloc.value, context=donnees),) for bloc in corps))


@register.filter
def redige(valeur: RichText | str) -> SafeString:
    """Return a rich text as HTML: nothing active, internal links resolved."""
    return rediger(valeur.source if isinstance(valeur, RichText) else str(valeur))
