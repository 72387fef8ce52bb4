"""The papers of a child, listed for its guardians."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from etablissements.scolarite.inscriptions.tutelles import acceder_tutelle

from .models import Document
from .requetes import EtatPapier


@dataclass(frozen=True)
class DocumentDeLEnfant:
    """A paper in the list of a child.

    Attributes:
        document_id: its 26 characters.
        numero: the serial number as printed.
        annee: label of the school year that it attests.
        jour: the day of issue.
        etat: valid, superseded or revoked; only a valid paper can be downloaded.
    """

    document_id: str
    numero: str
    annee: str
    jour: datetime.date
    etat: EtatPapier


def documents(*, utilisateur_id: int, tutelle_cle: UUID) -> tuple[DocumentDeLEnfant, ...]:
    """Return the papers issued for a child, latest first.

    Raises:
        TutelleIntrouvable: no active guardianship of this person has this key.
    """
    tutelle = acceder_tutelle(utilisateur_id=utilisateur_id, tutelle_cle=tutelle_cle)
    emis = Document.objects.filter(eleve_id=tutelle.eleve_id).select_related("annee", "etablissement")
    return tuple(
        DocumentDeLEnfant(
            document_id=document.pk,
            numero=document.numero_imprime,
            annee=document.annee.libelle,
            jour=document.jour,
            etat=EtatPapier(document.etat),
        )
        for document in emis.order_by("-emis_le", "-pk")
    )
