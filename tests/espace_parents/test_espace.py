"""The families' pages: the right guardian, and everybody else, from both sides."""

import datetime
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from etablissements.scolarite.api import confirmer_tutelle, terminer_tutelle
from etablissements.scolarite.models import Document
from tests.fabriques import (
    creer_classe,
    creer_document,
    creer_eleve,
    creer_etablissement,
    creer_inscription,
    creer_tutelle,
    creer_tuteur,
    creer_utilisateur,
)
from tests.html import lire_page

pytestmark = pytest.mark.django_db


def page_de(tutelle) -> str:
    return reverse("parents:enfant", kwargs={"cle_tutelle": tutelle.cle})


def demande_de(tutelle) -> str:
    return reverse("parents:attestation", kwargs={"cle_tutelle": tutelle.cle})


def fichier_de(document) -> str:
    return reverse("parents:telecharger", kwargs={"document_id": document.pk})


@pytest.fixture
def document(tutelle):
    return creer_document(inscription=tutelle.eleve.inscriptions.get())


# -- What a guardian sees -----------------------------------------------------


def test_ses_enfants_et_pas_ceux_des_autres(client, tutelle, autre_tutelle, mere) -> None:
    client.force_login(mere)
    page = client.get(reverse("parents:tableau"))
    texte = page.content.decode()
    assert page_de(tutelle) in texte
    assert page_de(autre_tutelle) not in texte
    ecole = tutelle.eleve.inscriptions.get().classe.etablissement
    assert reverse("sites:ecole", kwargs={"racine": ecole.gresa.lower()}) in texte
    for fait in ("إلياس أمزيان", ecole.nom_public_ar, "1APIC-3", "لم تؤكدها المؤسسة بعد"):
        assert fait in texte
    assert page["Cache-Control"] == "private, no-store"


def test_en_francais_les_noms_sont_latins(client, tutelle, mere) -> None:
    client.force_login(mere)
    with translation.override("fr"):
        texte = client.get(page_de(tutelle)).content.decode()
    assert "Ilyas AMEZIANE" in texte
    assert "Collège des Essais" in texte
    assert tutelle.eleve.code_massar in texte


def test_la_confirmation_de_l_ecole_se_voit(client, tutelle, mere, directeur) -> None:
    confirmer_tutelle(utilisateur_id=directeur.pk, tutelle_cle=tutelle.cle)
    client.force_login(mere)
    assert "أكدتها المؤسسة" in client.get(reverse("parents:tableau")).content.decode()


def test_sans_enfant_on_dit_comment_en_ajouter(client) -> None:
    client.force_login(creer_utilisateur())
    page = client.get(reverse("parents:tableau"))
    assert page.status_code == 200
    assert reverse("parents:activation") in page.content.decode()


def test_sans_inscription_de_l_annee_pas_d_attestation_a_demander(client) -> None:
    ancienne = creer_tutelle(
        eleve=creer_inscription(classe=creer_classe(etablissement=creer_etablissement(), annee="2020-2021")).eleve
    )
    nulle_part = creer_tutelle(eleve=creer_eleve())
    for tutelle in (ancienne, nulle_part):
        client.force_login(tutelle.tuteur.utilisateur)
        page = client.get(page_de(tutelle)).content.decode()
        assert demande_de(tutelle) not in page
        reponse = client.post(demande_de(tutelle), follow=True)
        assert "message--error" in reponse.content.decode()
    assert not Document.objects.exists()


@pytest.mark.parametrize("nombre", [1, 5])
def test_le_tableau_en_cinq_requetes(nombre: int, client, django_assert_num_queries) -> None:
    """Budget of the project: twelve, whatever the number of children."""
    tuteur = creer_tuteur()
    for _ in range(nombre):
        creer_tutelle(tuteur=tuteur, eleve=creer_inscription().eleve)
    client.force_login(tuteur.utilisateur)
    client.get(reverse("parents:tableau"))
    with django_assert_num_queries(5):  # session, account, guardianships, enrolments, current year
        page = client.get(reverse("parents:tableau"))
    enfants = lire_page(page.content.decode()).tous("h2")
    assert len(enfants) == nombre


@pytest.mark.parametrize("nombre", [1, 5])
def test_la_page_d_un_enfant_en_sept_requetes(nombre: int, client, django_assert_num_queries, tutelle, mere) -> None:
    for jours in range(1, nombre + 1):
        emis = creer_document(inscription=tutelle.eleve.inscriptions.get())
        Document.objects.filter(pk=emis.pk).update(jour=emis.jour - datetime.timedelta(days=jours))
    client.force_login(mere)
    with django_assert_num_queries(7):
        page = client.get(page_de(tutelle))
    assert page.content.decode().count(" download>") == nombre


# -- The attestation ----------------------------------------------------------


def test_demander_lister_telecharger(client, tutelle, mere) -> None:
    client.force_login(mere)
    reponse = client.post(demande_de(tutelle))
    assert reponse["Location"] == f"{page_de(tutelle)}#documents"
    document = Document.objects.get()
    assert document.eleve == tutelle.eleve
    page = client.get(page_de(tutelle)).content.decode()
    assert document.numero_imprime in page
    assert fichier_de(document) in page
    assert "etat--valide" in page
    fichier = client.get(fichier_de(document))
    assert fichier.content.startswith(b"%PDF-")
    assert fichier["Content-Type"] == "application/pdf"
    assert fichier["Cache-Control"] == "private, no-store"
    assert fichier["X-Content-Type-Options"] == "nosniff"
    nom = re.fullmatch(r'attachment; filename="(attestation-[0-9A-Z-]+\.pdf)"', fichier["Content-Disposition"])[1]
    assert tutelle.eleve.code_massar not in nom
    assert nom == f"attestation-{document.numero_imprime.replace('/', '-')}.pdf"


def test_deux_fois_le_meme_jour_donnent_le_meme_document(client, tutelle, mere) -> None:
    client.force_login(mere)
    client.post(demande_de(tutelle))
    reponse = client.post(demande_de(tutelle), follow=True)
    assert "شهادة اليوم موجودة سلفا" in reponse.content.decode()
    assert Document.objects.count() == 1


def test_un_document_revoque_se_voit_et_ne_se_telecharge_plus(client, tutelle, mere, document) -> None:
    client.force_login(mere)
    assert client.get(fichier_de(document)).status_code == 200
    Document.objects.update(etat="revoque", revoque_le=timezone.now(), motif_revocation="essai")
    page = client.get(page_de(tutelle)).content.decode()
    assert "etat--revoque" in page
    assert fichier_de(document) not in page
    assert client.get(fichier_de(document)).status_code == 404


def test_un_dossier_impossible_a_imprimer_est_dit(client, tutelle, mere) -> None:
    tutelle.eleve.nom_fr = "𐍈"  # a letter that the font of the papers does not draw
    tutelle.eleve.save()
    client.force_login(mere)
    reponse = client.post(demande_de(tutelle), follow=True)
    assert "message--error" in reponse.content.decode()
    assert not Document.objects.exists()


def test_on_ne_demande_pas_par_une_adresse(client, tutelle, mere) -> None:
    client.force_login(mere)
    assert client.get(demande_de(tutelle)).status_code == 405
    assert client.post(page_de(tutelle)).status_code == 405
    assert not Document.objects.exists()


# -- Everybody else, from both sides ------------------------------------------


@pytest.mark.parametrize("qui", ["autre_mere", "directeur", "autre_directeur", "superutilisateur"])
def test_la_famille_seule(qui: str, request, client, tutelle, document) -> None:
    intrus = creer_utilisateur(is_superuser=True) if qui == "superutilisateur" else request.getfixturevalue(qui)
    client.force_login(intrus)
    assert client.get(page_de(tutelle)).status_code == 404
    assert client.post(demande_de(tutelle)).status_code == 404
    assert client.get(fichier_de(document)).status_code == 404
    assert Document.objects.count() == 1


def test_de_l_autre_cote_aussi(client, tutelle, autre_tutelle, mere, autre_mere) -> None:
    documents = [creer_document(inscription=t.eleve.inscriptions.get()) for t in (tutelle, autre_tutelle)]
    for qui, sien, autre in ((mere, 0, 1), (autre_mere, 1, 0)):
        client.force_login(qui)
        tutelles = (tutelle, autre_tutelle)
        assert client.get(page_de(tutelles[sien])).status_code == 200
        assert client.get(fichier_de(documents[sien])).status_code == 200
        assert client.get(page_de(tutelles[autre])).status_code == 404
        assert client.get(fichier_de(documents[autre])).status_code == 404
        assert client.post(demande_de(tutelles[autre])).status_code == 404


def test_un_inconnu_est_envoye_a_la_connexion(client, tutelle, document) -> None:
    adresses = [
        reverse("parents:tableau"),
        reverse("parents:bienvenue"),
        page_de(tutelle),
        demande_de(tutelle),
        fichier_de(document),
    ]
    for adresse in adresses:
        reponse = client.get(adresse)
        assert reponse.status_code == 302
        assert reponse["Location"] == f"{reverse('account_login')}?next={adresse}"
    assert client.post(demande_de(tutelle)).status_code == 302
    assert Document.objects.count() == 1


def test_une_cle_ou_un_identifiant_inventes(client, mere) -> None:
    client.force_login(mere)
    assert client.get(reverse("parents:enfant", kwargs={"cle_tutelle": uuid.uuid4()})).status_code == 404
    for invente in ("0" * 26, "x", "..", "%00"):
        assert client.get(reverse("parents:telecharger", kwargs={"document_id": invente})).status_code == 404


def test_une_tutelle_terminee_ferme_tout_des_la_requete_suivante(client, tutelle, mere, directeur, document) -> None:
    client.force_login(mere)
    assert client.get(page_de(tutelle)).status_code == 200
    assert client.get(fichier_de(document)).status_code == 200
    terminer_tutelle(utilisateur_id=directeur.pk, tutelle_cle=tutelle.cle, motif="jugement")
    assert client.get(page_de(tutelle)).status_code == 404
    assert client.get(fichier_de(document)).status_code == 404
    assert client.post(demande_de(tutelle)).status_code == 404
    assert "/enfants/" not in client.get(reverse("parents:tableau")).content.decode()


def test_le_second_tuteur_voit_l_enfant_et_pas_le_premier_tuteur(client, tutelle, document) -> None:
    pere = creer_tutelle(eleve=tutelle.eleve, rang=2, lien="pere", tuteur=creer_tuteur(nom="Ameziane", prenom="Hassan"))
    client.force_login(pere.tuteur.utilisateur)
    page = client.get(page_de(pere)).content.decode()
    assert client.get(page_de(tutelle)).status_code == 404
    assert client.get(fichier_de(document)).status_code == 200
    for mot in (tutelle.tuteur.prenom, tutelle.tuteur.utilisateur.username, str(tutelle.cle)):
        assert mot not in page
