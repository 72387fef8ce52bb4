import datetime
import hashlib

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone

from etablissements.scolarite.documents import operations
from etablissements.scolarite.documents.operations import (
    DejaRevoque,
    DocumentInconnu,
    InscriptionIntrouvable,
    PapierImpossible,
    delivrer,
    delivrer_attestation,
    revoquer,
)
from etablissements.scolarite.inscriptions.tutelles import TutelleIntrouvable
from etablissements.scolarite.models import CompteurDocuments, Document
from tests.fabriques import (
    MIDI,
    creer_classe,
    creer_eleve,
    creer_etablissement,
    creer_inscription,
    creer_tutelle,
    creer_utilisateur,
)

pytestmark = pytest.mark.django_db
UN_JOUR = datetime.timedelta(days=1)


@pytest.fixture
def inscription():
    return creer_inscription()


@pytest.fixture
def demander(inscription):
    """Ask for the attestation of the pupil."""
    utilisateur = creer_utilisateur()
    return lambda: delivrer(eleve_id=inscription.eleve_id, demande_par_id=utilisateur.pk)


def fichiers_stockes() -> set[str]:
    racine = storages["documents"]

    def parcourir(dossier: str) -> set[str]:
        if not racine.exists(dossier):
            return set()
        dossiers, fichiers = racine.listdir(dossier)
        chemins = {f"{dossier}/{fichier}" for fichier in fichiers}
        return chemins.union(*(parcourir(f"{dossier}/{sous}") for sous in dossiers))

    return parcourir("attestation")


def test_un_papier_est_inscrit_tel_qu_il_est_sorti(inscription, demander) -> None:
    document, nouveau = demander()
    assert nouveau
    document.refresh_from_db()
    gresa = inscription.classe.etablissement.gresa
    assert document.numero_imprime == f"{gresa}/2026-2027/00001"
    assert document.jour == MIDI.date()
    assert document.emis_le == MIDI
    assert document.version_gabarit == "attestation-1"
    assert document.faits["eleve"]["code_massar"] == inscription.eleve.code_massar
    with storages["documents"].open(document.fichier) as fichier:
        assert hashlib.sha256(fichier.read()).hexdigest() == document.sha256
    assert inscription.eleve.code_massar not in document.fichier


def test_le_fichier_n_est_pas_sous_les_medias(demander, settings) -> None:
    document, _nouveau = demander()
    chemin = storages["documents"].path(document.fichier)
    assert not chemin.startswith(str(settings.MEDIA_ROOT))
    fichier = settings.DOCUMENTS_DIR / document.fichier
    assert fichier.stat().st_mode & 0o777 == 0o600
    assert {dossier.stat().st_mode & 0o777 for dossier in (settings.DOCUMENTS_DIR, *fichier.parents[:3])} == {0o700}


def test_deux_fois_le_meme_jour_donnent_le_meme(demander, horloge) -> None:
    premier, _nouveau = demander()
    horloge(MIDI + datetime.timedelta(hours=9))
    second, nouveau = demander()
    assert second == premier
    assert not nouveau
    assert Document.objects.count() == 1


def test_un_autre_jour_les_deux_valent(demander, horloge) -> None:
    demander()
    horloge(MIDI + UN_JOUR)
    second, nouveau = demander()
    assert nouveau
    assert second.numero == 2
    assert {document.etat for document in Document.objects.all()} == {"valide"}


def test_le_jour_est_celui_de_casablanca(demander, horloge) -> None:
    horloge(datetime.datetime(2026, 11, 24, 23, 30, tzinfo=datetime.UTC))
    document, _nouveau = demander()
    assert document.jour == timezone.localdate(document.emis_le) == datetime.date(2026, 11, 25)


def test_des_faits_changes_remplacent(inscription, demander, horloge) -> None:
    ancien, _nouveau = demander()
    inscription.eleve.date_naissance = datetime.date(2013, 5, 2)
    inscription.eleve.save()
    nouveau, cree = demander()
    ancien.refresh_from_db()
    assert cree
    assert (ancien.etat, ancien.remplace_par) == ("remplace", nouveau)
    assert ancien.faits["eleve"]["naissance"] == "2013-05-01"
    inscription.eleve.date_naissance = datetime.date(2013, 5, 1)
    inscription.eleve.save()
    revenu, cree = demander()
    nouveau.refresh_from_db()
    assert cree
    assert (nouveau.etat, nouveau.remplace_par) == ("remplace", revenu)
    assert revenu not in {ancien, nouveau}
    assert Document.objects.valides().get() == revenu


def test_un_changement_d_ecole_remplace_aussi(inscription, demander, horloge) -> None:
    ancien, _nouveau = demander()
    inscription.statut, inscription.au = "terminee", MIDI.date()
    inscription.save()
    ailleurs = creer_classe(etablissement=creer_etablissement())
    creer_inscription(eleve=inscription.eleve, classe=ailleurs)
    nouveau, _cree = demander()
    ancien.refresh_from_db()
    assert ancien.remplace_par == nouveau
    assert nouveau.numero_imprime == f"{ailleurs.etablissement.gresa}/2026-2027/00001"


def test_les_papiers_des_autres_ne_bougent_pas(inscription, demander) -> None:
    camarade = creer_inscription(classe=inscription.classe)
    sien, _nouveau = delivrer(eleve_id=camarade.eleve_id, demande_par_id=creer_utilisateur().pk)
    demander()
    inscription.eleve.nom_ar = "الراجي"
    inscription.eleve.save()
    demander()
    sien.refresh_from_db()
    assert sien.etat == "valide"


def test_les_numeros_se_suivent_par_ecole() -> None:
    ici, la = creer_classe(), creer_classe(etablissement=creer_etablissement())
    numeros = {}
    for classe in (ici, la, ici, ici, la):
        inscription = creer_inscription(classe=classe)
        document, _nouveau = delivrer(eleve_id=inscription.eleve_id, demande_par_id=creer_utilisateur().pk)
        numeros.setdefault(classe.etablissement.gresa, []).append(document.numero)
    assert list(numeros.values()) == [[1, 2, 3], [1, 2]]


def test_un_echec_ne_laisse_ni_trou_ni_fichier(inscription, demander, monkeypatch) -> None:
    avant = fichiers_stockes()

    def echouer(*_: object, **__: object) -> None:
        raise RuntimeError("after the file was written")

    with monkeypatch.context() as patch:
        patch.setattr(Document, "save", echouer)
        with pytest.raises(RuntimeError):
            demander()
    assert fichiers_stockes() == avant
    assert not CompteurDocuments.objects.filter(dernier__gt=0).exists()
    document, _nouveau = demander()
    assert document.numero == 1


def test_un_nom_imprimable_nulle_part_est_un_refus_net(horloge) -> None:
    inscription = creer_inscription(eleve=creer_eleve(nom_ar="ⵉⴷⵉⵔ"))
    with pytest.raises(PapierImpossible) as refus:
        delivrer(eleve_id=inscription.eleve_id, demande_par_id=creer_utilisateur().pk)
    assert "ⵉ" not in f"{refus.value}{refus.value.__cause__}"
    assert not Document.objects.exists()


def test_sans_inscription_cette_annee_il_n_y_a_rien_a_attester(inscription) -> None:
    creer_etablissement()
    ancienne = creer_inscription(classe=creer_classe(annee="2025-2026"))
    finie = creer_inscription(statut="terminee", au=MIDI.date())
    for eleve_id in (ancienne.eleve_id, finie.eleve_id):
        with pytest.raises(InscriptionIntrouvable):
            delivrer(eleve_id=eleve_id, demande_par_id=creer_utilisateur().pk)


def test_seul_un_tuteur_actif_peut_demander(inscription) -> None:
    tutelle = creer_tutelle(eleve=inscription.eleve)
    autre = creer_tutelle()
    emis = delivrer_attestation(tutelle_cle=tutelle.cle, utilisateur_id=tutelle.tuteur.utilisateur_id)
    assert emis.nouveau
    assert emis.numero.endswith("/00001")
    with pytest.raises(TutelleIntrouvable):
        delivrer_attestation(tutelle_cle=tutelle.cle, utilisateur_id=autre.tuteur.utilisateur_id)
    tutelle.statut, tutelle.au = "terminee", timezone.now()
    tutelle.du = MIDI - UN_JOUR
    tutelle.save()
    with pytest.raises(TutelleIntrouvable):
        delivrer_attestation(tutelle_cle=tutelle.cle, utilisateur_id=tutelle.tuteur.utilisateur_id)
    assert Document.objects.count() == 1


def test_le_second_tuteur_recoit_le_meme_papier(inscription) -> None:
    tutelles = [creer_tutelle(eleve=inscription.eleve, rang=rang) for rang in (1, 2)]
    emis = [delivrer_attestation(tutelle_cle=t.cle, utilisateur_id=t.tuteur.utilisateur_id) for t in tutelles]
    assert emis[0].document_id == emis[1].document_id
    assert [un.nouveau for un in emis] == [True, False]


def test_apres_une_revocation_un_nouveau_est_fait(demander) -> None:
    premier, _nouveau = demander()
    revoquer(document_id=premier.pk, motif="erreur")
    second, nouveau = demander()
    assert nouveau
    assert second != premier
    assert second.numero == 2
    premier.refresh_from_db()
    assert premier.etat == "revoque"


def test_revoquer_une_fois_et_une_seule(demander, horloge) -> None:
    document, _nouveau = demander()
    revoquer(document_id=document.pk, motif=" mauvaise classe ")
    horloge(MIDI + UN_JOUR)
    with pytest.raises(DejaRevoque) as deja:
        revoquer(document_id=document.pk, motif="encore")
    assert deja.value.document.revoque_le == MIDI
    document.refresh_from_db()
    assert document.motif_revocation == "mauvaise classe"


def test_un_papier_remplace_se_revoque_aussi(inscription, demander) -> None:
    ancien, _nouveau = demander()
    inscription.eleve.nom_ar = "الراجي"
    inscription.eleve.save()
    demander()
    assert revoquer(document_id=ancien.pk, motif="fraude").etat == "revoque"


@pytest.mark.parametrize("motif", ["", "   ", "x" * 201])
def test_revoquer_demande_un_motif(demander, motif: str) -> None:
    document, _nouveau = demander()
    with pytest.raises(ValueError, match="reason"):
        revoquer(document_id=document.pk, motif=motif)
    document.refresh_from_db()
    assert document.etat == "valide"


def test_revoquer_un_inconnu() -> None:
    with pytest.raises(DocumentInconnu):
        revoquer(document_id="0" * 26, motif="erreur")


def test_la_base_refuse_deux_papiers_valides_du_meme_jour(demander) -> None:
    document, _nouveau = demander()
    double = Document.objects.get(pk=document.pk)
    double.pk, double.numero, double.sha256 = "1" * 26, 99, "0" * 64
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        double.save(force_insert=True)


def test_un_double_arrive_entre_temps_est_relu(inscription, demander, monkeypatch) -> None:
    """Another process inserts the same paper just before us: we look again and give that one."""
    signer = operations.signer
    gagnants = []

    def doubler(pdf: bytes, *, document_id: str) -> bytes:
        if not gagnants:
            gagnants.append(None)
            raise IntegrityError("somebody was faster")
        return signer(pdf, document_id=document_id)

    monkeypatch.setattr(operations, "signer", doubler)
    document, nouveau = demander()
    assert nouveau
    assert document.numero == 1


def test_les_requetes_sont_comptees(demander, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(16):
        demander()
    with django_assert_max_num_queries(7):
        demander()
