"""Issuing and revoking papers."""

import datetime
import hashlib
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from etablissements.registre.models import AnneeScolaire
from etablissements.scolarite.inscriptions.models import Eleve, Inscription
from etablissements.scolarite.inscriptions.tutelles import acceder_tutelle

from .attestation import VERSION, PapierTropLong, composer_attestation
from .faits import empreinte, etablir
from .identifiants import nouvel_identifiant
from .models import CompteurDocuments, Document, TypeDocument
from .rendu import GabaritEnDefaut
from .requetes import DocumentEmis
from .signature import signer

_REPRISES = 2


class InscriptionIntrouvable(LookupError):
    """The pupil is enrolled nowhere this year: there is nothing to attest."""


class PapierImpossible(Exception):
    """The facts cannot be printed: a name too long for the page, or in letters that its font does not draw."""


class DocumentInconnu(LookupError):
    """No paper has this identifier."""


class DejaRevoque(Exception):
    """The paper was revoked already; `document` says when."""

    def __init__(self, document: Document) -> None:
        super().__init__("already revoked")
        self.document = document


def delivrer_attestation(*, tutelle_cle: UUID, utilisateur_id: int) -> DocumentEmis:
    """Issue the attestation of the current year to a guardian of the pupil; see `delivrer`.

    Raises:
        TutelleIntrouvable: no active guardianship of this person has this key.
        InscriptionIntrouvable: the pupil is enrolled nowhere this year.
        PapierImpossible: the facts cannot be printed.
    """
    tutelle = acceder_tutelle(utilisateur_id=utilisateur_id, tutelle_cle=tutelle_cle)
    document, nouveau = delivrer(eleve_id=tutelle.eleve_id, demande_par_id=utilisateur_id)
    return DocumentEmis(document_id=document.pk, numero=document.numero_imprime, nouveau=nouveau)


def delivrer(*, eleve_id: int, demande_par_id: int) -> tuple[Document, bool]:
    """Issue the attestation of the current year for a pupil; return it and whether it is new.

    Asking twice on one day for the same facts gives the same paper, also when both ask at once. If the facts changed
    since an earlier paper of the year, that one becomes superseded by the new one.

    Raises:
        InscriptionIntrouvable: no active enrolment this year.
        PapierImpossible: the facts cannot be printed.
        RuntimeError: called inside a transaction. A rollback above could leave a file that no row knows.
    """
    for _reprise in range(_REPRISES):
        with suppress(IntegrityError):  # somebody issued the same paper, or took the same number, meanwhile: look again
            return _delivrer(eleve_id=eleve_id, demande_par_id=demande_par_id)
    return _delivrer(eleve_id=eleve_id, demande_par_id=demande_par_id)


def _delivrer(*, eleve_id: int, demande_par_id: int) -> tuple[Document, bool]:
    fichiers = storages["documents"]
    ecrit: str | None = None
    try:
        with transaction.atomic(durable=True):
            Eleve.objects.select_for_update(no_key=True).get(pk=eleve_id)  # two requests for one pupil queue here
            emis_le = timezone.now()
            jour = timezone.localdate(emis_le)
            inscription = _inscription_de_l_annee(eleve_id)
            faits = etablir(inscription=inscription, jour=jour)
            document = Document(
                id=nouvel_identifiant(),
                type=TypeDocument.ATTESTATION_SCOLARITE,
                etablissement=inscription.classe.etablissement,
                annee=inscription.annee,
                eleve_id=eleve_id,
                faits=faits,
                empreinte_faits=empreinte(faits),
                version_gabarit=VERSION,
                emis_le=emis_le,
                jour=jour,
                demande_par_id=demande_par_id,
            )
            valides = Document.objects.valides().filter(eleve_id=eleve_id, annee=document.annee, type=document.type)
            for existant in valides.filter(jour=jour, empreinte_faits=document.empreinte_faits):
                return existant, False
            document.numero = _numero_suivant(document)
            contenu = _produire(document, faits)
            document.sha256 = hashlib.sha256(contenu).hexdigest()
            nom = f"{document.type}/{document.annee_id}/{document.etablissement.gresa}/{document.id}.pdf"
            document.fichier = ecrit = fichiers.save(nom, ContentFile(contenu))
            document.save(force_insert=True)
            valides.exclude(empreinte_faits=document.empreinte_faits).update(
                etat=Document.Etat.REMPLACE, remplace_par=document
            )
    except BaseException:
        if ecrit:
            with suppress(OSError):
                fichiers.delete(ecrit)
        raise
    return document, True


def _inscription_de_l_annee(eleve_id: int) -> Inscription:
    try:
        return Inscription.objects.select_related(
            "eleve",
            "annee",
            "classe__niveau__filiere",
            "classe__etablissement__commune",
            "classe__etablissement__direction__academie",
        ).get(eleve_id=eleve_id, annee=AnneeScolaire.courante(), statut=Inscription.Statut.ACTIVE)
    except (Inscription.DoesNotExist, AnneeScolaire.DoesNotExist):
        raise InscriptionIntrouvable from None


def _numero_suivant(document: Document) -> int:
    """Take the next number of the school, year and kind. The row stays locked until the end: no gap, no double."""
    compteur, _cree = CompteurDocuments.objects.get_or_create(
        etablissement=document.etablissement, annee=document.annee, type=document.type
    )
    CompteurDocuments.objects.filter(pk=compteur.pk).update(dernier=F("dernier") + 1)
    compteur.refresh_from_db(fields=["dernier"])
    return compteur.dernier


def _produire(document: Document, faits: dict[str, Any]) -> bytes:
    """Typeset and sign."""
    try:
        pdf = composer_attestation(
            faits=faits,
            numero=document.numero_imprime,
            document_id=document.id,
            emis_le=document.emis_le,
            jour=document.jour,
        )
    except (PapierTropLong, GabaritEnDefaut) as erreur:
        raise PapierImpossible from erreur
    return signer(pdf, document_id=document.id)


def revoquer(*, document_id: str, motif: str, instant: datetime.datetime | None = None) -> Document:
    """Revoke a paper: it is served no more, and whoever checks it sees it revoked.

    Args:
        document_id: its 26 characters, already read by `lire_identifiant`.
        motif: why, kept in the register and not shown to the public; 1 to 200 characters.
        instant: when, now by default.

    Raises:
        DocumentInconnu: no such paper.
        DejaRevoque: it was revoked before; nothing changes.
        ValueError: no reason, or one too long.
    """
    motif = motif.strip()
    if not 1 <= len(motif) <= 200:
        raise ValueError("the reason must have 1 to 200 characters")
    with transaction.atomic():
        try:
            document = Document.objects.select_for_update().get(pk=document_id)
        except Document.DoesNotExist:
            raise DocumentInconnu from None
        if document.etat == Document.Etat.REVOQUE:
            raise DejaRevoque(document)
        document.etat = Document.Etat.REVOQUE
        document.revoque_le = instant or timezone.now()
        document.motif_revocation = motif
        document.save(update_fields=["etat", "revoque_le", "motif_revocation"])
    return document
