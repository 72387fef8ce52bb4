"""Public answers can be shared; private ones ask who is there."""

import pytest
from django.test import Client

from sites.createur import Createur
from tests.fabriques import creer_etablissement, creer_utilisateur

pytestmark = pytest.mark.django_db


def test_une_page_publique_ne_depend_pas_du_temoin_de_connexion(client: Client) -> None:
    ecole, autre = creer_etablissement(), creer_etablissement()
    for creee in (ecole, autre):
        Createur().creer(creee)
    chemins = ["/ar/", f"/ar/ecoles/{ecole.slug_public}/", f"/fr/ecoles/{autre.slug_public}/contact/", "/ar/annuaire/"]
    inconnu = {chemin: client.get(chemin) for chemin in chemins}
    client.force_login(creer_utilisateur(), backend="allauth.account.auth_backends.AuthenticationBackend")
    for chemin, reponse in inconnu.items():
        assert "Cookie" not in reponse.get("Vary", ""), chemin
        assert client.get(chemin).content == reponse.content


def test_une_page_privee_demande_qui_est_la(client: Client) -> None:
    reponse = client.get("/ar/espace-parents/")
    assert (reponse.status_code, reponse["Location"]) == (302, "/ar/compte/login/?next=/ar/espace-parents/")
