"""What machines read at the head of a school's pages: how it is shared, what it is about."""

import datetime
import json
import re

import pytest
from django.conf import settings
from django.test import Client

from etablissements.registre.models import Etablissement
from sites.models import ReglagesEcole
from sites.sections import ouvrir
from sites.variantes import Section
from tests.fabriques.pages import creer_actualite, creer_evenement, creer_image
from tests.html import exiger_page_saine

pytestmark = [
    pytest.mark.django_db,
    # Wagtail 8.0 leaves the temporary file of a rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]
DONNEES = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(autouse=True)
def medias(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def entete(client: Client, chemin: str) -> dict[str, str]:
    """The properties of the head of a page, its title and its description."""
    page = exiger_page_saine(client.get(chemin).content.decode(), langue=chemin[1:3])
    metas = [meta.attributs for meta in page.tous("meta")]
    return {str(meta.get("property") or meta.get("name")): str(meta["content"]) for meta in metas if "content" in meta}


def donnees(client: Client, chemin: str) -> dict:
    return json.loads(DONNEES.search(client.get(chemin).content.decode())[1])


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_une_page_partagee_dit_son_ecole_dans_la_langue_du_lecteur(client: Client, ecoles, langue: str) -> None:
    """A section has an Arabic title in the tree: in French it was shared in Arabic, and without its school."""
    ecole, _autre = ecoles
    for une in ecoles:
        ouvrir(etablissement=une, section=Section.ADMISSIONS)
    base = f"/{langue}/ecoles/{ecole.slug_public}/"
    nom = ecole.nom_public_fr if langue == "fr" else ecole.nom_public_ar
    contact, inscriptions = {"fr": ("Contact", "Inscriptions"), "ar": ("الاتصال", "التسجيل")}[langue]
    assert entete(client, base)["og:title"].startswith(nom)
    assert entete(client, f"{base}contact/")["og:title"] == f"{contact} · {nom}"
    partage = entete(client, f"{base}admissions/")
    assert partage["og:title"] == f"{inscriptions} · {nom}"
    assert partage["og:description"] == partage["description"] != ""
    assert (partage["og:type"], partage["og:locale"]) == ("website", f"{langue}_MA")
    assert (partage["og:image:width"], partage["og:image:height"]) == ("1200", "630")


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_les_pages_au_dessus_des_ecoles_se_decrivent(client: Client, ecoles, langue: str) -> None:
    descriptions = set()
    for chemin in ("", "etablissements/", "etablissements/souss-massa/", "etablissements/souss-massa/tiznit/"):
        partage = entete(client, f"/{langue}/{chemin}")
        assert partage["og:description"] == partage["description"]
        descriptions.add(partage["description"])
    assert len(descriptions) == 3, "the home and the list of academies say the portal, the others who they are"


def test_une_actualite_est_un_article_avec_sa_photo(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    jour = datetime.date(2026, 11, 2)
    creer_actualite(
        ecole, title="خبر أركان", chapo="في سطرين", date=jour, image=creer_image(), image_alt="ساحة المؤسسة"
    )
    creer_actualite(autre, title="خبر الجوار", chapo="عند الجوار")
    partage = entete(client, f"/fr/ecoles/{ecole.slug_public}/actualites/rentree/")
    assert partage["og:type"] == "article"
    assert partage["article:published_time"] == "2026-11-02"
    assert partage["og:title"] == f"خبر أركان · {ecole.nom_public_fr}"
    assert partage["og:description"] == "في سطرين"
    assert partage["og:image"].startswith(settings.URL_PUBLIQUE)
    assert (partage["og:image:width"], partage["og:image:height"]) == ("640", "336"), "a small photo is not enlarged"
    assert partage["og:image:alt"] == "ساحة المؤسسة"
    creer_actualite(autre, "sans-chapeau", title="خبر بلا مقدمة")
    sans = entete(client, f"/fr/ecoles/{autre.slug_public}/actualites/sans-chapeau/")
    assert "og:image:alt" not in sans
    assert sans["description"] == sans["og:description"] == "خبر بلا مقدمة", "never empty"


def test_le_logo_partage_dit_sa_taille(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    ReglagesEcole.objects.create(etablissement=ecole, logo=creer_image())
    partage = entete(client, f"/fr/ecoles/{ecole.slug_public}/")
    assert (partage["og:image:width"], partage["og:image:height"]) == ("600", "375")
    assert entete(client, f"/fr/ecoles/{autre.slug_public}/")["og:image:width"] == "1200"


def test_une_ecole_est_la_meme_dans_les_deux_langues_et_sur_toutes_ses_pages(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    Etablissement.objects.filter(pk=ecole.pk).update(telephone="0528 99.00.11")
    creer_actualite(ecole)
    creer_evenement(ecole)
    base = f"ecoles/{ecole.slug_public}/"
    arabe, francaise = (donnees(client, f"/{langue}/{base}") for langue in ("ar", "fr"))
    assert arabe["@id"] == francaise["@id"] != donnees(client, f"/fr/ecoles/{autre.slug_public}/")["@id"]
    assert arabe["url"] != francaise["url"]
    assert francaise["telephone"] == "+212528990011"
    assert "telephone" not in donnees(client, f"/fr/ecoles/{autre.slug_public}/")
    article = donnees(client, f"/fr/{base}actualites/rentree/")
    assert article["publisher"] == article["author"]
    assert article["publisher"]["@id"] == arabe["@id"]
    assert donnees(client, f"/fr/{base}agenda/reunion/")["organizer"]["@id"] == arabe["@id"]
