"""For the templates of Django's engine, which extend those of Wagtail and allauth: the frame, which is Jinja's."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from ..cadre import autres_langues

register = template.Library()
_PARTIES = "parties_du_cadre"

register.simple_tag(autres_langues, takes_context=True)


@register.simple_block_tag(takes_context=True)
def partie(context: Context, content: SafeString, nom: str) -> str:
    """Keep what is inside as the part `nom` of the frame around."""
    context.render_context.setdefault(_PARTIES, {})[nom] = content
    return ""


@register.simple_block_tag(takes_context=True)
def cadre(context: Context, content: SafeString, gabarit: str) -> SafeString:
    """Render a Jinja template with the parts that stand inside, by name; what stands outside of them is lost."""
    parties = context.render_context.get(_PARTIES, {})
    return mark_safe(render_to_string(gabarit, parties, request=context["request"]))  # noqa: S308 - escaped by Jinja


@register.simple_tag
def composant(gabarit: str, **contexte: Any) -> SafeString:
    """Render a Jinja component with these variables alone."""
    return mark_safe(render_to_string(gabarit, contexte))  # noqa: S308 - escaped by Jinja
