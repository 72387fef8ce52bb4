"""Two schools, every route of the admin, every method: nothing of the other one is seen, counted or changed."""

import json
import logging
from collections.abc import Iterator
from itertools import islice

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from etablissements.registre.models import Direction
from sites.createur import Createur
from sites.droits.portes import GARDEES, SIMPLES
from tests.fabriques import creer_affectation
from tests.outils_base import contenu_de_la_base

from .monde import MARQUE, NOTRE, Ecole, creer_ecole
from .routes import adresses, routes_de_gestion

pytestmark = pytest.mark.django_db
ROLES = ("directeur", "redacteur", "secretaire", "directeur d'ailleurs", "communicateur d'à côté")
# A search for the beginning of the mark: what it finds carries the whole of it, the echo of the question does not.
RECHERCHE = {"q": MARQUE[:5], "search_all": "1", "term": MARQUE[:5], "page_type": "wagtailcore.page"}


@pytest.fixture
def monde(settings, tmp_path) -> tuple[Ecole, Ecole]:
    settings.MEDIA_ROOT = tmp_path
    return creer_ecole(NOTRE), creer_ecole(MARQUE)


def acteur(role: str, mienne: Ecole):
    if role in {"directeur", "redacteur", "secretaire"}:
        return getattr(mienne, role)
    if role == "directeur d'ailleurs":
        return creer_affectation(role="directeur").utilisateur
    voisine = Direction.objects.exclude(pk=mienne.etablissement.direction_id).first()
    Createur().direction(voisine)
    return creer_affectation(role="communicateur", direction=voisine).utilisateur


def corps(autre: Ecole) -> dict[str, object]:
    """What a hostile form says: the keys of the other school under every name that a view reads."""
    cles = autre.cles
    return {
        "new_parent_page": cles["parent_page_id"][0],
        "new_title": "prise",
        "new_slug": "prise",
        "destination_page_id": cles["parent_page_id"][0],
        "destination": cles["parent_page_id"][0],
        "id": cles["page_id"][0],
        "image": cles["image_id"][0],
        "logo": cles["image_id"][0],
        "image_alt": "prise",
        "uploaded_file_id": cles["uploaded_file_id"][0],
        "title": "prise",
        "slug": "prise",
        "next": "/ar/gestion/",
        "action-publish": "1",
        "file": SimpleUploadedFile("prise.pdf", b"%PDF-1.7"),
        "files[]": SimpleUploadedFile("prise.pdf", b"%PDF-1.7"),
        "external-link-chooser-url": "https://www.men.gov.ma/",
        "url": "https://www.men.gov.ma/",
    }


def fuite(reponse) -> str:
    """What is said around the mark of the other school, empty when nothing is."""
    contenu = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
    tout = (contenu.decode(errors="replace") + json.dumps(dict(reponse.items()))).lower()
    debut = tout.find(MARQUE)
    return "" if debut < 0 else tout[max(debut - 80, 0) : debut + 40]


def de_l_autre(base: dict[str, list], autre: Ecole) -> dict[str, list[str]]:
    """The rows of the database that carry the mark or one of the pages of the other school."""
    gresa = autre.etablissement.gresa
    return {
        table: [ligne for ligne in lignes if MARQUE in ligne.lower() or gresa in ligne]
        for table, lignes in base.items()
        if table != "django_session"
    }


def methodes(nom: str, rang: int) -> tuple[str, ...]:
    """The methods to try. A shut door looks at nothing but the name of the route: two are enough there."""
    return ("get", "post") if rang or fermee(nom) else ("get", "post", "put", "patch", "delete")


def fermee(nom: str) -> bool:
    return nom.startswith("wagtail") and nom not in SIMPLES and nom not in GARDEES


def essayer(client: Client, autre: Ecole, mienne: Ecole) -> Iterator[tuple[str, str, str, object]]:
    """Ask for everything with the keys of the other school."""
    for nom, formes in routes_de_gestion().items():
        if nom in {"wagtailadmin_logout", "wagtailadmin_error_test"}:
            continue
        for arguments in formes:
            toutes = adresses(nom, arguments, autre, mienne)
            for rang, adresse in enumerate(islice(toutes, 1) if fermee(nom) else toutes):
                for methode in methodes(nom, rang):
                    if methode == "get":
                        reponse = client.get(adresse, RECHERCHE)
                    elif methode == "post":
                        reponse = client.post(adresse, corps(autre))
                    else:
                        reponse = client.generic(methode.upper(), adresse)
                    yield nom, methode, adresse, reponse


@pytest.mark.parametrize("role", ROLES)
def test_rien_de_l_autre_ecole_ne_se_voit_ni_ne_change(monde, role: str, caplog) -> None:
    caplog.set_level(logging.CRITICAL, logger="django.request")  # refusals are what is asked for
    mienne, autre = monde
    avant = de_l_autre(contenu_de_la_base(), autre)
    client = Client(raise_request_exception=False)
    client.force_login(acteur(role, mienne))
    fautes, vues = [], 0
    for nom, methode, adresse, reponse in essayer(client, autre, mienne):
        vues += 1
        if (vu := fuite(reponse)) or reponse.status_code >= 500:
            fautes.append((reponse.status_code, methode, nom, adresse, vu))
        if fermee(nom):
            assert reponse.status_code == 404, (methode, nom, adresse)
    assert not fautes, "\n".join(map(str, fautes))
    assert vues > 500
    apres = de_l_autre(contenu_de_la_base(), autre)
    assert {t: (avant[t], apres[t]) for t in avant if avant[t] != apres[t]} == {}
