"""A page and its translation: two pages side by side under one parent, at one address (ADR 24, ADR 28)."""

import re
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from wagtail.models import Page
from wagtail_localize.models import TranslationLog

from portal.socle.langues import SANS_CADRE, langue_du_texte
from portal.socle.preparees import Valeur

# `rentree__fr` translates `rentree`: the tree wants two names, readers know the first.
MARQUE = "__"
_CODES = "|".join(code for code, _nom in settings.LANGUAGES)
_MARQUES = re.compile(rf"{MARQUE}({_CODES})(?=/|$)")
# The home of a school has no name below itself: its translation, which stands there, is named by its language alone.
_ACCUEILS = re.compile(rf"(?<![^/]){MARQUE}(?:{_CODES})(?:/|$)")


def slug_traduit(slug: str, langue: str) -> str:
    """Return the name in the tree of the translation of the page named `slug`."""
    return f"{slug}{MARQUE}{langue}"


def est_traduit(slug: str) -> bool:
    """Whether this is the name of a translation."""
    return _MARQUES.search(slug) is not None


def langue_de_traduction(chemin: str) -> str:
    """Return the language of a translation, by its name or its place in the tree; empty for what was written first."""
    marque = _MARQUES.search(chemin)
    return marque[1] if marque else ""


def langue_propre(chemin: str) -> str:
    """Return the same when it has addresses of its own."""
    langue = langue_de_traduction(chemin)
    return langue if langue in SANS_CADRE else ""


def sans_langue(chemin: str) -> str:
    """Return an address, or a name, as readers know it."""
    return _MARQUES.sub("", _ACCUEILS.sub("", chemin))


def noms_de(slug: str) -> list[str]:
    """Return the names in the tree of the page that readers know as `slug`: its own, those of its translations."""
    return [slug, *(slug_traduit(slug, code) for code, _nom in settings.LANGUAGES)]


def preferee(pages: list[Any]) -> Any | None:
    """Return the page in the reader's language, else the one that was written first, None without any."""
    active = langue_du_texte()
    return min(pages, key=lambda page: (page.locale.language_code != active, page.pk), default=None)


def dans_la_langue(pages: models.QuerySet[Any], langue: str | Valeur | None = None) -> models.QuerySet[Any]:
    """Keep the live pages, each once: in `langue` (the reader's) where it exists, else as it was written first."""
    active = Q(locale__language_code=langue or langue_du_texte())
    meilleure = Page.objects.filter(translation_key=OuterRef("translation_key"), live=True).exclude(pk=OuterRef("pk"))
    return pages.filter(Q(live=True) & (active | ~models.Exists(meilleure.filter(active | Q(pk__lt=OuterRef("pk"))))))


def depassees(pages: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Keep the translations whose original was published again since somebody last put it into their language."""
    originaux = Page.objects.filter(translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"), live=True)
    publie_le = Subquery(originaux.order_by("pk").values("last_published_at")[:1])
    return pages.annotate(publie_le=publie_le, traduit_le=traduit_le()).filter(publie_le__gt=F("traduit_le"))


def traduit_le() -> Subquery:
    """Say when somebody last put the original of a page into its language; null for a page that translates nothing."""
    fois = TranslationLog.objects.filter(source__object=OuterRef("translation_key"), locale=OuterRef("locale"))
    return Subquery(fois.order_by("-created_at").values("created_at")[:1])
