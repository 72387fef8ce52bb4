"""Examining a PDF that somebody hands in: is it, byte for byte, a paper we issued?

Only a file whose SHA-256 is registered is opened with a PDF parser. Any other is not authentic whatever it holds; it is
only searched, as bytes, for what explains why: our signature, somebody else's, the identifier of one of our papers.
"""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from .identifiants import ALPHABET, LONGUEUR
from .models import Document
from .requetes import Verification, verification
from .signature import controler, emetteurs_apparents

TAILLE_MAXIMALE = 2 * 1024 * 1024
_ENTETE = re.compile(rb"%PDF-\d\.\d")
_IDENTIFIANT = re.compile(rb"(?<![0-9A-Za-z])[%b]{%d}(?![0-9A-Za-z])" % (ALPHABET.encode(), LONGUEUR))
_CANDIDATS = 8


class Verdict(StrEnum):
    """What a file is."""

    AUTHENTIQUE = "authentique"  # registered, signed by us, untouched; `verification` says whether it still holds
    MODIFIE = "modifie"  # it speaks of one of our papers, and is not the file that was issued
    AUTRE_SIGNATAIRE = "autre_signataire"  # signed, by somebody else
    PAS_UN_PDF = "pas_un_pdf"
    INCONNU = "inconnu"  # a PDF that has nothing to do with the register


@dataclass(frozen=True)
class Examen:
    """The result of examining a file.

    Attributes:
        verdict: what the file is.
        verification: what the register says of the paper the file is, or claims to be; None when it names none.
    """

    verdict: Verdict
    verification: Verification | None = None

    @property
    def authentique(self) -> bool:
        """True for the very file that was issued. It may have been revoked or superseded since."""
        return self.verdict is Verdict.AUTHENTIQUE


def examiner_fichier(*, contenu: bytes) -> Examen:
    """Say whether `contenu` is a paper of the register, untouched, under our signature.

    Raises:
        ValueError: more than `TAILLE_MAXIMALE` bytes; our papers have a hundred thousand.
    """
    if len(contenu) > TAILLE_MAXIMALE:
        raise ValueError("file too large")
    documents = Document.objects.select_related("etablissement", "remplace_par")
    enregistre = documents.filter(sha256=hashlib.sha256(contenu).hexdigest()).first()
    if enregistre and controler(contenu, moment=enregistre.emis_le, document_id=enregistre.pk).bonne:
        return Examen(Verdict.AUTHENTIQUE, verification(enregistre))
    if not _ENTETE.search(contenu, 0, 1024):
        return Examen(Verdict.PAS_UN_PDF)
    nommes = list(dict.fromkeys(trouve.decode() for trouve in _IDENTIFIANT.findall(contenu)))[:_CANDIDATS]
    connu = enregistre or documents.filter(pk__in=nommes).first()
    dit = verification(connu) if connu else None
    emetteurs = emetteurs_apparents(contenu)
    if emetteurs.autres:
        return Examen(Verdict.AUTRE_SIGNATAIRE, dit)
    if dit or emetteurs.nous:
        return Examen(Verdict.MODIFIE, dit)
    return Examen(Verdict.INCONNU)
