"""What the back office says of translations: a list shows their titles beside those of their originals."""

from django import template
from django.conf import settings

from ..models.langues import langue_de_traduction

register = template.Library()


@register.filter
def langue_traduite(slug: str) -> str:
    """Return what the language of a translation calls itself, by the name of the page in the tree; empty for others."""
    return dict(settings.LANGUAGES).get(langue_de_traduction(slug), "")
