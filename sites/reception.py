"""What the sites do when the registry changes."""

from collections.abc import Iterable
from typing import Any

from etablissements.registre.models import Etablissement

from .createur import creer_sites


def creer_les_sites_importes(sender: object, identifiants: Iterable[int], **_: Any) -> None:
    """Create or rename the sites of the schools just imported; units appear on their school's site."""
    autonomes = (
        Etablissement.objects.autonomes().filter(pk__in=list(identifiants)).select_related("direction__academie")
    )
    for _fait in creer_sites(autonomes):
        pass
