"""Three hundred ways to run a script, in everything that people write: none runs, with and without a content policy.

What is attacked is written straight in the database, past every form: the pages themselves must be inert.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db.models import CharField, TextField
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.translation import override
from playwright.sync_api import Browser, Page

from etablissements.registre.models import Etablissement
from portal.socle.blocs.corps import Corps
from portal.socle.blocs.echantillons import Bibliotheque, echantillon
from portal.socle.blocs.video import FOURNISSEURS
from portal.socle.champs import CorpsField
from portal.socle.pages import PagePortail
from sites.createur import Createur
from sites.models import PageActualite, PageActualites, ReglagesEcole
from sites.sections import ouvrir, sections_de
from tests.fabriques import creer_etablissement
from tests.fabriques.mediatheque import creer_document_public, creer_image

pytestmark = [
    pytest.mark.navigateur,
    pytest.mark.django_db,
    # Wagtail 8.0 leaves the temporary file of a rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]
FAMILLES: dict[str, list[str]] = json.loads((settings.BASE_DIR / "tests/donnees/xss.json").read_text(encoding="utf-8"))
# What may be chosen from a list, and what is not text.
INTOUCHABLES = {"type", "id", "jour", "debut", "fin", "image", "photo", "document", "page"}

# Runs in the page: an event handler, a script, or an address that runs one, wherever it stands.
ACTIFS = """() => {
  const fautes = [];
  const adresse = /^[\\s\\u0000-\\u0020]*(javascript|vbscript|data|livescript):/i;
  const permis = new Set(["href", "src", "srcset", "data-video"]);
  for (const e of document.querySelectorAll("*")) {
    const nom = e.localName;
    if (nom === "script" && e.type === "application/ld+json") {
      // Data for search engines: no browser runs it, and it is still the object that was written.
      try { JSON.parse(e.textContent); } catch { fautes.push(e.outerHTML); }
    } else if (nom === "script" && !/^\\/statiques\\/themes\\//.test(e.getAttribute("src") || "")) {
      fautes.push(e.outerHTML);
    }
    if (["iframe", "object", "embed", "style", "base", "applet", "frame", "form", "math"].includes(nom)
        && e.closest("[data-essai], .redige")) fautes.push(e.outerHTML);
    if (nom === "meta" && (e.httpEquiv || "").toLowerCase() === "refresh") fautes.push(e.outerHTML);
    for (const a of e.attributes) {
      if (/^on/i.test(a.name) || a.name === "style" || a.name === "srcdoc") fautes.push(e.outerHTML);
      if (adresse.test(a.value) && /href|src|action|data|ping/i.test(a.name)) fautes.push(e.outerHTML);
    }
  }
  return fautes.map((f) => f.slice(0, 200));
}"""


@pytest.fixture
def onglet(chromium: Browser) -> Iterator[Page]:
    """A page without any policy, that notes every script that ran."""
    contexte = chromium.new_context(bypass_csp=True)
    page = contexte.new_page()
    page.add_init_script("window.executions = []; window.alert = (x) => window.executions.push(x);")
    page.route("**/*", lambda route: route.abort())
    yield page
    contexte.close()


def ouvrir_html(onglet: Page, html: str) -> list[str]:
    """Load a document, wake every element up, and return what ran or could run."""
    onglet.set_content(html, wait_until="domcontentloaded")
    fautes = onglet.evaluate(ACTIFS)
    onglet.evaluate(
        """() => { for (const e of document.querySelectorAll("body *"))
          for (const nom of ["click", "mouseover", "focus", "error", "load", "toggle", "animationstart"])
            if (!(nom === "click" && e.localName === "a")) e.dispatchEvent(new Event(nom)); }"""
    )
    return fautes + [f"ran: {x}" for x in onglet.evaluate("window.executions || []")]


@pytest.fixture
def bibliotheque(settings, tmp_path) -> Bibliotheque:
    settings.MEDIA_ROOT = tmp_path
    ecole = creer_etablissement()
    Createur().creer(ecole)
    page = PageActualites.objects.get(etablissement=ecole)
    return Bibliotheque(image=creer_image().pk, document=creer_document_public().pk, page=page.pk)


def test_le_corpus_tient_sa_promesse() -> None:
    charges = [charge for famille in FAMILLES.values() for charge in famille]
    assert len(set(charges)) == len(charges) >= 300


def test_le_navigateur_voit_les_attaques(onglet: Page) -> None:
    """Without our cleaning the same corpus runs: the test can fail."""
    vues = 0
    for charge in (charge for famille in FAMILLES.values() for charge in famille):
        vues += bool(ouvrir_html(onglet, f"<!doctype html><body><div class=redige>{charge}</div>"))
    assert vues > 200


def empoisonner(valeur: Any, charge: str) -> Any:
    """Put `charge` in the place of every text of a stored body."""
    if isinstance(valeur, list):
        return [empoisonner(une, charge) for une in valeur]
    if isinstance(valeur, dict):
        return {nom: une if nom in INTOUCHABLES else empoisonner(une, charge) for nom, une in valeur.items()}
    return f"{valeur}{charge}" if isinstance(valeur, str) and "linktype" in valeur else _texte(valeur, charge)


def _texte(valeur: Any, charge: str) -> Any:
    return charge if isinstance(valeur, str) else valeur


@pytest.mark.parametrize("famille", FAMILLES)
def test_rien_ne_s_execute_dans_aucun_bloc(onglet: Page, bibliotheque: Bibliotheque, famille: str) -> None:
    for charge in FAMILLES[famille]:
        corps = Corps().to_python(empoisonner(echantillon("fr", bibliotheque), charge))
        with override("fr"):
            html = render_to_string(
                "composants/corps.html",
                {"corps": corps, "langue": "fr", "sens": "ltr"},
                request=RequestFactory().get("/"),
            )
        assert len(html) > 2000
        assert ouvrir_html(onglet, f"<!doctype html><html lang=fr><body>{html}") == [], charge


def paquets(longueur: int) -> Iterator[str]:
    """The whole corpus, as many payloads together as fit."""
    reste = ""
    for charge in (charge.replace("\0", "") for famille in FAMILLES.values() for charge in famille):
        if len(reste) + len(charge) + 1 > longueur:
            yield reste
            reste = ""
        reste = f"{reste} {charge}".strip()
    yield reste


def textes_de(modele: type) -> dict[str, int]:
    """The text fields that people fill, with the room in each; what is chosen or computed is left alone."""
    exclus = {"path", "url_path", "slug", "gresa", "langue", "translation_key", "content_type"}
    return {
        champ.name: champ.max_length or 10_000
        for champ in modele._meta.concrete_fields
        if isinstance(champ, CharField | TextField)
        and not champ.choices
        and not champ.primary_key
        and champ.name not in exclus
    }


def attaquer(modele: type, cle: int, charge: str) -> None:
    """Write `charge` in every text of a row, past the forms, and in its bodies."""
    objet = modele.objects.get(pk=cle)
    for nom, place in textes_de(modele).items():
        setattr(objet, nom, charge[:place])
    for champ in modele._meta.concrete_fields:
        if isinstance(champ, CorpsField):
            setattr(objet, champ.name, [("texte", charge), ("citation", {"texte": charge, "auteur": charge})])
    champs = [*textes_de(modele), *(c.name for c in modele._meta.concrete_fields if isinstance(c, CorpsField))]
    objet.save(update_fields=champs, **({"clean": False} if isinstance(objet, PagePortail) else {}))


def pages_de(ecole: Etablissement) -> list[PagePortail]:
    """Every page of a school with all its sections open, and a news item."""
    for etat in sections_de(etablissement=ecole):
        if etat.offerte and etat.page is None:
            ouvrir(etablissement=ecole, section=etat.section)
    index = PageActualites.objects.get(etablissement=ecole)
    index.add_child(instance=PageActualite(title="un", slug="un", locale=index.locale, etablissement=ecole))
    accueil = index.get_parent().specific
    pages = [accueil, *(page.specific for page in accueil.get_descendants())]
    for page in pages:
        type(page).objects.filter(pk=page.pk).update(live=True)
    return pages


def test_rien_ne_s_execute_dans_aucun_champ_d_une_page(onglet: Page, client: Client) -> None:
    """Titles, standfirsts, bodies, names of the registry, settings of the school: on every page of a school."""
    ecole = creer_etablissement(type="lycee", cycles=("qualifiant",))
    Createur().creer(ecole)
    pages = pages_de(ecole)
    reglages, _neufs = ReglagesEcole.objects.get_or_create(etablissement=ecole)
    adresses = [page.get_url() for page in pages]
    vues = 0
    for rang, charge in enumerate(paquets(190)):
        for page in pages:
            attaquer(type(page), page.pk, charge)
        attaquer(ReglagesEcole, reglages.pk, charge)
        Etablissement.objects.filter(pk=ecole.pk).update(nom_ar=charge, adresse_fr=charge, adresse_ar=charge)
        # Each packet is read on the news item, and on one of the other pages in turn.
        for adresse in {adresses[rang % len(adresses)], adresses[-1]}:
            reponse = client.get(adresse)
            assert reponse.status_code == 200, adresse
            html = reponse.content.decode()
            vues += "&lt;" in html
            assert ouvrir_html(onglet, html) == [], (adresse, charge)
    assert vues > 50


def test_la_politique_d_une_page_ne_permet_rien_d_en_ligne(client: Client, bibliotheque: Bibliotheque) -> None:
    """The second net, on a page with every block: no inline script or style, no frame but the players'."""
    page = PageActualites.objects.get(pk=bibliotheque.page)
    corps = json.dumps(echantillon("ar", bibliotheque))
    actualite = page.add_child(instance=PageActualite(title="a", slug="a", locale=page.locale, corps=corps))
    politique = client.get(actualite.get_url())["Content-Security-Policy"]
    assert "unsafe" not in politique
    assert "default-src 'none'" in politique
    (cadres,) = [regle for regle in politique.split("; ") if regle.startswith("frame-src")]
    assert cadres.split()[1:] == [fournisseur.cadre for fournisseur in FOURNISSEURS]
