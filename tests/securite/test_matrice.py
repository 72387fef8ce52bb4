"""Every route of the resolver, every role: what each gets at home and elsewhere is written in `matrice.csv`.

A new route without a line fails; the message gives the line as observed, to be read before it is pasted. Beside the
table stand rules that no line may break, so that pasting a wrong line fails too.
"""

import csv
import logging
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.contrib.admindocs.views import simplify_regex
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.architecture.test_routes import est_publique, routes
from tests.sites.droits.routes import DIVERS

from .acteurs import Lieu, Monde, creer_monde

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("matrice.csv")
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
# What names nothing of a school, beside what the routes of the admin already list.
VALEURS = {nom: valeurs[0] for nom, valeurs in DIVERS.items()} | {
    "path": "rien.png", "document_filename": "x.pdf", "key": "x", "uidb36": "1", "rang": 1,
}  # fmt: skip
# Who may ask together: one world for each of these.
GROUPES = {
    "sans poste": ("anonyme", "parent", "parent écarté", "élève", "ancien directeur"),
    "à l'école": ("secretaire", "redacteur", "directeur"),
    "au-dessus": ("communicateur", "communicateur d'académie", "ministere"),
}
SANS_POSTE = ("parent", "parent écarté", "élève", "ancien directeur")
EMPLOYES = ("secretaire", "redacteur", "directeur", "communicateur", "communicateur d'académie")
# It ends the editing session of that number if it is one's own, and answers the same when it is not.
SANS_EFFET_AILLEURS = {"/ar/gestion/editing-sessions/release/<int:session_id>/"}
# What Wagtail's forms read without asking whether it was sent.
CORPS = {"corps-count": "0", "new_title": "x", "new_slug": "x", "external-link-chooser-url": "x"}


def lire_table() -> dict[str, dict[str, str]]:
    """The table: a line a route, a column a role."""
    with TABLE.open(encoding="utf-8", newline="") as fichier:
        return {ligne.pop("route"): ligne for ligne in csv.DictReader(fichier)}


def toutes() -> dict[str, tuple[str, URLPattern]]:
    """Every route by its address, as the resolver writes it. Of two with one address the first answers."""
    trouvees: dict[str, tuple[str, URLPattern]] = {}
    for chemin, motif in routes(get_resolver()):
        trouvees.setdefault(simplify_regex(chemin).replace("\\", ""), (chemin, motif))
    return trouvees


def adresse(route: str, lieu: Lieu, role: str) -> str:
    """The address of a route with the keys of a school."""

    def valeur(trouve: re.Match[str]) -> str:
        nom = trouve[1]
        if nom == "cle_tutelle" and role == "parent écarté":
            return str(lieu.ecarte.cle)
        connue = lieu.valeur(route, nom)
        return str(VALEURS[nom] if connue is None else connue)

    return ARGUMENT.sub(valeur, route)


def dire(reponse: HttpResponse) -> str:
    """The answer in a word: the status, or `cnx` when it leads to the sign-in."""
    if reponse.status_code == 302 and re.search(r"/(compte|gestion)/login/", reponse["Location"]):
        return "cnx"
    return str(reponse.status_code)


def demander(client: Client, adresse: str, corps: dict[str, object]) -> str:
    """GET and POST, each undone before the next."""
    dites, cookies = [], client.cookies.output(header="", sep=";")
    for methode in ("get", "post"):
        cache.clear()  # limits of attempts
        point = transaction.savepoint()
        dites.append(dire(client.post(adresse, corps) if methode == "post" else client.get(adresse)))
        transaction.savepoint_rollback(point)
        client.cookies = SimpleCookie(cookies)  # one of the routes signs out
    return "/".join(dites)


def observer(monde: Monde, role: str) -> Iterator[tuple[str, str]]:
    """What this role gets of each route: at home and, where an argument names something of a school, elsewhere."""
    client = monde.client(role)
    for route, (chemin, motif) in toutes().items():
        ici, ailleurs = (adresse(route, lieu, role) for lieu in (monde.notre, monde.autre))
        corps = CORPS | {"new_parent_page": monde.notre.cles["parent_page_id"]}
        vue = demander(client, ici, corps)
        if ailleurs != ici and not est_publique(chemin, motif):
            vue += f" {demander(client, ailleurs, corps)}"
        yield route, vue


def test_chaque_route_a_sa_ligne() -> None:
    assert sorted(lire_table()) == sorted(toutes())


def test_ce_qu_aucune_ligne_ne_peut_dire() -> None:
    """The rules behind the table: a line that was observed, and is wrong, does not pass either."""
    fautes = []
    for route, (chemin, motif) in toutes().items():
        ligne = lire_table()[route]
        gestion = route.startswith("/ar/gestion/")
        if any("500" in vue for vue in ligne.values()):
            fautes.append((route, "an error"))
        if not est_publique(chemin, motif) and set(re.split("[ /]", ligne["anonyme"])) != {"cnx"}:
            fautes.append((route, "a stranger enters"))
        for role in SANS_POSTE:
            if gestion and not set(re.split("[ /]", ligne[role])) <= {"cnx", "404"}:
                fautes.append((route, role, "has no post"))
        for role in (*SANS_POSTE, *EMPLOYES):
            ailleurs = ligne[role].partition(" ")[2]
            if "200" in ailleurs and route not in SANS_EFFET_AILLEURS:
                fautes.append((route, role, "sees another school"))
        if ligne["ancien directeur"] != ligne["élève"]:
            fautes.append((route, "a former director keeps something"))
        if "<uuid:cle_tutelle>" in route and "200" in ligne["parent écarté"]:
            fautes.append((route, "an ended guardianship opens"))
    assert fautes == []


@pytest.mark.parametrize("groupe", GROUPES)
def test_chacun_recoit_ce_que_dit_la_table(groupe: str, settings, tmp_path, caplog) -> None:
    settings.MEDIA_ROOT = tmp_path
    caplog.set_level(logging.CRITICAL, logger="django.request")  # refusals are what is asked for
    monde, table = creer_monde(), lire_table()
    observe = {route: dict(table.get(route, {})) for route in toutes()}
    for role in GROUPES[groupe]:
        for route, vue in observer(monde, role):
            observe[route][role] = vue
    ecarts = [",".join((route, *vues.values())) for route, vues in observe.items() if vues != table.get(route)]
    assert ecarts == [], "observed:\n" + "\n".join(ecarts)
