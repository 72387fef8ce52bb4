"""The only door of the records core.

Everything here takes and returns plain typed values (frozen dataclasses), never a model or a queryset: the same door
could be answered tomorrow by a remote information system.
"""

from .documents.examen import TAILLE_MAXIMALE, Examen, Verdict, examiner_fichier
from .documents.famille import DocumentDeLEnfant, documents
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
from .echanges.importer import EtablissementInconnu, importer_liste, importer_listes
from .inscriptions.activation import (
    Activation,
    ActivationRefusee,
    CodesBordereau,
    DejaTuteur,
    NouveauCompte,
    activer,
    preparer_activation,
)
from .inscriptions.codes import lire_code_bordereau, lire_code_massar
from .inscriptions.requetes import EffectifFiliere, EffectifNiveau, Effectifs, dates_des_effectifs, effectifs
from .inscriptions.tutelles import (
    Enfant,
    Scolarite,
    Texte,
    TutelleIntrouvable,
    choix_lien,
    choix_statut,
    enfant,
    enfants,
    est_tuteur,
)
from .inscriptions.tutelles_ecole import (
    MOTIF_MAX,
    LigneTutelle,
    MotifManquant,
    PageTutelles,
    TutelleTerminee,
    classes_des_tutelles,
    confirmer_tutelle,
    gere_des_tutelles,
    terminer_tutelle,
    tutelle_de_l_etablissement,
    tutelles_de_l_etablissement,
)

__all__ = [
    "MOTIF_MAX",
    "TAILLE_MAXIMALE",
    "Activation",
    "ActivationRefusee",
    "CodesBordereau",
    "DejaTuteur",
    "DocumentDeLEnfant",
    "DocumentEmis",
    "DocumentIntrouvable",
    "EffectifFiliere",
    "EffectifNiveau",
    "Effectifs",
    "Enfant",
    "EtablissementInconnu",
    "EtatPapier",
    "Examen",
    "FichierDocument",
    "InscriptionIntrouvable",
    "LigneTutelle",
    "MotifManquant",
    "NouveauCompte",
    "PageTutelles",
    "Papier",
    "PapierImpossible",
    "Scolarite",
    "Texte",
    "TutelleIntrouvable",
    "TutelleTerminee",
    "Verdict",
    "Verification",
    "activer",
    "choix_lien",
    "choix_statut",
    "classes_des_tutelles",
    "confirmer_tutelle",
    "dates_des_effectifs",
    "delivrer_attestation",
    "documents",
    "effectifs",
    "enfant",
    "enfants",
    "est_tuteur",
    "examiner_fichier",
    "gere_des_tutelles",
    "importer_liste",
    "importer_listes",
    "lire_code_bordereau",
    "lire_code_massar",
    "lire_document",
    "lire_identifiant",
    "preparer_activation",
    "terminer_tutelle",
    "tutelle_de_l_etablissement",
    "tutelles_de_l_etablissement",
    "verifier",
]
