"""Reading the register: a paper for its family, its public face for whoever holds it."""

import datetime
import hashlib
import logging
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.files.storage import storages
from django.utils import timezone

from etablissements.scolarite.inscriptions.tutelles import Texte

from .identifiants import grouper, lire_identifiant
from .models import Document

journal = logging.getLogger(__name__)


class DocumentIntrouvable(LookupError):
    """No valid paper of this person has this identifier: a page answers 404, as for one that never was."""


class EtatPapier(StrEnum):
    """What the register says of a paper."""

    VALIDE = "valide"
    REMPLACE = "remplace"
    REVOQUE = "revoque"
    INCONNU = "inconnu"


@dataclass(frozen=True)
class DocumentEmis:
    """A paper just issued, or issued earlier the same day.

    Attributes:
        document_id: its 26 characters.
        numero: the serial number as printed.
        nouveau: False when the same paper existed already.
    """

    document_id: str
    numero: str
    nouveau: bool


@dataclass(frozen=True)
class FichierDocument:
    """The file of a paper, and a name for it that says nothing of the pupil."""

    nom: str
    contenu: bytes


@dataclass(frozen=True)
class Papier:
    """What a paper shows, in the words of the day it was issued. Nothing here is not printed on it."""

    document_id: str
    id_groupe: str
    numero: str
    jour: datetime.date
    ministere: Texte
    academie: Texte
    direction: Texte
    gresa: str
    etablissement: Texte
    nom: Texte
    fille: bool
    code_massar: str
    naissance: datetime.date
    lieu_naissance: Texte | None
    niveau: Texte
    filiere: Texte | None
    classe: str
    annee: str
    lieu: Texte
    directeur: str | None
    essai: bool


@dataclass(frozen=True)
class Verification:
    """The answer of the register for one identifier.

    Attributes:
        etat: valid, superseded, revoked or unknown.
        papier: what the paper shows, None when unknown.
        depuis: the day it was superseded or revoked, in Casablanca.
    """

    etat: EtatPapier
    papier: Papier | None = None
    depuis: datetime.date | None = None


def lire_document(*, document_id: str, utilisateur_id: int) -> FichierDocument:
    """Return the file of a valid paper to an active guardian of its pupil.

    Raises:
        DocumentIntrouvable: no such paper, not valid any more, not this person's, or its stored file is damaged.
    """
    identifiant = lire_identifiant(document_id)
    document = (
        Document.objects.valides()
        .filter(pk=identifiant, eleve__tutelles__tuteur__utilisateur_id=utilisateur_id, eleve__tutelles__au=None)
        .select_related("etablissement")
        .first()
    )
    if document is None:
        raise DocumentIntrouvable
    contenu = lire_fichier(document)
    if contenu is None:
        journal.error("document %s: its stored file is missing or altered", document.numero_imprime)
        raise DocumentIntrouvable
    return FichierDocument(nom=f"attestation-{document.numero_imprime.replace('/', '-')}.pdf", contenu=contenu)


def lire_fichier(document: Document) -> bytes | None:
    """Return the stored file of a paper, or None unless it is there, byte for byte."""
    try:
        with storages["documents"].open(document.fichier) as fichier:
            contenu = fichier.read()
    except OSError:
        return None
    return contenu if hashlib.sha256(contenu).hexdigest() == document.sha256 else None


def verifier(*, document_id: str) -> Verification:
    """Return what the register says of an identifier as a person typed or scanned it."""
    identifiant = lire_identifiant(document_id)
    document = (
        Document.objects.select_related("etablissement", "remplace_par").filter(pk=identifiant).first()
        if identifiant
        else None
    )
    return verification(document) if document else Verification(EtatPapier.INCONNU)


def verification(document: Document) -> Verification:
    """Return the public face of a registered paper."""
    instant = None
    if document.etat == Document.Etat.REVOQUE:
        instant = document.revoque_le
    elif document.remplace_par:
        instant = document.remplace_par.emis_le
    return Verification(
        etat=EtatPapier(document.etat),
        papier=_papier(document),
        depuis=timezone.localdate(instant) if instant else None,
    )


def _papier(document: Document) -> Papier:
    faits: dict[str, Any] = document.faits
    eleve = faits["eleve"]
    return Papier(
        document_id=document.pk,
        id_groupe=grouper(document.pk),
        numero=document.numero_imprime,
        jour=document.jour,
        ministere=_texte(faits["ministere"]),
        academie=_texte(faits["academie"]),
        direction=_texte(faits["direction"]),
        gresa=faits["etablissement"]["gresa"],
        etablissement=_texte(faits["etablissement"]),
        nom=_texte(eleve["nom"]),
        fille=eleve["sexe"] == "F",
        code_massar=eleve["code_massar"],
        naissance=datetime.date.fromisoformat(eleve["naissance"]),
        lieu_naissance=_texte(eleve["lieu_naissance"]) if eleve["lieu_naissance"] else None,
        niveau=_texte(faits["niveau"]),
        filiere=_texte(faits["filiere"]) if faits["filiere"] else None,
        classe=faits["classe"],
        annee=faits["annee"],
        lieu=_texte(faits["lieu"]),
        directeur=faits["directeur"],
        essai=faits["essai"],
    )


def _texte(bilingue: dict[str, str]) -> Texte:
    return Texte(fr=bilingue["fr"], ar=bilingue["ar"])
