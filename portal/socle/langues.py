"""The language in which texts are read: that of the frame, or one that has texts and no frame (ADR 27)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils.translation import get_language

SANS_CADRE = frozenset(code for code, _nom in settings.LANGUES_SANS_CADRE)

_lue: ContextVar[str] = ContextVar("langue_sans_cadre", default="")


@contextmanager
def lire_en(langue: str) -> Iterator[None]:
    """Prefer texts in a language without a frame, for the time of a request."""
    jeton = _lue.set(langue)
    try:
        yield
    finally:
        _lue.reset(jeton)


def langue_sans_cadre() -> str:
    """Return the language without a frame in which texts are being read, empty when they are read in the frame's."""
    return _lue.get()


def langue_du_texte() -> str:
    """Return the language in which texts are preferred; headings and facts are in Django's active language."""
    return _lue.get() or get_language() or settings.LANGUAGE_CODE


def sous(langue: str, chemin: str) -> str:
    """Return a path of the portal, `/ar/ecoles/…`, under the prefix of another language."""
    return f"/{langue}/{chemin[1:].partition('/')[2]}"
