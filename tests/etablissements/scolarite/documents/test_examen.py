import random
import zlib

import pytest

from etablissements.scolarite.documents.examen import TAILLE_MAXIMALE, Verdict, examiner_fichier
from etablissements.scolarite.documents.operations import revoquer
from etablissements.scolarite.documents.requetes import EtatPapier
from etablissements.scolarite.models import Document
from tests.fabriques import creer_document, creer_eleve, creer_inscription

from . import attaques

VERDICTS = {
    attaques.imposteur: Verdict.AUTRE_SIGNATAIRE,
    attaques.imposteur_sur_notre_page: Verdict.AUTRE_SIGNATAIRE,
    attaques.contresigne: Verdict.AUTRE_SIGNATAIRE,
    attaques.signature_videe: Verdict.AUTRE_SIGNATAIRE,
}


def test_le_fichier_delivre_est_authentique(document: Document, contenu: bytes) -> None:
    examen = examiner_fichier(contenu=contenu)
    assert examen.verdict is Verdict.AUTHENTIQUE
    assert examen.verification.etat is EtatPapier.VALIDE
    assert examen.verification.papier.numero == document.numero_imprime


def test_authentique_mais_revoque(document: Document, contenu: bytes) -> None:
    revoquer(document_id=document.pk, motif="erreur de classe")
    examen = examiner_fichier(contenu=contenu)
    assert examen.authentique
    assert examen.verification.etat is EtatPapier.REVOQUE


@pytest.mark.parametrize("attaque", attaques.ATTAQUES, ids=lambda attaque: attaque.__name__)
def test_aucune_attaque_n_est_dite_authentique(attaque, document: Document, contenu: bytes) -> None:
    forge = attaque(contenu, document)
    assert forge != contenu
    examen = examiner_fichier(contenu=forge)
    assert not examen.authentique
    assert examen.verdict is VERDICTS.get(attaque, Verdict.MODIFIE)


@pytest.mark.parametrize("attaque", attaques.ATTAQUES, ids=lambda attaque: attaque.__name__)
def test_ni_quand_le_registre_lui_meme_a_ete_retouche(attaque, document: Document, contenu: bytes) -> None:
    """Whoever can write in the database still needs the key."""
    forge = attaque(contenu, document)
    Document.objects.filter(pk=document.pk).update(sha256=attaques.sha256(forge))
    assert not examiner_fichier(contenu=forge).authentique


def test_ni_un_autre_de_nos_papiers_mis_a_sa_place(document: Document, contenu: bytes) -> None:
    autre = creer_document(inscription=creer_inscription(eleve=creer_eleve(nom_ar="الراجي")))
    Document.objects.filter(pk=document.pk).delete()
    Document.objects.filter(pk=autre.pk).update(sha256=document.sha256)
    assert not examiner_fichier(contenu=contenu).authentique


def test_un_fichier_altere_renvoie_a_ce_que_dit_le_registre(document: Document, contenu: bytes) -> None:
    examen = examiner_fichier(contenu=attaques.qr_recopie(contenu, document))
    assert examen.verdict is Verdict.MODIFIE
    assert examen.verification.papier.nom.fr == "Ilyas AMEZIANE"


def test_un_octet_change_n_importe_ou(document: Document, contenu: bytes) -> None:
    des = random.Random(20261124)
    for place in des.sample(range(len(contenu)), 300):
        change = bytearray(contenu)
        change[place] ^= 1 << des.randrange(8)
        assert not examiner_fichier(contenu=bytes(change)).authentique


@pytest.mark.django_db
@pytest.mark.parametrize("quoi", [b"", b"bonjour", b"\x89PNG\r\n\x1a\n" + b"\x00" * 200, b"PK\x03\x04", b"%PDF"])
def test_ce_qui_n_est_pas_un_pdf(quoi: bytes) -> None:
    assert examiner_fichier(contenu=quoi).verdict is Verdict.PAS_UN_PDF


@pytest.mark.django_db
@pytest.mark.parametrize(
    "quoi",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF",
        b"%PDF-1.7\n" + b"[" * 100_000,
        b"%PDF-1.7\n" + zlib.compress(b"\x00" * 50_000_000),
        b"%PDF-1.7\n" + b"0" * 26,
    ],
)
def test_un_pdf_etranger_est_inconnu_et_n_est_pas_ouvert(quoi: bytes) -> None:
    examen = examiner_fichier(contenu=quoi)
    assert examen.verdict is Verdict.INCONNU
    assert examen.verification is None


@pytest.mark.django_db
def test_une_signature_etrangere_est_dite_telle() -> None:
    assert examiner_fichier(contenu=b"%PDF-1.7\n/Contents <" + b"30" * 400 + b">").verdict is Verdict.AUTRE_SIGNATAIRE


@pytest.mark.django_db
def test_un_fichier_trop_lourd_n_est_pas_lu() -> None:
    with pytest.raises(ValueError, match="too large"):
        examiner_fichier(contenu=b"%PDF-1.7" + bytes(TAILLE_MAXIMALE))


def test_en_peu_de_requetes(document: Document, contenu: bytes, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        examiner_fichier(contenu=contenu)
    with django_assert_num_queries(2):
        examiner_fichier(contenu=contenu + b" ")
