"""Three hundred ways to run a script, in everything that people write: none runs, with and without a content policy.

What is attacked is written straight in the database, past every form: the pages themselves must be inert.
"""

import json
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.translation import override
from playwright.sync_api import Page

from portal.socle.blocs.corps import Corps
from portal.socle.blocs.echantillons import Bibliotheque, echantillon
from portal.socle.blocs.video import FOURNISSEURS
from sites.createur import Createur
from sites.models import PageActualite, PageActualites
from tests.fabriques import creer_etablissement
from tests.fabriques.mediatheque import creer_document_public, creer_image

from .navigateur import ouvrir
from .poison import FAMILLES

pytestmark = [
    pytest.mark.navigateur,
    pytest.mark.django_db,
    # Wagtail 8.0 leaves the temporary file of a rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]
# What may be chosen from a list, and what is not text.
INTOUCHABLES = {"type", "id", "jour", "debut", "fin", "image", "photo", "document", "page"}


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
        vues += bool(ouvrir(onglet, f"<!doctype html><body><div class=redige>{charge}</div>"))
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
        assert ouvrir(onglet, f"<!doctype html><html lang=fr><body>{html}") == [], charge


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
