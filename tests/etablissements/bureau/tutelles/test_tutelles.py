"""The guardianships in the admin: the right school, every other actor, and what the page shows."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone, translation

from etablissements.scolarite.models import Tutelle
from tests.fabriques import (
    creer_affectation,
    creer_classe,
    creer_eleve,
    creer_etablissement,
    creer_inscription,
    creer_tutelle,
    creer_tuteur,
    creer_utilisateur,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ecole():
    return creer_etablissement()


@pytest.fixture
def tutelle(ecole):
    return creer_tutelle(eleve=creer_inscription(classe=creer_classe(etablissement=ecole, libelle="1APIC-3")).eleve)


@pytest.fixture
def autre_tutelle():
    """In another school."""
    salma = creer_eleve(nom_ar="بوهدي", prenom_ar="سلمى", nom_fr="BOUHDI", prenom_fr="Salma")
    return creer_tutelle(eleve=creer_inscription(eleve=salma).eleve)


@pytest.fixture
def directeur(client, ecole):
    """The director, signed in."""
    directeur = creer_affectation(etablissement=ecole).utilisateur
    client.force_login(directeur)
    return directeur


def confirmation(tutelle) -> str:
    return reverse("bureau:confirmer", kwargs={"cle": tutelle.cle})


def fin(tutelle) -> str:
    return reverse("bureau:terminer", kwargs={"cle": tutelle.cle})


def liste(client, **criteres: str):
    reponse = client.get(reverse("bureau:tutelles"), criteres)
    assert reponse.status_code == 200
    return reponse


# -- What the school sees and does --------------------------------------------


@pytest.mark.parametrize(("langue", "sens", "nom"), [("ar", "rtl", "إلياس أمزيان"), ("fr", "ltr", "Ilyas AMEZIANE")])
def test_les_siennes_dans_sa_langue(langue, sens, nom, client, directeur, tutelle, autre_tutelle) -> None:
    with translation.override(langue):
        page = liste(client).content.decode()
    assert f'dir="{sens}"' in page
    assert nom in page
    assert "1APIC-3" in page
    assert "فاطمة أمزيان" in page
    assert "BOUHDI" not in page
    assert "بوهدي" not in page
    assert confirmation(tutelle).split("/", 2)[2] in page


def test_confirmer(client, directeur, tutelle) -> None:
    assert client.post(confirmation(tutelle))["Location"] == reverse("bureau:tutelles")
    tutelle.refresh_from_db()
    assert (tutelle.statut, tutelle.confirmee_par) == ("confirmee", directeur)
    assert confirmation(tutelle) not in liste(client).content.decode()


def test_terminer_demande_un_motif(client, directeur, tutelle) -> None:
    page = client.get(fin(tutelle))
    assert "إلياس أمزيان" in page.content.decode()
    for vide in (" ", "\u200f \u200b"):
        assert client.post(fin(tutelle), {"motif": vide}).status_code == 422
    tutelle.refresh_from_db()
    assert tutelle.au is None
    assert client.post(fin(tutelle), {"motif": "jugement"})["Location"] == reverse("bureau:tutelles")
    tutelle.refresh_from_db()
    assert (tutelle.statut, tutelle.motif_fin, tutelle.terminee_par) == ("terminee", "jugement", directeur)
    page = liste(client).content.decode()
    assert "jugement" in page
    assert fin(tutelle) not in page


def test_ce_qui_a_pris_fin_est_dit_sans_erreur(client, directeur, tutelle) -> None:
    client.post(fin(tutelle), {"motif": "départ"})
    for adresse, donnees in ((confirmation(tutelle), {}), (fin(tutelle), {"motif": "encore"})):
        reponse = client.post(adresse, donnees, follow=True)
        assert "انتهت هذه الولاية في هذه الأثناء" in reponse.content.decode()
    assert "سبق إنهاء هذه الولاية" in client.get(fin(tutelle)).content.decode()
    tutelle.refresh_from_db()
    assert tutelle.motif_fin == "départ"


def test_filtrer_par_classe_et_statut(client, directeur, ecole, tutelle) -> None:
    autre = creer_tutelle(
        eleve=creer_inscription(classe=creer_classe(etablissement=ecole, libelle="2APIC-1", niveau="2APIC")).eleve
    )
    client.post(confirmation(autre))
    for criteres, attendues in (
        ({}, {tutelle.cle, autre.cle}),
        ({"classe": "2APIC-1"}, {autre.cle}),
        ({"statut": "declaree"}, {tutelle.cle}),
        ({"classe": "1APIC-3", "statut": "confirmee"}, set()),
        ({"classe": "9XYZ-1", "statut": "'"}, {tutelle.cle, autre.cle}),  # not a choice: no filter
    ):
        assert {ligne.cle for ligne in liste(client, **criteres).context["page"]} == attendues, criteres


def test_chercher_un_nom_sans_l_ecrire_dans_une_adresse(client, directeur, ecole, tutelle) -> None:
    salma = creer_eleve(nom_ar="بوهدي", prenom_ar="سلمى", nom_fr="BOUHDI", prenom_fr="Salma")
    autre = creer_tutelle(eleve=creer_inscription(eleve=salma, classe=creer_classe(etablissement=ecole)).eleve)
    reponse = client.post(reverse("bureau:rechercher"), {"nom": "salma"})
    assert reponse["Location"] == reverse("bureau:tutelles")
    assert [ligne.cle for ligne in liste(client).context["page"]] == [autre.cle]
    assert "salma" in str(Session.objects.get().get_decoded())
    assert liste(client, nom="ilyas").context["nom"] == "salma"  # an address cannot carry a name
    client.post(reverse("bureau:rechercher"), {})
    assert len(liste(client).context["page"].object_list) == 2


def test_vingt_cinq_par_page_en_peu_de_requetes(client, directeur, ecole, django_assert_max_num_queries) -> None:
    classe = creer_classe(etablissement=ecole)
    for _ in range(27):
        creer_tutelle(eleve=creer_inscription(classe=classe).eleve)
    liste(client)
    with django_assert_max_num_queries(17):
        page = liste(client).context["page"]
    assert (len(page.object_list), page.paginator.count) == (25, 27)
    assert len(liste(client, p="2").context["page"].object_list) == 2
    assert liste(client, p="99").context["page"].number == 2
    assert liste(client, p="x").context["page"].number == 1


def test_une_ecole_sans_tutelle_le_dit(client, directeur, autre_tutelle) -> None:
    assert "لا توجد أي ولاية مطابقة" in liste(client).content.decode()


def test_deux_ecoles_se_distinguent(client, directeur, tutelle, autre_tutelle) -> None:
    ailleurs = autre_tutelle.eleve.inscriptions.get().classe.etablissement
    creer_affectation(utilisateur=directeur, etablissement=ailleurs, role="secretaire")
    page = liste(client)
    assert page.context["plusieurs_ecoles"]
    assert len(page.context["page"].object_list) == 2


def test_les_pages_ne_se_gardent_pas(client, directeur, tutelle) -> None:
    for adresse in (reverse("bureau:tutelles"), fin(tutelle)):
        entete = client.get(adresse)["Cache-Control"]
        assert "private" in entete
        assert "no-store" in entete


def test_un_nom_n_est_jamais_du_code(client, directeur, ecole) -> None:
    eleve = creer_eleve(nom_ar="<script>alert(1)</script>")
    tuteur = creer_tuteur(nom="<img src=x onerror=alert(1)>")
    tutelle = creer_tutelle(
        eleve=creer_inscription(eleve=eleve, classe=creer_classe(etablissement=ecole)).eleve, tuteur=tuteur
    )
    for adresse in (reverse("bureau:tutelles"), fin(tutelle)):
        page = client.get(adresse).content.decode()
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page


# -- Everybody else -----------------------------------------------------------


@pytest.mark.parametrize("nom", ["directeur d'une autre école", "superutilisateur"])
def test_404_hors_de_son_ecole(nom: str, client, tutelle) -> None:
    if nom == "superutilisateur":
        client.force_login(creer_utilisateur(is_superuser=True))
    else:
        client.force_login(creer_affectation(etablissement=creer_etablissement()).utilisateur)
    assert client.get(fin(tutelle)).status_code == 404
    assert client.post(fin(tutelle), {"motif": "essai"}).status_code == 404
    assert client.post(confirmation(tutelle)).status_code == 404
    tutelle.refresh_from_db()
    assert (tutelle.statut, tutelle.au) == ("declaree", None)


def test_un_superutilisateur_sans_affectation_n_a_pas_de_liste(client, tutelle) -> None:
    client.force_login(creer_utilisateur(is_superuser=True))
    assert client.get(reverse("bureau:tutelles")).status_code == 404


@pytest.mark.parametrize("nom", ["tuteur", "ancien directeur", "anonyme"])
def test_la_gestion_est_fermee(nom: str, client, ecole, tutelle) -> None:
    if nom == "tuteur":
        client.force_login(tutelle.tuteur.utilisateur)
    elif nom == "ancien directeur":
        hier = timezone.localdate() - datetime.timedelta(days=1)
        client.force_login(creer_affectation(etablissement=ecole, au=hier).utilisateur)
    for methode, adresse in (
        ("get", reverse("bureau:tutelles")),
        ("get", fin(tutelle)),
        ("post", fin(tutelle)),
        ("post", confirmation(tutelle)),
        ("post", reverse("bureau:rechercher")),
    ):
        reponse = getattr(client, methode)(adresse, {"motif": "essai"})
        if nom == "anonyme":
            assert (reponse.status_code, reponse["Location"].partition("?")[0]) == (302, reverse("account_login"))
        else:
            assert reponse.status_code == 404
        assert "Ilyas" not in reponse.content.decode()
    assert Tutelle.objects.get().statut == "declaree"


def test_confirmer_ne_se_fait_pas_par_une_adresse(client, directeur, tutelle) -> None:
    assert client.get(confirmation(tutelle)).status_code == 405
    assert client.get(reverse("bureau:rechercher")).status_code == 405
