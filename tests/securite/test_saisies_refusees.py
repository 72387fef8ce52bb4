"""What the issue calls bad input, through the screens where a school sends it: refused, in the reader's language."""

import html
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.images import get_image_model
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from sites.models import PageActualite
from tests.etablissements.bureau.ecoles import Ecole, creer_ecole
from tests.portal.socle.televersements.test_images import PAGE, bombe

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
FICHIERS = {
    "bombe.png": (bombe(), {"fr": "24 millions au plus", "ar": "24 مليون نقطة على الأكثر"}),
    "dessin.svg": (SVG, {"fr": "Ce genre de fichier n'est pas accepté", "ar": "هذا النوع من الملفات غير مقبول"}),
    "dessin.png": (SVG, {"fr": "n'est pas une image lisible", "ar": "هذا الملف ليس صورة مقروءة"}),
    "page.jpg": (b"\xff\xd8\xff\xe0" + PAGE, {"fr": "n'est pas une image lisible", "ar": "هذا الملف ليس صورة مقروءة"}),
}
TROP_DE_LIGNES = {"fr": "5000 lignes ; une page en montre 200 au plus", "ar": "5000 سطر"}


@pytest.fixture(params=["ar", "fr"])
def langue(request) -> Iterator[str]:
    with override(request.param):
        yield request.param


@pytest.fixture
def ecole(client: Client, settings, tmp_path) -> Ecole:
    """Its director is signed in."""
    settings.MEDIA_ROOT = tmp_path
    ecole = creer_ecole()
    client.force_login(ecole.directrice)
    return ecole


@pytest.mark.parametrize("nom", FICHIERS)
def test_un_fichier_hostile_est_refuse_a_chaque_ecran(nom: str, langue: str, ecole: Ecole, client: Client) -> None:
    """The library, and the form of a news item."""
    contenu, messages = FICHIERS[nom]
    nouvelle = reverse("bureau:ecrire_actualite", kwargs={"gresa": ecole.etablissement.gresa.lower()})
    for adresse, champ in ((reverse("wagtailimages:add"), "file"), (nouvelle, "photo")):
        corps = {"title": "x", "image_alt": "x", champ: SimpleUploadedFile(nom, contenu)}
        dit = html.unescape(client.post(adresse, corps).content.decode())
        assert messages[langue] in dit, adresse
    assert not get_image_model().objects.exists()
    assert not PageActualite.objects.exists()


def test_un_tableau_de_5000_lignes_est_refuse_par_l_editeur(langue: str, ecole: Ecole, client: Client) -> None:
    """What was pasted stays in the form."""
    adresse = reverse("wagtailadmin_pages:add", args=["portail_sites", "pageactualite", ecole.actualites.pk])
    contenu = "\n".join(f"{rang}\t{rang * 2}" for rang in range(5_000))
    bloc = {"titre": "x", "contenu": contenu, "source": ""}
    saisie = querydict_from_html(client.get(adresse).content.decode()).dict()
    saisie |= nested_form_data({"corps": streamfield([("tableau", bloc)])}) | {"title": "x", "slug": "x"}
    dit = html.unescape(client.post(adresse, saisie).content.decode())
    assert TROP_DE_LIGNES[langue] in dit
    assert "4999\\t9998" in dit
    assert not PageActualite.objects.exists()


def test_un_nom_d_hote_inconnu_est_refuse_dans_les_deux_langues(client: Client) -> None:
    """Nobody knows in which language: the page says it in both."""
    reponse = client.get("/ar/", headers={"host": "pirate.example.org"})
    page = reponse.content.decode()
    assert reponse.status_code == 400
    assert 'lang="ar"' in page
    assert 'lang="fr"' in page
