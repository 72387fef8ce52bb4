"""The name in the tree of a page that nobody named: the end of its address."""

import re

from django.utils import timezone
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

# Far below what the column holds (255): a namesake adds its number, a translation its mark; an Arabic letter is six
# characters in an address that somebody sends.
NOM_MAX = 100
_TIRETS = re.compile("-*_{2,}-*")  # two low lines announce the language of a translation


def nom_libre(*, parent: Page, titre: str) -> str:
    """Return a name that no page below `parent` has, from a title; the day, when no word of the title makes one."""
    mots = _TIRETS.sub("-", slugify(titre, allow_unicode=True))
    libre: str = find_available_slug(parent, _couper(mots) or timezone.localdate().isoformat())
    return libre


def _couper(nom: str) -> str:
    """Cut a long name after a whole word, if there is one."""
    if len(nom) <= NOM_MAX:
        return nom
    debut = nom[: NOM_MAX + 1]
    return (debut.rpartition("-")[0] or debut[:NOM_MAX]).strip("-")
