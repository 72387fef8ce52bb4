"""Confirm the monograph, report a wrong fact, answer: the right person, and nobody else's school."""

import pytest
from django.urls import reverse
from django.utils import translation

from etablissements.acces.models import Affectation
from etablissements.monographie.models import ConfirmationMonographie, Signalement
from etablissements.registre.models import Direction
from tests.fabriques import creer_affectation, creer_etablissement, creer_utilisateur

pytestmark = pytest.mark.django_db

INVISIBLE = "\u200f \u200b"  # what a keyboard leaves behind, and nobody sees


@pytest.fixture
def ecole():
    return creer_etablissement(telephone="0528990011", adresse_ar="ساحة الأرز", adresse_fr="Place du Cèdre")


@pytest.fixture
def directrice(client, ecole):
    """Signed in."""
    directrice = creer_affectation(etablissement=ecole).utilisateur
    client.force_login(directrice)
    return directrice


def adresse(ecole, nom: str = "monographie") -> str:
    return reverse(f"bureau:{nom}", kwargs={"gresa": ecole.gresa.lower()})


def communicateur(direction: str = "09.581"):
    return Affectation.objects.create(
        utilisateur=creer_utilisateur(), role="communicateur", direction=Direction.objects.get(pk=direction)
    ).utilisateur


def empreinte(client, ecole) -> str:
    return client.get(adresse(ecole)).context["travail"].empreinte


def test_les_faits_se_lisent_avec_leur_date(client, ecole, directrice) -> None:
    with translation.override("fr"):
        page = client.get(adresse(ecole)).content.decode()
    for fait in ("0528990011", "Place du Cèdre", "essais", "01/09/2025", "manque"):
        assert fait in page


def test_confirmer_pour_l_annee(client, ecole, directrice) -> None:
    reponse = client.post(adresse(ecole, "confirmer_monographie"), {"empreinte": empreinte(client, ecole)}, follow=True)
    faite = ConfirmationMonographie.objects.get()
    assert (faite.etablissement, faite.par) == (ecole, directrice)
    assert adresse(ecole, "confirmer_monographie") not in reponse.content.decode()


def test_la_page_ne_prete_pas_a_l_un_la_confirmation_de_l_autre(client, ecole, directrice) -> None:
    client.post(adresse(ecole, "confirmer_monographie"), {"empreinte": empreinte(client, ecole)})
    client.force_login(creer_affectation(etablissement=ecole).utilisateur)
    with translation.override("fr"):
        page = client.get(adresse(ecole)).content.decode()
    assert "Vous avez confirmé" not in page
    assert "Ces faits ont été confirmés le" in page


def test_ce_qui_a_change_ne_se_confirme_pas(client, ecole, directrice) -> None:
    vue = empreinte(client, ecole)
    ecole.telephone = "0528990012"
    ecole.save()
    for sceau in (vue, "", "x"):
        client.post(adresse(ecole, "confirmer_monographie"), {"empreinte": sceau})
    assert not ConfirmationMonographie.objects.exists()


def test_signaler_puis_lire_la_reponse(client, ecole, directrice) -> None:
    client.post(adresse(ecole), {"champ": "telephone", "juste": "0528 99 00 99"})
    signalement = Signalement.objects.get()
    assert (signalement.etablissement, signalement.par, signalement.statut) == (ecole, directrice, "ouvert")
    client.post(adresse(ecole, "confirmer_monographie"), {"empreinte": empreinte(client, ecole)})
    assert not ConfirmationMonographie.objects.exists()

    client.force_login(communicateur())
    repondre = reverse("bureau:repondre", args=[signalement.pk])
    assert "0528 99 00 99" in client.get(reverse("bureau:signalements")).content.decode()
    assert client.post(repondre, {"corrige": "non", "reponse": ""}).status_code == 422
    assert client.post(repondre, {"corrige": "non", "reponse": INVISIBLE}).status_code == 422
    assert client.post(repondre, {"corrige": "peut-être", "reponse": "x"}).status_code == 422
    client.post(repondre, {"corrige": "oui", "reponse": "C'est corrigé."})
    signalement.refresh_from_db()
    assert signalement.statut == "corrige"
    assert client.get(repondre).status_code == 404

    client.force_login(directrice)
    assert "C&#x27;est corrigé." in client.get(adresse(ecole)).content.decode()


@pytest.mark.parametrize(
    "champs",
    [
        {"champ": "telephone", "juste": " "},
        {"champ": "telephone", "juste": INVISIBLE},
        {"champ": "zzz", "juste": "x"},
        {},
    ],
)
def test_un_signalement_incomplet_est_rendu(champs, client, ecole, directrice) -> None:
    assert client.post(adresse(ecole), champs).status_code == 422
    assert not Signalement.objects.exists()


def test_les_autres_ne_trouvent_rien(client, ecole) -> None:
    signalement = Signalement.objects.create(
        etablissement=ecole, champ="telephone", juste="0528990099", par=creer_utilisateur()
    )
    etrangers = [
        creer_affectation().utilisateur,
        creer_affectation(etablissement=ecole, role="secretaire").utilisateur,
        creer_affectation(etablissement=ecole, role="redacteur").utilisateur,
        communicateur("07.351"),
    ]
    for etranger in etrangers:
        client.force_login(etranger)
        for methode in (client.get, client.post):
            assert methode(adresse(ecole), {"champ": "telephone", "juste": "x"}).status_code == 404
            assert methode(reverse("bureau:repondre", args=[signalement.pk]), {"corrige": "oui"}).status_code == 404
        assert client.post(adresse(ecole, "confirmer_monographie"), {"empreinte": "x"}).status_code == 404
    for etranger in etrangers[:3]:
        client.force_login(etranger)
        assert client.get(reverse("bureau:signalements")).status_code == 404
    client.force_login(communicateur("07.351"))
    creer_etablissement(direction="07.351")
    assert "0528990099" not in client.get(reverse("bureau:signalements")).content.decode()
    signalement.refresh_from_db()
    assert (signalement.statut, Signalement.objects.count()) == ("ouvert", 1)
