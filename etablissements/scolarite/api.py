"""The only door of the records core.

Everything here takes and returns plain typed values (frozen dataclasses), never a model or a queryset: the same door
could be answered tomorrow by a remote information system.
"""

from .inscriptions.tutelles import (
    Enfant,
    Scolarite,
    Texte,
    TutelleIntrouvable,
    enfant,
    enfants,
    est_tuteur,
)

__all__ = [
    "Enfant",
    "Scolarite",
    "Texte",
    "TutelleIntrouvable",
    "enfant",
    "enfants",
    "est_tuteur",
]
