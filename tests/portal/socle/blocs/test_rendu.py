"""Every block in both languages: what it shows, and that its cost does not grow with their number."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import override

from portal.socle.blocs import tableau
from portal.socle.blocs.corps import Corps
from portal.socle.blocs.echantillons import ARABE, FRANCAIS, Bibliotheque, echantillon
from portal.socle.blocs.video import FOURNISSEURS
from sites.createur import Createur
from sites.models import PageActualites
from tests.fabriques import creer_etablissement
from tests.fabriques.mediatheque import creer_document_public, creer_image
from tests.html import PageLue, lire_page

pytestmark = [
    pytest.mark.django_db,
    # Wagtail 8.0 leaves the temporary file of a rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]
GABARIT = "composants/corps.html"


def rendre(brut: list[dict], langue: str = "fr") -> PageLue:
    contexte = {"corps": Corps().to_python(brut), "langue": langue, "sens": "rtl" if langue == "ar" else "ltr"}
    with override(langue):
        page = lire_page(render_to_string(GABARIT, contexte, request=RequestFactory().get("/")))
    assert page.fautes == []
    return page


@pytest.mark.parametrize(("langue", "mots"), [("ar", ARABE), ("fr", FRANCAIS)])
def test_chaque_bloc_dit_tout_ce_qu_on_y_a_ecrit(bibliotheque: Bibliotheque, langue: str, mots: dict) -> None:
    page = rendre(echantillon(langue, bibliotheque), langue)
    attendus = [mots["legende"], mots["credit"], mots["document"], mots["galerie"], mots["video"], mots["resume"]]
    attendus += [*mots["avis"][1:2], *mots["appel"], *mots["citation"], mots["source"], mots["tableau"][0]]
    attendus += [valeur for paire in mots["chiffres"][1] for valeur in paire]
    attendus += [mots["horaires"][0], *mots["horaires"][1], "08:00 – 10:00"]
    attendus += [mot for personne in mots["personnel"][1] for mot in personne if mot]
    for attendu in attendus:
        assert attendu in page.texte
    assert [image.attributs["alt"] for image in page.tous("img")] == [mots["alt"]] * 4 + [""]


def test_chaque_bloc_a_son_exemple(bibliotheque: Bibliotheque) -> None:
    corps = Corps()
    for langue in ("ar", "fr"):
        genres = {bloc["type"] for bloc in echantillon(langue, bibliotheque)}
        assert genres == set(corps.child_blocks)
        corps.clean(corps.to_python(echantillon(langue, bibliotheque)))


def test_le_cout_ne_depend_pas_du_nombre_de_blocs(bibliotheque: Bibliotheque, django_assert_num_queries) -> None:
    """Images, their renditions, documents, pages: a query each, for one of each block or for three."""
    une_fois = echantillon("fr", bibliotheque)
    autre = Bibliotheque(image=creer_image().pk, document=creer_document_public().pk, page=bibliotheque.page)
    trois_fois = [*une_fois, *echantillon("ar", autre), *echantillon("fr", autre)]
    rendre(trois_fois)  # makes the renditions, and fills the caches of Wagtail
    with django_assert_num_queries(4):
        rendre(une_fois)
    with django_assert_num_queries(4):
        rendre(trois_fois)


def test_dix_images_coutent_deux_requetes(bibliotheque: Bibliotheque, django_assert_num_queries) -> None:
    brut = [
        {"type": "image", "value": {"image": creer_image().pk, "alt": "Une cour", "legende": "", "credit": ""}}
        for _rang in range(10)
    ]
    rendre(brut)
    with django_assert_num_queries(2):
        page = rendre(brut)
    assert len(page.tous("img")) == 10


def test_ce_qui_a_disparu_ne_se_montre_pas(bibliotheque: Bibliotheque) -> None:
    """An image, a document or a page that was deleted since leaves no broken block behind."""
    parti = Bibliotheque(image=987654, document=987654, page=987654)
    page = rendre(echantillon("fr", parti))
    assert page.tous("img") == []
    assert [lien.attributs.get("href") for lien in page.tous("a")] == [
        None,
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    ]
    assert "huit heures" in page.texte


@pytest.mark.parametrize("cle", ["9" * 30, "9" * 5000, "٣" * 30])
def test_un_lien_vers_un_numero_impossible_n_est_pas_un_lien(bibliotheque: Bibliotheque, cle: str) -> None:
    page = rendre([{"type": "texte", "value": f'<p><a linktype="page" id="{cle}">ici</a></p>'}])
    assert page.texte == "ici"
    assert not page.tous("a") or "href" not in page.tous("a")[0].attributs


def test_les_titres_d_un_corps_suivent_celui_de_la_page(bibliotheque: Bibliotheque) -> None:
    brut = [
        {"type": "texte", "value": "<h3>Titre</h3><p>texte &lt;h3&gt;</p><h4>Sous-titre</h4>"},
        {"type": "personnel", "value": {"titre": "L'équipe", "personnes": []}},
    ]
    niveaux = {}
    for niveau in (2, 3):
        rendu = render_to_string(
            GABARIT, {"corps": Corps().to_python(brut), "langue": "fr", "sens": "ltr", "niveau": niveau}
        )
        page = lire_page(rendu)
        assert page.fautes == []
        assert "<h3>" in page.texte, "what is written stays as it is"
        niveaux[niveau] = re.findall(r"<(h\d)\b", rendu)
    assert niveaux == {2: ["h2", "h3", "h2"], 3: ["h3", "h4", "h3"]}


def test_un_lien_interne_mene_a_la_page_dans_la_langue_du_lecteur(bibliotheque: Bibliotheque) -> None:
    for langue in ("ar", "fr"):
        liens = [lien.attributs["href"] for lien in rendre(echantillon(langue, bibliotheque), langue).tous("a")]
        assert liens.count(f"http://localhost/{langue}/") + liens.count(f"/{langue}/") == 2, liens


def test_le_cadre_parle_la_langue_du_lecteur(bibliotheque: Bibliotheque) -> None:
    """In an Arabic text read in French, what the portal itself says is French and says so."""
    brut = echantillon("ar", bibliotheque)
    corps = Corps().to_python(brut)
    with translation.override("fr"):
        html = render_to_string(GABARIT, {"corps": corps, "langue": "ar", "sens": "rtl"})
    page = lire_page(html)
    assert "Voir la vidéo chez YouTube" in page.texte
    langues = [element.attributs["lang"] for element in page.tous("span") if "lang" in element.attributs]
    assert langues
    assert set(langues) == {"fr"}


def test_les_cellules_d_un_tableau_sont_lues_une_fois(bibliotheque: Bibliotheque, monkeypatch) -> None:
    lues: list[str] = []
    monkeypatch.setattr(tableau, "est_nombre", lambda texte: not lues.append(texte))
    rendre([bloc for bloc in echantillon("fr", bibliotheque) if bloc["type"] == "tableau"])
    assert len(lues) == 6  # two rows of three cells under the headings


def test_un_tableau_nomme_ses_lignes_et_ses_colonnes(bibliotheque: Bibliotheque) -> None:
    page = rendre([bloc for bloc in echantillon("fr", bibliotheque) if bloc["type"] == "tableau"])
    assert [titre.attributs["scope"] for titre in page.tous("th")] == ["col", "col", "col", "row", "row"]
    assert [cellule.attributs.get("class") for cellule in page.tous("td")] == [None, "nombre"] * 2
    assert len(page.tous("caption")) == 1


def test_la_politique_laisse_passer_les_lecteurs_de_video_et_eux_seuls(settings) -> None:
    permis = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["frame-src"]
    assert sorted(permis) == sorted(fournisseur.cadre for fournisseur in FOURNISSEURS)


def test_les_liens_vers_des_ecoles_coutent_une_requete(bibliotheque: Bibliotheque, django_assert_num_queries) -> None:
    """However many schools are named: their addresses are read off their place in the tree."""
    ecoles = [creer_etablissement() for _rang in range(4)]
    for ecole in ecoles:
        Createur().creer(ecole)
    pages = [PageActualites.objects.get(etablissement=ecole) for ecole in ecoles]
    liens = "".join(f'<p><a linktype="page" id="{page.pk}">x</a></p>' for page in pages)
    brut = [{"type": "texte", "value": liens}] * 2
    rendre(brut)
    with django_assert_num_queries(1):
        page = rendre(brut)
    attendus = [f"/fr/ecoles/{ecole.slug_public}/actualites/" for ecole in ecoles] * 2
    assert [lien.attributs["href"].removeprefix("http://localhost") for lien in page.tous("a")] == attendus
