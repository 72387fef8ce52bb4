"""The spaces of the portal: each app above says which it has and to whom it is open. This floor knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from .models import Utilisateur


@dataclass(frozen=True)
class Espace:
    """A space that somebody may enter after signing in.

    Attributes:
        nom: its name.
        route: name of the route of its first page.
        ouvert_a: whether this person may enter.
    """

    nom: str | Promise
    route: str
    ouvert_a: Callable[[Utilisateur], bool]


_espaces: dict[str, Espace] = {}


def inscrire_espace(espace: Espace) -> None:
    """Make a space known; to be called from `AppConfig.ready`."""
    _espaces[espace.route] = espace


def espaces_de(utilisateur: Utilisateur) -> list[Espace]:
    """Return the spaces open to somebody, in the order of the installed apps."""
    return [espace for espace in _espaces.values() if espace.ouvert_a(utilisateur)]
