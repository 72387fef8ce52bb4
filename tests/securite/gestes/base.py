"""A form as it is rightly sent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.etablissements.bureau.ecoles import photo
from tests.fabriques.mediatheque import PDF

from ..acteurs import Monde

Corps = Callable[[Monde], dict[str, Any]]


def rien(*_monde: Any) -> dict[str, Any]:
    """No field: a button."""
    return {}


def tel_quel(*_monde: Any) -> None:
    """Nothing comes before."""


@dataclass(frozen=True)
class Geste:
    """A form as it is rightly sent.

    Attributes:
        role: who sends it.
        juste: its fields.
        siens: patterns of the names that it owns beside them.
        formulaire: rank of the form in its page, to be read as a browser would; None when it is sent without reading.
        avant: what comes before it; returns its address when it is not that of the school's own things.
        ecrit: whether something is written.
    """

    role: str = "directeur"
    juste: Corps = rien
    siens: tuple[str, ...] = ()
    formulaire: int | None = None
    avant: Callable[[Client, Monde], str | None] = tel_quel
    ecrit: bool = True


def toujours(**champs: Any) -> Corps:
    """The same fields for everybody."""
    return lambda monde: dict(champs)


def fichier(nom: str, champ: str, champs: dict[str, Any]) -> Corps:
    """Fields with a file that is made anew each time it is sent."""
    return lambda monde: {
        champ: photo(nom) if nom.endswith("jpg") else SimpleUploadedFile(nom, PDF),
        **champs,
    }


BOUTON = (Geste(),)
LECTURE = (Geste(ecrit=False),)  # nothing is written, and a hostile body does not make it write
