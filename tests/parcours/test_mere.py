"""The main job in a real browser: from the ministry's home page to a paper that was verified, then revoked."""

import csv
import io
import re
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings as reglages
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import PdfSignatureStatus, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from etablissements.registre.models import AnneeScolaire, Etablissement
from etablissements.scolarite.models import Eleve
from portal.demonstration.classeurs import ecrire_classeurs
from sites.models import slug_de
from tests.navigateur import surveiller
from tests.outils import exiger_programme

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]

COLLEGE, PRIMAIRE = "16701C", "16698Z"
ECOLES = Path(reglages.BASE_DIR) / "etablissements" / "registre" / "donnees" / "ecoles_tiznit.csv"
MOT_DE_PASSE = "argane-tiznit-2026"
# What the mother reads, in her language.
LIBELLES = {
    "ar": {"nom": "ابن رشد", "mere": "أم", "valide": "صالحة"},
    "fr": {"nom": "ibn rochd", "mere": "mère", "valide": "valide"},
}


@dataclass(frozen=True)
class Bordereau:
    """What is printed on a slip, read from the PDF."""

    code_massar: str
    code: str
    adresse: str


@pytest.fixture
def pays(tmp_path: Path, settings, live_server) -> Path:
    """Two real schools, the pupils of the college imported from a workbook, the slips of one class printed."""
    settings.URL_PUBLIQUE = live_server.url
    with ECOLES.open(encoding="utf-8", newline="") as source:
        entete, *lignes = csv.reader(source)
    deux_ecoles = tmp_path / "ecoles.csv"
    with deux_ecoles.open("w", encoding="utf-8", newline="") as sortie:
        csv.writer(sortie).writerows([entete, *(ligne for ligne in lignes if ligne[0] in {COLLEGE, PRIMAIRE})])
    call_command("importer_etablissements", str(deux_ecoles), stdout=io.StringIO(), stderr=io.StringIO())
    college = Etablissement.objects.get(gresa=COLLEGE)
    classeur = ecrire_classeurs(
        etablissement=college,
        annee=AnneeScolaire.courante(),
        dossier=tmp_path,
        graine=7,
        niveaux={"1APIC": 1},
        taille=18,
    )
    call_command("importer_listes", str(classeur), stdout=io.StringIO(), stderr=io.StringIO())
    pdf = tmp_path / "bordereaux.pdf"
    options = ("--etablissement", COLLEGE, "--classe", "1APIC-1", "--sortie", str(pdf))
    call_command("imprimer_bordereaux", *options, stdout=io.StringIO(), stderr=io.StringIO())
    return pdf


def lire_bordereaux(pdf: Path) -> Iterator[Bordereau]:
    """Read the slips with another program: the text of each page, and its QR codes from the image."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        texte = page.get_textpage().get_text_range()
        for code in zxingcpp.read_barcodes(page.render(scale=3).to_pil()):
            _adresse, _diese, codes = code.text.partition("#")
            massar, secret = codes.split(".")
            assert massar in texte
            assert secret in re.sub(r"[\s\u00a0-]", "", texte)
            yield Bordereau(massar, secret, code.text)
    document.close()


def ouvrir(chromium: Browser, langue: str) -> Page:
    """A phone, 360 px wide, that speaks `langue`. Any script error fails the test."""
    page = chromium.new_context(viewport={"width": 360, "height": 740}, locale=langue).new_page()
    surveiller(page)
    page.set_default_timeout(10_000)
    return page


def remplir_confirmation(page: Page, eleve: Eleve, libelles: dict[str, str]) -> None:
    page.locator("[name=date_naissance]").fill(eleve.date_naissance.strftime("%d/%m/%Y"))
    page.locator("[name=lien][value=mere]").check()
    page.locator("[name=prenom]").fill("Khadija")
    page.locator("[name=nom]").fill("Amzil")
    page.locator("[name=mot_de_passe]").fill(MOT_DE_PASSE)
    page.locator("form[action$='/activation/confirmation/'] button[type=submit]").click()


def telecharger_attestation(page: Page, dossier: Path) -> Path:
    page.locator("form[action$='/attestation/'] button[type=submit]").click()
    with page.expect_download() as attendu:
        page.locator("a[href$='.pdf']").click()
    fichier = dossier / "attestation.pdf"
    attendu.value.save_as(fichier)
    return fichier


def etat_pour_pyhanko(fichier: Path) -> PdfSignatureStatus:
    """What pyHanko says of the signature, chained to the root of this deployment."""
    racine = load_cert_from_pemder(str(Path(reglages.AUTORITE_DIR) / "racine.pem"))
    with fichier.open("rb") as source:
        [signature] = PdfFileReader(source).embedded_signatures
        return validate_pdf_signature(signature, ValidationContext(trust_roots=[racine]))


def verifier_signature(fichier: Path) -> None:
    """The signature holds for pyHanko and for poppler."""
    # pyHanko runs an event loop of its own: in another thread than Playwright's.
    with ThreadPoolExecutor(1) as fil:
        etat = fil.submit(etat_pour_pyhanko, fichier).result()
    assert etat.bottom_line
    assert etat.coverage.name == "ENTIRE_FILE"
    sortie = subprocess.run(
        [exiger_programme("pdfsig"), "-nocert", str(fichier)], capture_output=True, text=True, check=True
    ).stdout
    assert "Signature is Valid" in sortie
    assert "Total document signed" in sortie


def identifiant_imprime(fichier: Path) -> str:
    """The address in the QR code of the paper, read from its image at 150 dpi."""
    document = pypdfium2.PdfDocument(fichier)
    [code] = zxingcpp.read_barcodes(document[0].render(scale=150 / 72).to_pil())
    document.close()
    return code.text


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_du_site_de_l_ecole_au_papier_revoque(
    pays, live_server, chromium: Browser, tmp_path: Path, langue: str
) -> None:
    bordereau, *_autres = lire_bordereaux(pays)
    eleve = Eleve.objects.get(code_massar=bordereau.code_massar)
    libelles = LIBELLES[langue]
    page = ouvrir(chromium, langue)

    # The directory leads to the school's page.
    page.goto(f"{live_server.url}/{langue}/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if langue == "ar" else "ltr")
    page.locator("[name=q]").fill(libelles["nom"])
    page.locator("[name=q]").press("Enter")
    page.locator("main a[href*='/ecoles/']").first.click()
    college = Etablissement.objects.get(gresa=COLLEGE)
    expect(page).to_have_url(f"{live_server.url}/{langue}/ecoles/{slug_de(college)}/")
    expect(page.locator("main")).to_contain_text("18")

    # The slip opens her space.
    page.goto(f"{live_server.url}/activation/")
    expect(page).to_have_url(f"{live_server.url}/{langue}/activation/")
    page.locator("[name=code_massar]").fill(bordereau.code_massar.lower())
    page.locator("[name=code_bordereau]").fill(f"{bordereau.code[:5]}-{bordereau.code[5:]}")
    page.locator("form[action$='/activation/'] button[type=submit]").click()
    remplir_confirmation(page, eleve, libelles)
    expect(page).to_have_url(f"{live_server.url}/{langue}/espace-parents/bienvenue/")
    page.goto(f"{live_server.url}/{langue}/espace-parents/")
    page.locator("main a[href*='/enfants/']").first.click()
    expect(page.locator("main")).to_contain_text("1APIC-1")
    expect(page.locator("main")).to_contain_text(AnneeScolaire.courante().libelle)

    # The paper holds outside the portal, and on its public page.
    fichier = telecharger_attestation(page, tmp_path)
    verifier_signature(fichier)
    adresse = identifiant_imprime(fichier)
    clerc = ouvrir(chromium, langue)
    clerc.goto(adresse)
    expect(clerc.locator(".etat--valide").first).to_be_visible()
    expect(clerc.locator("main")).to_contain_text(eleve.nom_ar)
    clerc.goto(f"{live_server.url}/{langue}/verification/")
    clerc.locator("[name=fichier]").set_input_files(fichier)
    clerc.locator("form[enctype] button[type=submit]").click()
    expect(clerc.locator(".etat--valide").first).to_be_visible()

    # Revoked, it is shown revoked, and she can no longer download it.
    call_command(
        "revoquer_document",
        adresse.rstrip("/").rpartition("/")[2],
        "--motif=erreur de classe",
        "--oui",
        stdout=io.StringIO(),
    )
    clerc.goto(adresse)
    expect(clerc.locator(".etat--revoque").first).to_be_visible()
    expect(clerc.locator(".etat--valide")).to_have_count(0)
    page.reload()
    expect(page.locator("main a[href$='.pdf']")).to_have_count(0)


def test_le_code_qr_remplit_le_formulaire_et_disparait_de_l_adresse(pays, live_server, chromium: Browser) -> None:
    bordereau = next(lire_bordereaux(pays))
    page = ouvrir(chromium, "ar")
    page.goto(bordereau.adresse)
    expect(page.locator("[name=code_massar]")).to_have_value(bordereau.code_massar)
    assert bordereau.code in re.sub(r"\W", "", page.locator("[name=code_bordereau]").input_value())
    expect(page).to_have_url(f"{live_server.url}/ar/activation/")


def test_la_bascule_de_langue_reste_sur_la_page(pays, live_server, chromium: Browser) -> None:
    page = ouvrir(chromium, "ar")
    college = Etablissement.objects.get(gresa=COLLEGE)
    for chemin in (
        f"ecoles/{slug_de(college)}/",
        f"ecoles/{slug_de(college)}/contact/",
        "annuaire/?q=rochd",
        "activation/",
    ):
        page.goto(f"{live_server.url}/ar/{chemin}")
        page.locator(".langues a[hreflang=fr]").click()
        expect(page).to_have_url(f"{live_server.url}/fr/{chemin}")
        expect(page.locator("html")).to_have_attribute("lang", "fr")
        page.locator(".langues a[hreflang=ar]").click()
        expect(page).to_have_url(f"{live_server.url}/ar/{chemin}")


def test_sans_script_tout_se_lit_et_s_envoie(pays, live_server, chromium: Browser) -> None:
    bordereau = next(lire_bordereaux(pays))
    eleve = Eleve.objects.get(code_massar=bordereau.code_massar)
    page = chromium.new_context(
        viewport={"width": 360, "height": 740}, locale="ar", java_script_enabled=False
    ).new_page()
    page.goto(f"{live_server.url}/ar/activation/")
    page.locator("[name=code_massar]").fill(bordereau.code_massar)
    page.locator("[name=code_bordereau]").fill(bordereau.code)
    page.locator("form[action$='/activation/'] button[type=submit]").click()
    remplir_confirmation(page, eleve, LIBELLES["ar"])
    assert page.url == f"{live_server.url}/ar/espace-parents/bienvenue/"
