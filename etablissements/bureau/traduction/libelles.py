"""What the back office calls the translation into each language: a whole sentence each."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_TRADUIRE: dict[str, Promise] = {
    "ar": _("Traduire en arabe"),
    "fr": _("Traduire en français"),
    "zgh": _("Traduire en amazighe"),
}
_REPRENDRE: dict[str, Promise] = {
    "ar": _("Reprendre la traduction arabe de « %(titre)s » : l'original a changé"),
    "fr": _("Reprendre la traduction française de « %(titre)s » : l'original a changé"),
    "zgh": _("Reprendre la traduction amazighe de « %(titre)s » : l'original a changé"),
}


def traduire_en(langue: str) -> Promise:
    """Return the words of the button."""
    return _TRADUIRE[langue]


def reprendre_en(langue: str, titre: str) -> str:
    """Return what is to be done with a translation that is behind."""
    return str(_REPRENDRE[langue]) % {"titre": titre}
