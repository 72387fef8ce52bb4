"""How much a guardian's dashboard and sign-in cost.

`python tests/charge/banc_tableau_de_bord.py`; `DATABASE_URL` chooses the database. Queries and CPU of the dashboard
with one child and with five; CPU of a password check and of a whole sign-in.
"""

import statistics
import time
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from outils import base_neuve, figure

from tests.fabriques import creer_classe, creer_inscription, creer_tutelle, creer_tuteur, creer_utilisateur
from tests.fabriques.comptes import MOT_DE_PASSE

ENFANTS = (1, 5)
TOURS = 100
CONNEXIONS = 30
CHAUFFE = 5


def cpu_ms(geste: Callable[[], object], tours: int) -> float:
    """Return the median CPU milliseconds of `geste`, warm."""
    for _ in range(CHAUFFE):
        geste()
    durees = []
    for _ in range(tours):
        debut = time.process_time()
        geste()
        durees.append(1000 * (time.process_time() - debut))
    return statistics.median(durees)


def mesurer_tableau(nombre: int) -> None:
    """Print the queries and the CPU of the dashboard of a guardian of `nombre` children."""
    tuteur = creer_tuteur()
    for _ in range(nombre):
        creer_tutelle(tuteur=tuteur, eleve=creer_inscription(classe=creer_classe()).eleve)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(tuteur.utilisateur)
    adresse = reverse("parents:tableau")

    def ouvrir() -> None:
        assert client.get(adresse).status_code == 200

    duree = cpu_ms(ouvrir, TOURS)
    with CaptureQueriesContext(connection) as requetes:
        ouvrir()
    figure(f"dashboard, {nombre} child(ren), queries", len(requetes), "queries", 1)
    figure(f"dashboard, {nombre} child(ren), CPU", round(duree, 2), "ms", TOURS)


def mesurer_connexion() -> None:
    """Print the CPU of a password check and of a sign-in, form to redirect."""
    utilisateur = creer_utilisateur(username="4821553096")
    figure(
        "password check, CPU",
        round(cpu_ms(lambda: utilisateur.check_password(MOT_DE_PASSE), CONNEXIONS), 2),
        "ms",
        CONNEXIONS,
    )
    adresse = reverse("account_login")
    client = Client(headers={"host": "127.0.0.1"})

    def entrer() -> None:
        client.cookies.clear()
        reponse = client.post(adresse, {"login": utilisateur.username, "password": MOT_DE_PASSE})
        assert reponse.status_code == 302, reponse.status_code

    figure("sign-in, CPU", round(cpu_ms(entrer, CONNEXIONS), 2), "ms", CONNEXIONS)


def main() -> None:
    """Measure on a fresh database."""
    with base_neuve():
        for nombre in ENFANTS:
            mesurer_tableau(nombre)
        mesurer_connexion()


if __name__ == "__main__":
    main()
