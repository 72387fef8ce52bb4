"""A director who never saw a CMS: signs in on a telephone, publishes a news item with a photo, and everybody reads it.

The second journey goes through the approval that a school may ask for. What is counted is printed with `pytest -s`:
taps, fields, and the seconds that the machine took, typing and thinking apart.
"""

import json
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from etablissements.registre.models import Etablissement
from sites.createur import creer_sites
from sites.models import PageActualite, PageActualites, PageEtablissement, ReglagesEcole
from tests.fabriques import creer_affectation, creer_etablissement, creer_utilisateur
from tests.fabriques.comptes import MOT_DE_PASSE
from tests.fabriques.pages import creer_actualite
from tests.navigateur import surveiller
from tests.parcours.test_accessibilite import OPTIONS_AXE

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]

TITRE, TEXTE, ALT = "حملة نظافة بالمؤسسة", "شارك التلاميذ في حملة نظافة.", "تلاميذ ينظفون الساحة"
# On a slow line a journey of the machine's own stays far below this; two minutes are left to whoever types.
TAPES_MAX, CHAMPS_MAX = 6, 6


@dataclass
class Telephone:
    """A telephone 360 px wide, in Arabic, that counts what its owner does.

    Attributes:
        tapes: taps on a link, a button or a file.
        champs: fields filled.
    """

    page: Page
    tapes: int = 0
    champs: int = 0
    depart: float = field(default_factory=time.monotonic)

    def taper(self, selecteur: str) -> None:
        self.tapes += 1
        self.page.locator(selecteur).click()

    def remplir(self, nom: str, valeur: str) -> None:
        self.champs += 1
        self.page.locator(f"[name={nom}]").fill(valeur)

    def compte(self, nom: str) -> None:
        duree = round(time.monotonic() - self.depart, 1)
        print(json.dumps({"parcours": nom, "tapes": self.tapes, "champs": self.champs, "secondes": duree}))
        assert (self.tapes <= TAPES_MAX, self.champs <= CHAMPS_MAX) == (True, True)


@pytest.fixture
def ecole(live_server, settings, tmp_path: Path) -> Etablissement:
    settings.URL_PUBLIQUE = live_server.url
    settings.MEDIA_ROOT = tmp_path / "medias"
    ecole = creer_etablissement()
    list(creer_sites([ecole, creer_etablissement()]))
    return ecole


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Twelve megapixels, as a telephone takes them."""
    fichier = tmp_path / "IMG_20261124_101112.jpg"
    Image.effect_noise((4000, 3000), 60).convert("RGB").save(fichier, "JPEG", quality=80)
    return fichier


def ouvrir(chromium: Browser, langue: str = "ar", **options: object) -> Page:
    page = chromium.new_context(viewport={"width": 360, "height": 740}, locale=langue, **options).new_page()
    surveiller(page)
    page.set_default_timeout(20_000)
    return page


def entrer(telephone: Telephone, adresse: str, identifiant: str) -> None:
    """Sign in, as the address of the back office asks."""
    telephone.page.goto(f"{adresse}/ar/gestion/")
    telephone.remplir("login", identifiant)
    telephone.remplir("password", MOT_DE_PASSE)
    telephone.taper("main form button[type=submit]")


def ecrire(telephone: Telephone, photo: Path) -> None:
    """From the dashboard: one tap, a title, two sentences, a photo, what it shows."""
    telephone.taper("a[href$='/actualites/nouvelle/']")
    telephone.remplir("title", TITRE)
    telephone.remplir("texte", TEXTE)
    telephone.tapes += 1
    telephone.page.locator("[name=photo]").set_input_files(photo)
    telephone.remplir("image_alt", ALT)
    telephone.taper(".redaction__principal")


def exiger_en_ligne(page: Page, adresse: str, ecole: Etablissement) -> None:
    """Read it where everybody does: the page, the list, the home, the feed, the page of the direction."""
    publiee = PageActualite.objects.get(live=True)
    page.goto(f"{adresse}{publiee.get_url()}")
    expect(page.locator("h1")).to_have_text(TITRE)
    expect(page.locator("main")).to_contain_text(TEXTE)
    image = page.locator(f"main img[alt='{ALT}']")
    expect(image).to_be_visible()
    assert image.evaluate("image => image.complete && image.naturalWidth > 0")
    racine = f"{adresse}/ar/ecoles/{ecole.slug_public}/"
    direction = PageEtablissement.objects.get(etablissement=ecole).get_parent().get_url()
    for chemin in (racine, f"{racine}actualites/", f"{adresse}{direction}"):
        page.goto(chemin)
        expect(page.locator("main")).to_contain_text(TITRE)
    flux = page.request.get(f"{racine}actualites.rss")
    assert flux.ok
    assert TITRE in flux.text()


@pytest.mark.parametrize("javascript", [True, False], ids=["avec-script", "sans-script"])
def test_publier_depuis_un_telephone(javascript, ecole, photo, live_server, chromium: Browser) -> None:
    directrice = creer_affectation(etablissement=ecole).utilisateur
    telephone = Telephone(ouvrir(chromium, java_script_enabled=javascript))
    entrer(telephone, live_server.url, directrice.username)
    ecrire(telephone, photo)
    expect(telephone.page.locator(".messages .success")).to_contain_text("تم النشر")
    telephone.compte("publier" if javascript else "publier sans script")
    assert (PageActualite.objects.get().image.width <= 2000) == javascript  # the script spares the line
    exiger_en_ligne(ouvrir(chromium), live_server.url, ecole)


def test_une_photo_sans_description_ne_se_perd_pas(ecole, photo, live_server, chromium: Browser) -> None:
    directrice = creer_affectation(etablissement=ecole).utilisateur
    telephone = Telephone(ouvrir(chromium, java_script_enabled=False))
    entrer(telephone, live_server.url, directrice.username)
    telephone.taper("a[href$='/actualites/nouvelle/']")
    telephone.remplir("title", TITRE)
    telephone.remplir("texte", TEXTE)
    telephone.page.locator("[name=photo]").set_input_files(photo)
    telephone.taper(".redaction__principal")
    expect(telephone.page.locator("[role=alert]").first).to_be_visible()
    expect(telephone.page.locator("img.redaction__vignette")).to_be_visible()
    expect(telephone.page.locator("[name=texte]")).to_have_value(TEXTE)
    telephone.remplir("image_alt", ALT)
    telephone.taper(".redaction__principal")
    exiger_en_ligne(ouvrir(chromium), live_server.url, ecole)


def test_une_session_finie_ne_perd_pas_le_texte(ecole, live_server, chromium: Browser) -> None:
    """What was being written comes back after signing in again, and only to who wrote it."""
    directrice, collegue = (creer_affectation(etablissement=ecole).utilisateur for _rang in range(2))
    telephone = Telephone(ouvrir(chromium))
    page = telephone.page
    entrer(telephone, live_server.url, directrice.username)
    telephone.taper("a[href$='/actualites/nouvelle/']")
    telephone.remplir("title", TITRE)
    telephone.remplir("texte", TEXTE)
    page.context.clear_cookies(name="sessionid")
    telephone.taper(".redaction__principal")
    telephone.remplir("login", directrice.username)
    telephone.remplir("password", MOT_DE_PASSE)
    telephone.taper("main form button[type=submit]")
    expect(page.locator("[data-dire=retrouve]")).to_be_visible()
    expect(page.locator("[name=texte]")).to_have_value(TEXTE)
    page.context.clear_cookies()
    page.reload()
    telephone.remplir("login", collegue.username)
    telephone.remplir("password", MOT_DE_PASSE)
    telephone.taper("main form button[type=submit]")
    expect(page.locator("[name=texte]")).to_have_value("")
    page.context.clear_cookies()
    page.reload()
    telephone.remplir("login", directrice.username)
    telephone.remplir("password", MOT_DE_PASSE)
    telephone.taper("main form button[type=submit]")
    expect(page.locator("[name=title]")).to_have_value(TITRE)
    telephone.taper(".redaction__principal")
    expect(page.locator(".messages .success")).to_be_visible()
    telephone.taper("a[href$='/actualites/nouvelle/']")
    expect(page.locator("[name=title]")).to_have_value("")
    expect(page.locator("[data-dire=retrouve]")).to_be_hidden()


def test_revenir_en_arriere_ne_publie_pas_deux_fois(ecole, live_server, chromium: Browser) -> None:
    """After the back button the form says that it changes what was published, and offers to write something else."""
    telephone = Telephone(ouvrir(chromium))
    page = telephone.page
    entrer(telephone, live_server.url, creer_affectation(etablissement=ecole).utilisateur.username)
    telephone.taper("a[href$='/actualites/nouvelle/']")
    telephone.remplir("title", TITRE)
    telephone.taper(".redaction__principal")
    expect(page.locator(".messages .success")).to_be_visible()
    page.go_back()
    expect(page.locator("[data-dire=fait]")).to_be_visible()
    telephone.remplir("title", "عنوان مصحح")
    telephone.taper(".redaction__principal")
    expect(page.locator(".messages .success")).to_be_visible()
    assert PageActualite.objects.get().title == "عنوان مصحح"
    page.go_back()
    with page.expect_navigation():
        telephone.taper("[data-dire=fait] button")
    expect(page.locator("[data-dire=fait]")).to_be_hidden()
    telephone.remplir("title", "خبر ثان")
    telephone.taper(".redaction__principal")
    expect(page.locator(".messages .success")).to_be_visible()
    assert PageActualite.objects.count() == 2


def test_une_adresse_sans_espace_ne_sort_pas_de_l_ecran(ecole, live_server, chromium: Browser) -> None:
    """A link pasted in a title, or under it, breaks; the list, the home and the direction keep still."""
    lien = f"https://www.example.org/{'x' * 150}"
    liste = PageActualites.objects.get(etablissement=ecole)
    nouvelle = liste.add_child(instance=PageActualite(title=lien, chapo=lien, live=True))
    racine = f"/ar/ecoles/{ecole.slug_public}/"
    direction = PageEtablissement.objects.get(etablissement=ecole).get_parent().get_url()
    page = ouvrir(chromium)
    for chemin in (racine, f"{racine}actualites/", nouvelle.get_url(), direction):
        page.goto(f"{live_server.url}{chemin}")
        expect(page.locator("main")).to_contain_text(lien)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), chemin


def test_avec_l_accord_de_la_direction(ecole, photo, live_server, chromium: Browser) -> None:
    ReglagesEcole.objects.create(etablissement=ecole, moderation_exigee=True)
    redactrice, directrice = creer_utilisateur(), creer_utilisateur()
    creer_affectation(utilisateur=redactrice, etablissement=ecole, role="redacteur")
    creer_affectation(utilisateur=directrice, etablissement=ecole)

    auteur = Telephone(ouvrir(chromium))
    entrer(auteur, live_server.url, redactrice.username)
    ecrire(auteur, photo)
    expect(auteur.page.locator(".messages .success")).to_contain_text("موافقة")
    expect(auteur.page.locator(".tableau__etat--en_attente")).to_be_visible()
    auteur.compte("proposer")
    assert not PageActualite.objects.get().live

    decideur = Telephone(ouvrir(chromium))
    entrer(decideur, live_server.url, directrice.username)
    decideur.taper(".tableau__taches a[href*='/propositions/']")
    expect(decideur.page.locator("article")).to_contain_text(TEXTE)
    decideur.taper("button[value=approve]")
    expect(decideur.page.locator(".messages .success")).to_contain_text("تم النشر")
    decideur.compte("approuver")
    exiger_en_ligne(ouvrir(chromium), live_server.url, ecole)


def test_entree_ne_publie_pas(ecole, live_server, chromium: Browser) -> None:
    """In the full editor, where the first button publishes."""
    directrice = creer_affectation(etablissement=ecole).utilisateur
    actualite = creer_actualite(ecole, title=TITRE)
    telephone = Telephone(ouvrir(chromium))
    entrer(telephone, live_server.url, directrice.username)
    expect(telephone.page.locator("a[href$='/actualites/nouvelle/']").first).to_be_visible()
    telephone.page.goto(f"{live_server.url}/ar/gestion/pages/{actualite.pk}/edit/")
    titre = telephone.page.locator("[name=title]")
    titre.fill(ALT)
    titre.press("Enter")
    telephone.page.wait_for_timeout(500)
    actualite.refresh_from_db()
    assert actualite.title == TITRE
    telephone.taper("[name=action-publish]")
    expect(telephone.page.locator(".messages .success")).to_be_visible()
    actualite.refresh_from_db()
    assert actualite.title == ALT


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_les_ecrans_de_l_ecole_sont_accessibles(ecole, live_server, client, chromium: Browser, langue: str) -> None:
    """axe finds nothing, nothing is wider than the telephone, on each screen that a director opens."""
    directrice = creer_affectation(etablissement=ecole).utilisateur
    client.force_login(directrice)
    page = ouvrir(chromium, langue)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    gresa = ecole.gresa.lower()
    chemins = ["", "messages/", "propositions/", "tutelles/", "reglages-du-site/"]
    chemins += [
        f"ecoles/{gresa}/{fin}/" for fin in ("actualites/nouvelle", "evenements/nouveau", "monographie", "rubriques")
    ]
    fautes = []
    for chemin in chemins:
        page.goto(f"{live_server.url}/{langue}/gestion/{chemin}")
        page.wait_for_selector("#wagtail-sidebar button")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            fautes.append(f"{chemin}: wider than the screen")
        fautes += [
            f"{chemin}: {faute['id']}: {noeud['html'][:160]}"
            for faute in Axe().run(page, context="main", options=OPTIONS_AXE).response["violations"]
            for noeud in faute["nodes"]
        ]
    assert fautes == []
