"""The only door of the records core.

Everything here takes and returns plain typed values (frozen dataclasses), never a model or a queryset: the same door
could be answered tomorrow by a remote information system.
"""

from .documents.examen import TAILLE_MAXIMALE, Examen, Verdict, examiner_fichier
from .documents.identifiants import lire_identifiant
from .documents.operations import InscriptionIntrouvable, PapierImpossible, delivrer_attestation
from .documents.requetes import (
    DocumentEmis,
    DocumentIntrouvable,
    EtatPapier,
    FichierDocument,
    Papier,
    Verification,
    lire_document,
    verifier,
)
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
    "TAILLE_MAXIMALE",
    "DocumentEmis",
    "DocumentIntrouvable",
    "Enfant",
    "EtatPapier",
    "Examen",
    "FichierDocument",
    "InscriptionIntrouvable",
    "Papier",
    "PapierImpossible",
    "Scolarite",
    "Texte",
    "TutelleIntrouvable",
    "Verdict",
    "Verification",
    "delivrer_attestation",
    "enfant",
    "enfants",
    "est_tuteur",
    "examiner_fichier",
    "lire_document",
    "lire_identifiant",
    "verifier",
]
