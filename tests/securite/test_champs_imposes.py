"""A form writes the fields that it shows, and nothing else: every other name of every model is sent to it in vain.

Each form of `gestes` is sent twice, undone each time: with its own fields, then with a value under every name besides
that it does not own. Both must answer the same and write the same rows, to the letter.
"""

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from wagtail.test.utils.form_data import querydict_from_html

from .acteurs import Monde, creer_monde
from .champs import IMPOSE, ecritures, imposes, noms_et_valeurs, remettre_les_compteurs
from .gestes import GESTES, Geste
from .gestes.base import toujours
from .test_matrice import adresse, lire_table

pytestmark = [
    pytest.mark.django_db,
    # Wagtail 8.0 leaves open the file of an upload that becomes an image.
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def monde(settings, tmp_path, monkeypatch, caplog) -> Iterator[Monde]:
    """Both schools."""
    settings.MEDIA_ROOT = tmp_path
    caplog.set_level(logging.CRITICAL, logger="django.request")
    monkeypatch.setattr("sites.courrier.forms.DUREE_MINIMALE", -1)
    yield creer_monde()
    gc.collect()  # what is left open is said here, and not in the next test


def atteintes() -> set[str]:
    """The routes where a POST does something for somebody, by the table of the routes."""
    trouvees = set()
    for route, roles in lire_table().items():
        for vue in roles.values():
            lu, envoye = vue.partition(" ")[0].split("/")
            if envoye not in {"404", "405", "cnx"} or (envoye == "404" and lu not in {"404", "cnx"}):
                trouvees.add(route)
    return trouvees


def test_chaque_formulaire_est_essaye() -> None:
    """A new route that takes a POST has its line in `gestes.py`."""
    assert atteintes() - set(GESTES) == set()
    assert set(GESTES) - set(lire_table()) == set()


@contextmanager
def defaire(client: Client) -> Iterator[None]:
    """Undo what a request does: rows, keys, cookies, limits of attempts."""
    cache.clear()
    cookies = client.cookies.output(header="", sep=";")
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)
    remettre_les_compteurs()
    client.cookies = SimpleCookie(cookies)


def fautes_de(route: str, geste: Geste, monde: Monde, tous: dict[str, Any]) -> list[object]:
    """What is wrong with one form."""
    client, nom = monde.client(geste.role), (route, geste.role)
    vers = adresse(route, monde.notre, geste.role)
    with defaire(client):
        lus = lire(client, geste.avant(client, monde) or vers, geste.formulaire)

    def envoyer(imposables: dict[str, Any]) -> tuple[int, list[str]]:
        """Send the form once with these names beside its own."""
        with defaire(client):
            ou, corps = geste.avant(client, monde) or vers, lus | geste.juste(monde)
            with ecritures() as ecrites:
                reponse = client.post(ou, imposes(imposables, set(corps), geste.siens) | corps)
        return reponse.status_code, ecrites

    statut, justes = envoyer({})
    if (geste.ecrit and statut not in {200, 302}) or bool(justes) != geste.ecrit:
        return [(*nom, "the right form is refused", statut, justes[:3])]
    autre_statut, ecrites = envoyer(tous)
    fautes: list[object] = []
    if statut != autre_statut:
        fautes.append((*nom, "answers otherwise", statut, autre_statut))
    fautes += [(*nom, "writes", ligne) for ligne in ecrites if ligne not in justes]
    fautes += [(*nom, "does not write", ligne) for ligne in justes if ligne not in ecrites]
    return fautes


def lire(client: Client, adresse: str, rang: int | None) -> dict[str, Any]:
    """What a browser would send of a form as it is shown; nothing when it is a button of another screen."""
    if rang is None:
        return {}
    lus = querydict_from_html(client.get(adresse).content.decode(), form_index=rang)
    return {nom: valeurs if len(valeurs) > 1 else valeurs[0] for nom, valeurs in lus.lists()}


@pytest.mark.parametrize("groupe", ["/ar/gestion/pages/", "/ar/gestion/", "/ar/"])
def test_rien_ne_s_ecrit_qui_ne_soit_au_formulaire(groupe: str, monde: Monde) -> None:
    tous, fautes = noms_et_valeurs(), []
    for route, gestes in GESTES.items():
        if groupe_de(route) == groupe:
            for geste in gestes:
                fautes += fautes_de(route, geste, monde, tous)
    assert not fautes, "\n".join(map(str, fautes))


def test_un_champ_en_trop_se_voit(monde: Monde) -> None:
    """The form of an event as if its place were not its own: what is imposed there is found."""
    geste = Geste("directeur", toujours(title="x", jour="2099-12-05"))
    fautes = fautes_de("/ar/gestion/ecoles/<slug:gresa>/evenements/nouveau/", geste, monde, noms_et_valeurs())
    assert any("writes" in faute and IMPOSE in str(faute) for faute in fautes)


def groupe_de(route: str) -> str:
    return next(debut for debut in ("/ar/gestion/pages/", "/ar/gestion/", "/ar/") if route.startswith(debut))
