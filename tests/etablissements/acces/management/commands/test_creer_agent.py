"""`manage.py creer_agent`: an account and a post, once."""

import io
import re

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from etablissements.acces.models import Affectation
from portal.comptes.models import Utilisateur
from tests.fabriques import creer_etablissement, creer_utilisateur

pytestmark = pytest.mark.django_db


@pytest.fixture
def ecole():
    creer_etablissement()
    return creer_etablissement()


def creer(ecole, *options: str, role: str = "directeur", nom: str = "Alaoui", prenom: str = "Rachid") -> str:
    sortie = io.StringIO()
    obligatoires = ["--etablissement", ecole.gresa, "--role", role, "--nom", nom, "--prenom", prenom]
    call_command("creer_agent", *obligatoires, *options, stdout=sortie)
    return sortie.getvalue()


def test_un_identifiant_et_un_premier_mot_de_passe_qui_marchent(ecole) -> None:
    dit = creer(ecole)
    identifiant = re.search(r"Identifiant : (\d{10})", dit)[1]
    mot_de_passe = re.search(r"à changer : (\S+)", dit)[1]
    agent = authenticate(None, username=identifiant, password=mot_de_passe)
    assert agent is not None
    assert (agent.last_name, agent.first_name, agent.is_superuser, agent.is_staff) == ("Alaoui", "Rachid", False, False)
    affectation = Affectation.objects.get()
    assert (affectation.utilisateur, affectation.etablissement, affectation.role) == (agent, ecole, "directeur")
    assert affectation.au is None


def test_relancer_ne_change_rien_et_ne_redit_pas_de_mot_de_passe(ecole) -> None:
    identifiant = re.search(r"\d{10}", creer(ecole))[0]
    dit = creer(ecole)
    assert dit == f"Déjà affecté. Identifiant : {identifiant}\n"
    assert Utilisateur.objects.count() == Affectation.objects.count() == 1


def test_un_autre_poste_pour_la_meme_personne(ecole) -> None:
    identifiant = re.search(r"\d{10}", creer(ecole))[0]
    dit = creer(ecole, "--identifiant", f"{identifiant[:4]} {identifiant[4:]}", role="secretaire")
    assert "mot de passe" not in dit
    assert Utilisateur.objects.count() == 1
    assert set(Affectation.objects.values_list("role", flat=True)) == {"directeur", "secretaire"}


def test_une_affectation_finie_n_empeche_pas_la_suivante(ecole) -> None:
    creer(ecole)
    Affectation.objects.update(du="2020-09-01", au="2021-08-31")
    creer(ecole)
    assert Affectation.objects.count() == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"nom": "\u200f "}, "nom et un prénom"),
        ({"prenom": " "}, "nom et un prénom"),
    ],
)
def test_sans_nom_pas_d_agent(options, message, ecole) -> None:
    with pytest.raises(CommandError, match=message):
        creer(ecole, **options)
    assert not Utilisateur.objects.exists()


def test_les_erreurs_sont_dites(ecole) -> None:
    with pytest.raises(CommandError, match="Aucun compte"):
        creer(ecole, "--identifiant", "1000000008")
    with pytest.raises(CommandError, match="99999x"):
        call_command("creer_agent", etablissement="99999x", role="directeur", nom="A", prenom="B")
    with pytest.raises(CommandError, match="chef"):
        creer(ecole, role="chef")
    assert not Affectation.objects.exists()


def test_un_nom_d_utilisateur_d_avant_convient(ecole) -> None:
    creer_utilisateur(username="r.alaoui")
    assert "r.alaoui" in creer(ecole, "--identifiant", "r.alaoui")


@pytest.mark.parametrize(
    ("option", "role", "portee"),
    [
        (["--direction", "09.581"], "communicateur", ("09.581", None)),
        (["--academie", "09"], "communicateur", (None, "09")),
        (["--pays"], "ministere", (None, None)),
    ],
)
def test_un_poste_au_dessus_des_ecoles(option, role, portee, ecole) -> None:
    sortie = io.StringIO()
    for _fois in range(2):
        call_command("creer_agent", *option, "--role", role, "--nom", "Alaoui", "--prenom", "Rachid", stdout=sortie)
    affectation = Affectation.objects.get()
    assert (affectation.role, affectation.direction_id, affectation.academie_id) == (role, *portee)
    assert affectation.etablissement is None
    assert "Déjà affecté" in sortie.getvalue()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--direction", "09.581", "--role", "directeur"], "directeur"),
        (["--pays", "--role", "communicateur"], "communicateur"),
        (["--direction", "99.999", "--role", "communicateur"], "99.999"),
        (["--academie", "77", "--role", "communicateur"], "77"),
        (["--pays", "--direction", "09.581", "--role", "ministere"], "direction"),
        (["--role", "ministere"], "etablissement"),
    ],
)
def test_une_portee_impossible_est_refusee(options, message, ecole) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("creer_agent", *options, "--nom", "Alaoui", "--prenom", "Rachid")
    assert not Utilisateur.objects.exists()
