import datetime
import logging

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from etablissements.scolarite.documents.identifiants import grouper
from etablissements.scolarite.documents.operations import delivrer, revoquer
from etablissements.scolarite.documents.requetes import DocumentIntrouvable, EtatPapier, lire_document, verifier
from etablissements.scolarite.inscriptions.tutelles import Texte
from etablissements.scolarite.models import Document
from tests.fabriques import (
    MIDI,
    creer_classe,
    creer_document,
    creer_etablissement,
    creer_inscription,
    creer_tutelle,
    creer_utilisateur,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mere(document: Document):
    """The guardianship of the pupil of `document`."""
    return creer_tutelle(eleve=document.eleve, du=MIDI - datetime.timedelta(days=1))


def lire(document: Document, tutelle) -> bytes:
    return lire_document(document_id=document.pk, utilisateur_id=tutelle.tuteur.utilisateur_id).contenu


def test_un_tuteur_lit_le_papier_de_son_enfant(document, mere, contenu, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        fichier = lire_document(document_id=document.pk, utilisateur_id=mere.tuteur.utilisateur_id)
    assert fichier.contenu == contenu
    gresa = document.etablissement.gresa
    assert fichier.nom == f"attestation-{gresa}-2026-2027-00001.pdf"


def test_aucun_autre_ne_le_lit(document, mere) -> None:
    camarade = creer_tutelle(eleve=creer_inscription(classe=creer_classe()).eleve)
    ailleurs = creer_document(inscription=creer_inscription(classe=creer_classe(etablissement=creer_etablissement())))
    voisine = creer_tutelle(eleve=ailleurs.eleve)
    for tutelle in (camarade, voisine):
        with pytest.raises(DocumentIntrouvable):
            lire(document, tutelle)
    with pytest.raises(DocumentIntrouvable):
        lire(ailleurs, mere)
    with pytest.raises(DocumentIntrouvable):
        lire_document(document_id=document.pk, utilisateur_id=document.demande_par_id)
    assert lire(ailleurs, voisine)
    assert lire(document, mere)


def test_la_fin_de_la_tutelle_ferme_aussitot(document, mere) -> None:
    assert lire(document, mere)
    mere.statut, mere.au = "terminee", timezone.now()
    mere.save()
    with pytest.raises(DocumentIntrouvable):
        lire(document, mere)


def test_un_papier_revoque_n_est_plus_remis(document, mere) -> None:
    revoquer(document_id=document.pk, motif="erreur")
    with pytest.raises(DocumentIntrouvable):
        lire(document, mere)


def test_un_papier_remplace_n_est_plus_remis(document, mere) -> None:
    document.eleve.nom_ar = "الراجي"
    document.eleve.save()
    nouveau, _cree = delivrer(eleve_id=document.eleve_id, demande_par_id=creer_utilisateur().pk)
    with pytest.raises(DocumentIntrouvable):
        lire(document, mere)
    assert lire(nouveau, mere)


def test_un_fichier_altere_ou_perdu_n_est_pas_remis(document, mere, contenu, caplog) -> None:
    chemin = storages["documents"].path(document.fichier)
    with open(chemin, "wb") as fichier:
        fichier.write(contenu + b" ")
    with caplog.at_level(logging.ERROR), pytest.raises(DocumentIntrouvable):
        lire(document, mere)
    storages["documents"].delete(document.fichier)
    with caplog.at_level(logging.ERROR), pytest.raises(DocumentIntrouvable):
        lire(document, mere)
    assert caplog.text.count(document.numero_imprime) == 2
    assert document.pk not in caplog.text
    assert document.faits["eleve"]["code_massar"] not in caplog.text


@pytest.mark.parametrize("identifiant", ["", "x", "../../secret", "0" * 26])
def test_un_identifiant_quelconque_ne_mene_nulle_part(mere, identifiant: str) -> None:
    with pytest.raises(DocumentIntrouvable):
        lire_document(document_id=identifiant, utilisateur_id=mere.tuteur.utilisateur_id)


def test_verifier_dit_ce_que_le_papier_porte(document, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        dit = verifier(document_id=grouper(document.pk).lower())
    assert dit.etat is EtatPapier.VALIDE
    assert dit.depuis is None
    assert dit.papier.nom == Texte(fr="Ilyas AMEZIANE", ar="إلياس أمزيان")
    assert dit.papier.numero == document.numero_imprime
    assert dit.papier.naissance == datetime.date(2013, 5, 1)
    assert dit.papier.jour == MIDI.date()


def test_verifier_parle_du_papier_et_non_du_dossier(document) -> None:
    """What changed in the records since is nobody's business at a counter."""
    document.eleve.nom_fr = "AUTREMENT"
    document.eleve.save()
    assert verifier(document_id=document.pk).papier.nom.fr == "Ilyas AMEZIANE"


def test_verifier_dit_qu_il_est_remplace_sans_dire_par_quoi(document, horloge) -> None:
    document.eleve.nom_fr = "AUTREMENT"
    document.eleve.save()
    horloge(MIDI + datetime.timedelta(days=3))
    nouveau, _cree = delivrer(eleve_id=document.eleve_id, demande_par_id=creer_utilisateur().pk)
    dit = verifier(document_id=document.pk)
    assert dit.etat is EtatPapier.REMPLACE
    assert dit.depuis == datetime.date(2026, 11, 27)
    assert nouveau.pk not in repr(dit)
    assert "AUTREMENT" not in repr(dit)


def test_verifier_dit_qu_il_est_revoque_sans_dire_pourquoi(document) -> None:
    revoquer(document_id=document.pk, motif="motif interne")
    dit = verifier(document_id=document.pk)
    assert dit.etat is EtatPapier.REVOQUE
    assert dit.depuis == MIDI.date()
    assert "motif interne" not in repr(dit)


@pytest.mark.parametrize("identifiant", ["", "0" * 26, "n'importe quoi", "é" * 26])
def test_verifier_un_inconnu(identifiant: str) -> None:
    dit = verifier(document_id=identifiant)
    assert dit.etat is EtatPapier.INCONNU
    assert dit.papier is None
