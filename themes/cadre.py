"""What the frame of every page needs: its address in each language."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, get_language_info

from portal.socle.langues import SANS_CADRE, langue_du_texte

SERVICES = {
    "annuaire": "recherche:annuaire",
    "verification": "verification:accueil",
    "activation": "parents:activation",
    "famille": "parents:tableau",
}


@dataclass(frozen=True, slots=True)
class Langue:
    """One language of the switch.

    Attributes:
        code: `ar`, `fr`, `zgh`.
        nom: its name in itself.
        sens: `rtl` or `ltr`.
        url: path of the same page in that language.
        absolue: that path with the public scheme and host.
        active: whether it is the one being read.
    """

    code: str
    nom: str
    sens: str
    url: str
    absolue: str
    active: bool


def jour(date: datetime.date, forme: str = "DATE_FORMAT") -> str:
    """Return a day as the active language writes it, 1 octobre 2026, or in another form of Django's `date`.

    An instant is the day it was here.
    """
    if isinstance(date, datetime.datetime):
        date = timezone.localdate(date)
    return _jour(date, forme, get_language())


def heure(heure: datetime.time) -> str:
    """Return a time of the day, 08:30."""
    return time_format(heure, "H:i")


@lru_cache(maxsize=4096)  # a page repeats the days of its sources, and the whole country has the same
def _jour(date: datetime.date, forme: str, langue: str | None) -> str:
    return date_format(date, forme)


def liens() -> dict[str, str]:
    """Return the paths of the services of the portal in the active language, by name."""
    return _liens(get_language())


@lru_cache
def _liens(langue: str | None) -> dict[str, str]:
    return {nom: reverse(route) for nom, route in SERVICES.items()}


def accueil() -> str:
    """Return the path of the ministry's home in the active language."""
    return f"/{get_language()}/"


def autres_langues(context: Mapping[str, Any]) -> list[Langue]:
    """Return the languages of this very page with its address in each, the query string kept.

    A Wagtail page says where its translations are (`adresses`); any other view has the same path after the prefix. A
    path that is not prefixed (an error page) leads to the home page. A language without a frame (`SANS_CADRE`) is there
    when the page says so.
    """
    request = context.get("request")
    pages = {adresse.code: (adresse.url, adresse.absolue) for adresse in context.get("adresses") or ()}
    return [
        _langue(code, nom, *(pages.get(code) or (_traduire(request, code), "")))
        for code, nom in settings.LANGUAGES
        if code in pages or code not in SANS_CADRE
    ]


@cache
def sens_de(langue: str) -> str:
    """Return the direction in which a language is written: `rtl` or `ltr`."""
    return "rtl" if get_language_info(langue)["bidi"] else "ltr"


def _langue(code: str, nom: str, url: str, absolue: str) -> Langue:
    return Langue(code, nom, sens_de(code), url, absolue or f"{settings.URL_PUBLIQUE}{url}", code == langue_du_texte())


def _traduire(request: object, code: str) -> str:
    chemin = request.get_full_path() if hasattr(request, "get_full_path") else "/"
    traduit = translate_url(chemin, code)
    return traduit if traduit.startswith(f"/{code}/") else f"/{code}/"
