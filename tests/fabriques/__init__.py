"""Builders of test data: `creer_*` functions with a default for everything, all names invented.

Each builder writes to the database and returns the model. Missing parents are built on the way.
"""

from .comptes import creer_affectation, creer_utilisateur
from .documents import MIDI, creer_document
from .registre import creer_etablissement, creer_registre, gresa
from .scolarite import (
    creer_bordereau,
    creer_classe,
    creer_eleve,
    creer_import_liste,
    creer_inscription,
    creer_tutelle,
    creer_tuteur,
)

__all__ = [
    "MIDI",
    "creer_affectation",
    "creer_bordereau",
    "creer_classe",
    "creer_document",
    "creer_eleve",
    "creer_etablissement",
    "creer_import_liste",
    "creer_inscription",
    "creer_registre",
    "creer_tutelle",
    "creer_tuteur",
    "creer_utilisateur",
    "gresa",
]
