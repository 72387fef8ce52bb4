"""What the back office calls the translation into each language: a whole sentence each."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_TRADUIRE: dict[str, Promise] = {
    "ar": _("Traduire en arabe"),
    "fr": _("Traduire en français"),
    "zgh": _("Traduire en amazighe"),
}


def traduire_en(langue: str) -> Promise:
    """Return the words of the button."""
    return _TRADUIRE[langue]
