"""Every page a family, a clerk or a director opens: no axe violation, no blocked resource, no sideways scroll."""

import datetime
import io
import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, Page

from etablissements.registre.models import AnneeScolaire, Etablissement
from etablissements.scolarite.api import delivrer_attestation
from etablissements.scolarite.models import Eleve, Tutelle
from portal.demonstration.classeurs import ecrire_classeurs
from sites.createur import creer_sites
from tests.fabriques import creer_affectation, creer_etablissement, creer_tutelle, creer_tuteur
from tests.fabriques.pages import creer_site_complet
from tests.navigateur import surveiller

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]

# One school of each cycle: GRESA code, registry type, cycles, a level and its number of classes.
ECOLES = (
    ("99511", "ecole", ("primaire",), {"1APG": 1}),
    ("99512", "college", ("college",), {"1APIC": 1}),
    ("99513", "lycee", ("qualifiant",), {"TCSF": 1}),
)
# Rules of WCAG 2.2 AA and the good practices of axe. Only what is wrong is described, which is most of the time spent.
OPTIONS_AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@pytest.fixture
def pays(tmp_path: Path, live_server, settings) -> list[Etablissement]:
    settings.URL_PUBLIQUE = live_server.url
    ecoles = [
        creer_etablissement(
            type=genre,
            cycles=cycles,
            nom_fr=f"ETABLISSEMENT {numero}",
            nom_ar=f"مؤسسة {numero}",
            telephone="0528990011",
        )
        for numero, genre, cycles, _niveaux in ECOLES
    ]
    creer_etablissement(rattachement=ecoles[0], type="satellite")
    list(creer_sites(ecoles))
    for ecole, (_numero, _genre, _cycles, niveaux) in zip(ecoles, ECOLES, strict=True):
        classeur = ecrire_classeurs(
            etablissement=ecole, annee=AnneeScolaire.courante(), dossier=tmp_path, graine=3, niveaux=niveaux, taille=18
        )
        call_command("importer_listes", str(classeur), stdout=io.StringIO(), stderr=io.StringIO())
    return ecoles


def ouvrir(chromium: Browser, langue: str, largeur: int, **options: object) -> Page:
    page = chromium.new_context(viewport={"width": largeur, "height": 800}, locale=langue, **options).new_page()
    surveiller(page, console=True)
    page.set_default_timeout(10_000)
    return page


def examiner(page: Page, adresse: str) -> list[str]:
    """Return what is wrong with one page: axe's violations, and a page wider than the screen."""
    page.goto(adresse)
    fautes = [
        f"{adresse}: {faute['id']}: {faute['nodes'][0]['html'][:120]}"
        for faute in Axe().run(page, options=OPTIONS_AXE).response["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        fautes.append(f"{adresse}: wider than the screen")
    return fautes


def connecter(page: Page, adresse: str, client: Client) -> None:
    """Give the browser the session of a signed-in test client."""
    jeton = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": jeton, "url": adresse}])


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_les_pages_publiques(pays, live_server, chromium: Browser, langue: str, theme: str) -> None:
    page = ouvrir(chromium, langue, 360 if theme == "light" else 1280, color_scheme=theme)
    base = f"{live_server.url}/{langue}"
    chemins = ["/", "/annuaire/", "/annuaire/?q=zzz", "/etablissements/", "/etablissements/souss-massa/"]
    chemins += ["/etablissements/souss-massa/tiznit/", "/verification/", "/activation/", "/compte/login/"]
    chemins += [f"/ecoles/{ecole.gresa}/{reste}" for ecole in pays for reste in ("", "actualites/", "contact/")]
    fermee = creer_etablissement(nom_fr="ECOLE FERMEE", ouvert=False, ferme_le=datetime.date(2026, 7, 31))
    list(creer_sites([fermee]))
    chemins.append(f"/ecoles/{fermee.gresa}/")
    assert [faute for chemin in chemins for faute in examiner(page, base + chemin)] == []


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_un_texte_deux_fois_plus_grand_ne_fait_pas_glisser_la_page(
    pays, live_server, chromium: Browser, langue: str
) -> None:
    """Somebody who reads with difficulty doubles the letters of the telephone (WCAG 1.4.4), not the screen."""
    page = ouvrir(chromium, langue, 360, bypass_csp=True)
    trop_larges = []
    chemins = ["/", "/annuaire/", "/etablissements/souss-massa/tiznit/", "/verification/"]
    chemins += [f"/ecoles/{ecole.gresa}/{reste}" for ecole in pays for reste in ("", "actualites/", "contact/")]
    for chemin in chemins:
        page.goto(f"{live_server.url}/{langue}{chemin}")
        page.add_style_tag(content="html { font-size: 200% !important }")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            trop_larges.append(chemin)
    assert trop_larges == []


@pytest.mark.parametrize("largeur", [360, 1280])
def test_ce_que_trouve_l_annuaire_est_a_l_ecart_de_son_formulaire(
    pays, live_server, chromium: Browser, largeur: int
) -> None:
    """Another list of results, with the same name, took its margin away."""
    page = ouvrir(chromium, "ar", largeur)
    page.goto(f"{live_server.url}/ar/annuaire/")
    formulaire, titre = (page.locator(ou).bounding_box() for ou in ("main .carte:has(form)", "#resultats"))
    assert titre["y"] - (formulaire["y"] + formulaire["height"]) >= 24


@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("langue", ["ar", "fr"])
@pytest.mark.parametrize("rang", [0, 1, 2], ids=["primaire", "college", "lycee"])
def test_chaque_page_d_un_site_complet(
    live_server, settings, tmp_path: Path, chromium: Browser, langue: str, rang: int
) -> None:
    """Every page type in every cycle and language; the policy lets the structured data be."""
    settings.URL_PUBLIQUE, settings.MEDIA_ROOT = live_server.url, tmp_path
    _numero, genre, cycles, _niveaux = ECOLES[rang]
    ecole = creer_etablissement(type=genre, cycles=(*(("prescolaire",) if genre == "ecole" else ()), *cycles))
    chemins = creer_site_complet(ecole)
    page = ouvrir(chromium, langue, 360 if langue == "ar" else 1280)
    base = f"{live_server.url}/{langue}/ecoles/{ecole.slug_public}/"
    assert [faute for chemin in chemins for faute in examiner(page, base + chemin)] == []
    page.goto(base)
    faits = json.loads(page.locator('script[type="application/ld+json"]').text_content())
    assert (faits["identifier"]["value"], faits["address"]["addressCountry"]) == (ecole.gresa, "MA")


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_les_pages_de_la_famille(pays, live_server, client: Client, chromium: Browser, langue: str) -> None:
    tuteur = creer_tuteur()
    tutelles = [creer_tutelle(tuteur=tuteur, eleve=eleve) for eleve in Eleve.objects.order_by("pk")[:2]]
    papier = delivrer_attestation(tutelle_cle=tutelles[0].cle, utilisateur_id=tuteur.utilisateur_id)
    client.force_login(tuteur.utilisateur)
    page = ouvrir(chromium, langue, 360)
    connecter(page, live_server.url, client)
    base = f"{live_server.url}/{langue}"
    chemins = ["/espace-parents/", f"/espace-parents/enfants/{tutelles[0].cle}/", "/activation/"]
    chemins += ["/compte/password/change/", "/compte/logout/", f"/verification/{papier.document_id}/"]
    assert [faute for chemin in chemins for faute in examiner(page, base + chemin)] == []


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_le_bureau_de_l_ecole_tient_sur_un_telephone(
    pays, live_server, client: Client, chromium: Browser, langue: str
) -> None:
    eleve = Eleve.objects.filter(inscriptions__classe__etablissement=pays[1]).first()
    creer_tutelle(eleve=eleve)
    directrice = creer_affectation(etablissement=pays[1]).utilisateur
    client.force_login(directrice)
    page = ouvrir(chromium, langue, 360)
    connecter(page, live_server.url, client)
    for chemin in ("", "tutelles/"):
        page.goto(f"{live_server.url}/{langue}/gestion/{chemin}")
        assert page.locator("html").get_attribute("dir") == ("rtl" if langue == "ar" else "ltr")
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), chemin
    assert Tutelle.objects.count() == 1
