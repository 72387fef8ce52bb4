"""The back office as its users have it: Wagtail's own scripts run, on data where every text is a script.

`test_textes_hostiles.py` reads what the server sends; here is what React, Draftail and Stimulus make of the JSON in it.
"""

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from portal.comptes.models import Utilisateur
from sites.models import PageEvenement, PageLibre
from tests.fabriques import creer_utilisateur

from .acteurs import Lieu
from .conftest import NOTER_CE_QUI_S_EXECUTE
from .poison import CANARI, MARQUE

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]

# What became an element or an attribute, and what ran; in every open root of shadow too.
_FAUTES = """() => {
  const fautes = window.executions.map((x) => `ran: ${x}`);
  const visiter = (racine) => {
    for (const e of racine.querySelectorAll("*")) {
      if (e.localName.startsWith("CANARI")) fautes.push(e.parentElement.outerHTML.slice(0, 300));
      for (const a of e.attributes)
        if (a.name.startsWith("CANARI")) fautes.push(e.outerHTML.slice(0, 300));
      if (e.localName === "template") visiter(e.content);
      if (e.shadowRoot) visiter(e.shadowRoot);
    }
  };
  visiter(document);
  return fautes;
}""".replace("CANARI", CANARI)
_DEPLIER = """() => {
  for (const e of document.querySelectorAll("[aria-expanded=false]")) e.click();
  for (const e of document.querySelectorAll("[data-controller~=w-tooltip]"))
    e.dispatchEvent(new MouseEvent("mouseenter", { bubbles: true }));
}"""


def ecrans(lieu: Lieu) -> list[str]:
    """The screens of a director where scripts write what data says: lists, editors, comments, side panels."""
    ecole, cles = lieu.ecole, lieu.cles
    libre, evenement = (
        modele.objects.filter(etablissement=ecole.etablissement)[0].pk for modele in (PageLibre, PageEvenement)
    )
    return [
        "",
        f"pages/{ecole.accueil.pk}/",
        f"pages/{libre}/edit/",
        f"pages/{evenement}/edit/",
        f"pages/add/portail_sites/pagelibre/{ecole.accueil.pk}/",
        f"pages/{ecole.publiee.pk}/history/",
        f"pages/{ecole.publiee.pk}/move/",
        f"images/{cles['image_id']}/",
        "images/add/",
        f"ecoles/{cles['gresa']}/actualites/nouvelle/",
        f"ecoles/{cles['gresa']}/monographie/",
        f"pages/{ecole.publiee.pk}/edit/",
    ]


DU_SUPERUTILISATEUR = ("", "users/", "reports/site-history/", "workflows/list/")


@pytest.fixture
def poste(chromium: Browser, live_server) -> Page:
    """A page of a real back office that notes what runs in it."""
    page = chromium.new_context(bypass_csp=True, base_url=f"{live_server.url}/ar/gestion/").new_page()
    page.add_init_script(NOTER_CE_QUI_S_EXECUTE)
    return page


def entrer(poste: Page, client: Client, personne: Utilisateur, serveur: str) -> None:
    """Sign in as somebody."""
    client.force_login(personne)
    poste.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": serveur}])


def lire(poste: Page, ecran: str) -> list[str]:
    """Open a screen, let its scripts write, unfold what is folded, and return what a text became."""
    poste.goto(ecran)
    poste.wait_for_selector("#wagtail-sidebar button", state="attached")
    poste.evaluate(_DEPLIER)
    poste.wait_for_timeout(200)
    assert MARQUE in poste.locator("body").inner_text(), f"{ecran} shows no text"
    return [f"{ecran}: {faute}" for faute in poste.evaluate(_FAUTES)]


def choisir(poste: Page) -> list[str]:
    """Open the chooser of a photo from the editor: its list comes as HTML that a script puts in the page."""
    poste.locator("[data-chooser-action-choose]:visible").first.click()
    poste.wait_for_selector(f".modal-body :text('{CANARI}')")
    return poste.evaluate(_FAUTES)


def test_les_scripts_du_bureau_n_executent_aucun_texte(lieu: Lieu, live_server, client: Client, poste: Page) -> None:
    entrer(poste, client, lieu.ecole.directeur, live_server.url)
    fautes = []
    for ecran in ecrans(lieu):
        fautes += lire(poste, ecran)
    fautes += choisir(poste)
    entrer(poste, client, creer_utilisateur(is_superuser=True), live_server.url)
    for ecran in DU_SUPERUTILISATEUR:
        fautes += lire(poste, ecran)
    assert not fautes, "\n".join(fautes)


def test_un_texte_pris_pour_du_html_se_voit(lieu: Lieu, live_server, client: Client, poste: Page) -> None:
    """The look itself can fail: what a script of the page takes for HTML is found."""
    entrer(poste, client, lieu.ecole.directeur, live_server.url)
    assert lire(poste, "images/") == []
    poste.evaluate(
        "charge => { document.querySelector('main').innerHTML += charge }", f"{MARQUE}<img src=x onerror=alert(1)>"
    )
    poste.wait_for_function("window.executions.length")
    assert len(poste.evaluate(_FAUTES)) >= 2
