"""The pattern library: who sees it, that all is in it, and that all of it is accessible."""

import re

import pytest
from django.test import Client
from playwright.sync_api import Browser

from portal.socle.blocs.corps import Corps
from tests.fabriques import creer_affectation, creer_utilisateur
from tests.html import lire_page
from tests.parcours.test_accessibilite import connecter, examiner, ouvrir
from themes.styleguide import CYCLES

ADRESSE = "/fr/styleguide/"


@pytest.mark.django_db
def test_seul_le_personnel_la_voit(client: Client) -> None:
    assert client.get(ADRESSE).status_code == 404
    client.force_login(creer_utilisateur())
    assert client.get(ADRESSE).status_code == 404, "a guardian"
    client.force_login(creer_affectation().utilisateur)
    assert client.get(ADRESSE).status_code == 200


@pytest.mark.django_db
def test_en_developpement_elle_est_ouverte(client: Client, settings) -> None:
    settings.STYLEGUIDE_OUVERT = True
    assert client.get("/styleguide/", follow=True).status_code == 200


@pytest.mark.django_db
def test_chaque_bloc_y_est_dans_chaque_langue_sans_rien_demander_a_la_base(
    client: Client, settings, django_assert_num_queries
) -> None:
    settings.STYLEGUIDE_OUVERT = True
    client.get(ADRESSE)
    with django_assert_num_queries(0):
        page = lire_page(client.get(ADRESSE).content.decode())
    assert page.fautes == []
    noms = [element for element in page.textes if element in Corps().child_blocks]
    for genre in Corps().child_blocks:
        assert noms.count(genre) >= 2, genre
    assert len([image for image in page.tous("img") if "exemple.svg" in (image.attributs["src"] or "")]) == 10


@pytest.mark.navigateur
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("langue", "largeur", "theme"), [("ar", 360, "light"), ("fr", 1280, "dark")])
def test_tout_y_est_accessible(
    live_server, client: Client, chromium: Browser, langue: str, largeur: int, theme: str
) -> None:
    client.force_login(creer_affectation().utilisateur)
    page = ouvrir(chromium, langue, largeur, color_scheme=theme)
    connecter(page, live_server.url, client)
    adresses = [f"{live_server.url}/{langue}/styleguide/?cycle={cycle}" for cycle in CYCLES]
    assert [faute for adresse in adresses for faute in examiner(page, adresse)] == []


@pytest.mark.navigateur
@pytest.mark.django_db(transaction=True)
def test_la_video_ne_se_charge_que_si_on_la_demande(live_server, client: Client, chromium: Browser) -> None:
    client.force_login(creer_affectation().utilisateur)
    page = chromium.new_context(locale="fr").new_page()
    demandes: list[str] = []
    page.route(re.compile("^https:"), lambda route: route.abort())
    page.on("request", lambda requete: demandes.append(requete.url) if requete.url.startswith("https:") else None)
    connecter(page, live_server.url, client)
    page.goto(f"{live_server.url}{ADRESSE}")
    assert page.locator("iframe").count() == 0
    assert demandes == []
    with page.expect_request(re.compile("^https:")):
        page.locator(".video__lien").first.click()
    assert page.locator("figure.video iframe").get_attribute("title")
    assert [adresse.partition("?")[0] for adresse in demandes] == ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"]
