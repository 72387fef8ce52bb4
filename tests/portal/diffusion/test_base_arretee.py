"""The database stops: what was published is still read, what is private says so at once, in both languages."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.urls import reverse

from tests.diffusion import Lecteur
from tests.fabriques import creer_utilisateur

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def base_arretee() -> Iterator[None]:
    """Let the real driver meet a database that is not there: a closed port, or a file that cannot be opened."""
    reglages = dict(connection.settings_dict)
    connection.close()
    if connection.vendor == "sqlite":
        connection.settings_dict["NAME"] = "/nulle/part/portail.sqlite3"
    else:
        with socket.socket() as prise:
            prise.bind(("127.0.0.1", 0))
            connection.settings_dict |= {"HOST": "127.0.0.1", "PORT": prise.getsockname()[1]}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(reglages)


def test_les_pages_publiees_repondent_sans_base_et_le_reste_s_excuse(ouvrir, magasin, client) -> None:
    ecoles = [ouvrir(f"COLLEGE {rang}") for rang in range(13)]
    lecteur = Lecteur()
    restes = ("", "actualites/", "actualites/rentree/", "contact/")
    adresses = [
        f"/{langue}{ecole.adresse[3:]}{reste}" for ecole in ecoles for reste in restes for langue in ("ar", "fr")
    ]
    for adresse in adresses:
        lecteur.lire(adresse)
    client.force_login(creer_utilisateur())
    cookies = "; ".join(f"{nom}={valeur.value}" for nom, valeur in client.cookies.items())
    prives = (reverse("wagtailadmin_home"), reverse("comptes:accueil"), f"{ecoles[0].adresse}rien/")
    with base_arretee():
        lues = [lecteur.lire(adresse) for adresse in adresses]
        refus = [lecteur.lire(adresse, HTTP_COOKIE=cookies) for adresse in prives]
    assert len(lues) >= 100
    assert {(lue.statut, lue.du_magasin) for lue in lues} == {(200, True)}
    for lue in refus:
        assert (lue.statut, lue.entetes["Cache-Control"], lue.entetes["Retry-After"]) == (503, "no-store", "30")
        assert "غير متاحة" in lue.corps.decode()
        assert "indisponible" in lue.corps.decode()
    assert lecteur.lire(prives[1], HTTP_COOKIE=cookies).statut == 200, "the database is back"
