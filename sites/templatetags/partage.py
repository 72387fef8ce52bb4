"""The head of a school's page, for search engines and for those who share it."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from themes.templatetags.portail import autres_langues

from .. import partage
from ..models import PageActualite, PageContact, PageDEcole, PageEtablissement, PageEvenement

register = template.Library()


@register.simple_tag(takes_context=True)
def image_partagee(context: Context) -> str:
    """Return the address of the picture shown with a link to this page."""
    page, ecole = context["page"], context["ecole"]
    return partage.image_partagee(ecole, image=getattr(page, "image", None), reglages=context["reglages"])


@register.simple_tag(takes_context=True)
def donnees_structurees(context: Context, image: str) -> SafeString | str:
    """Return the structured data of this page, empty for those that have none."""
    page: PageDEcole = context["page"]
    url = next((langue.absolue for langue in autres_langues(context) if langue.active), "")
    if isinstance(page, PageEtablissement | PageContact):
        donnees: dict[str, Any] = partage.ecole_schema(page.etablissement, url=url, image=image)
    elif isinstance(page, PageActualite):
        donnees = partage.actualite_schema(page, url=url, image=image)
    elif isinstance(page, PageEvenement):
        donnees = partage.evenement_schema(page, url=url, image=image)
    else:
        return ""
    return partage.en_json(donnees)
