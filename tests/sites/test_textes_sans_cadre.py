"""Tamazight: a language of texts under an Arabic frame, announced only where there is a text, at no query more."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from wagtail.models import Page

from etablissements.registre.models import Etablissement
from portal.diffusion.magasin import Magasin
from portal.socle.langues import langue_du_texte, sous
from sites.hotes.carte import carte
from sites.models import HoteEcole, PageDirection, PageEtablissement, PageLibre
from sites.plan.requetes import pages_de_l_ecole, pages_du_portail
from sites.traductions import traduire
from tests.diffusion import Lecteur
from tests.fabriques.pages import creer_actualite
from tests.html import PageLue, exiger_page_saine

pytestmark = pytest.mark.django_db
TITRE = "ⴰⵏⴽⵛⵓⵎ ⵏ ⵓⵙⴳⴳⵯⴰⵙ"
ORIGINAL = "الدخول المدرسي"


@pytest.fixture
def ecoles(ecoles) -> tuple[Etablissement, Etablissement]:
    """Two schools with the same news."""
    for ecole in ecoles:
        creer_actualite(ecole, title=ORIGINAL)
    return ecoles


def en_amazighe(page: Page, titre: str = TITRE) -> Page:
    traduction = traduire(page=page, langue="zgh", auteur=None)
    traduction.title = titre
    traduction.save_revision().publish()
    traduction.refresh_from_db()
    return traduction


def actualite(ecole: Etablissement) -> Page:
    return Page.objects.get(slug="rentree", url_path__contains=ecole.gresa.lower()).specific


def adresse(ecole: Etablissement, reste: str = "", langue: str = "zgh") -> str:
    return f"/{langue}/ecoles/{ecole.slug_public}/{reste}"


def lire(client: Client, chemin: str, langue: str = "ar", **entetes: str) -> PageLue:
    reponse = client.get(chemin, headers=entetes)
    assert reponse.status_code == 200
    return exiger_page_saine(reponse.content.decode(), langue=langue)


def annoncees(page: PageLue) -> dict[str | None, str | None]:
    liens = [lien.attributs for lien in page.tous("link") if lien.attributs.get("rel") == "alternate"]
    return {lien["hreflang"]: lien["href"] for lien in liens if "hreflang" in lien}


def proposees(page: PageLue) -> list[str | None]:
    return [lien.attributs["hreflang"] for lien in page.tous("a") if "hreflang" in lien.attributs]


def test_le_texte_se_lit_dans_un_cadre_arabe(client: Client, ecoles) -> None:
    ecole, _autre = ecoles
    traduction = en_amazighe(actualite(ecole))
    reponse = client.get(adresse(ecole, "actualites/rentree/"))
    assert reponse["Content-Language"] == "zgh"
    page = exiger_page_saine(reponse.content.decode(), langue="ar")
    assert TITRE in page.texte
    assert ORIGINAL not in page.texte
    assert "جميع الأخبار" in page.texte, "headings are in Arabic"
    entete = next(element for element in page.tous("header") if element.attributs.get("lang") == "zgh")
    assert entete.attributs["dir"] == "ltr"
    (canonique,) = [lien.attributs["href"] for lien in page.tous("link") if lien.attributs.get("rel") == "canonical"]
    assert canonique == f"{settings.URL_PUBLIQUE}{adresse(ecole, 'actualites/rentree/')}"
    courantes = [lien.attributs for lien in page.tous("a") if "aria-current" in lien.attributs]
    assert [lien["hreflang"] for lien in courantes if "hreflang" in lien] == ["zgh"]
    for langue in ("ar", "fr"):
        with translation.override(langue):
            assert traduction.url == adresse(ecole, "actualites/rentree/")
        assert ORIGINAL in lire(client, adresse(ecole, "actualites/rentree/", langue), langue).texte


@pytest.mark.parametrize("langue", ["ar", "fr", "zgh"])
def test_elle_est_annoncee_la_ou_le_texte_existe_et_la_seulement(client: Client, ecoles, langue: str) -> None:
    ecole, autre = ecoles
    cadre = langue if langue != "zgh" else "ar"
    avant = lire(client, adresse(ecole, "actualites/rentree/", cadre), cadre)
    assert set(annoncees(avant)) == {"ar", "fr", "x-default"}
    assert proposees(avant) == ["ar", "fr"]
    traduction = en_amazighe(actualite(ecole))
    avec = lire(client, adresse(ecole, "actualites/rentree/", langue), cadre)
    assert set(annoncees(avec)) == {"ar", "fr", "zgh", "x-default"}
    for code in ("ar", "fr", "zgh"):
        assert annoncees(avec)[code] == f"{settings.URL_PUBLIQUE}{adresse(ecole, 'actualites/rentree/', code)}"
    assert annoncees(avec)["x-default"] == annoncees(avec)["ar"]
    assert proposees(avec) == ["ar", "fr", "zgh"]
    for sans in (adresse(autre, "actualites/rentree/", cadre), adresse(ecole, "", cadre), f"/{cadre}/"):
        assert proposees(lire(client, sans, cadre)) == ["ar", "fr"], sans
    traduction.unpublish()
    assert proposees(lire(client, adresse(ecole, "actualites/rentree/", cadre), cadre)) == ["ar", "fr"]


@pytest.mark.parametrize("reste", ["", "actualites/", "contact/", "actualites/rentree/"])
def test_sans_texte_l_adresse_mene_a_l_arabe(client: Client, ecoles, reste: str) -> None:
    ecole, autre = ecoles
    en_amazighe(actualite(ecole))
    reponse = client.get(adresse(autre, reste))
    assert (reponse.status_code, reponse["Location"]) == (302, adresse(autre, reste, "ar"))


@pytest.mark.parametrize(
    "chemin", ["", "annuaire/", "annuaire/?q=tiznit", "etablissements/", "compte/login/", "gestion/", "verification/"]
)
def test_rien_d_autre_n_existe_en_amazighe(client: Client, ecoles, chemin: str) -> None:
    reponse = client.get(f"/zgh/{chemin}")
    assert (reponse.status_code, reponse["Location"]) == (302, f"/ar/{chemin}")


def test_le_prefixe_sans_barre_mene_a_l_accueil(client: Client, ecoles) -> None:
    reponse = client.get("/zgh", follow=True)
    assert (reponse.redirect_chain[-1][0], reponse.status_code) == ("/ar/", 200)


def test_les_formulaires_et_les_flux_restent_dans_le_cadre(client: Client, ecoles) -> None:
    ecole, _autre = ecoles
    for reste in ("contact/ecrire/", "recherche/", "actualites.rss"):
        assert client.get(adresse(ecole, reste))["Location"] == adresse(ecole, reste, "ar")
    assert client.post(adresse(ecole, "contact/ecrire/"), {"texte": "x"}).status_code == 302


def test_personne_n_est_mis_en_amazighe_sans_l_avoir_demande(client: Client, ecoles) -> None:
    assert client.get("/", headers={"accept-language": "zgh"})["Location"] == "/ar/"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zgh"
    assert client.get("/")["Location"] == "/ar/"
    assert langue_du_texte() == "ar"


def test_un_ancien_nom_garde_la_langue(client: Client, ecoles) -> None:
    ecole, _autre = ecoles
    en_amazighe(actualite(ecole))
    code = ecole.gresa.lower()
    for ancien, reste in ((f"{code}-ancien-nom", "actualites/rentree/"), (ecole.slug_public, "actualites/rentree")):
        reponse = client.get(f"/zgh/ecoles/{ancien}/{reste}")
        assert (reponse.status_code, reponse["Location"]) == (301, adresse(ecole, "actualites/rentree/"))
    assert client.get(adresse(ecole, "jamais/")).status_code == 404


def test_une_page_libre_a_son_onglet_et_son_lien(client: Client, ecoles) -> None:
    ecole, _autre = ecoles
    accueil = PageEtablissement.objects.get(etablissement=ecole)
    for slug in ("projet", "histoire"):
        accueil.add_child(instance=PageLibre(title=slug, slug=slug, locale=accueil.locale))
    en_amazighe(Page.objects.get(slug="projet").specific, "ⴰⵙⵏⴼⴰⵔ")
    page = lire(client, adresse(ecole, "projet/"))
    onglets = {lien.attributs["href"]: lien.attributs for lien in page.tous("a") if "hreflang" not in lien.attributs}
    assert onglets[adresse(ecole, "projet/")]["lang"] == "zgh"
    assert adresse(ecole, "histoire/", "ar") in onglets
    assert proposees(lire(client, adresse(ecole, "histoire/", "ar"))) == ["ar", "fr"]


def test_les_noeuds_n_existent_que_dans_les_langues_du_cadre(client: Client, ecoles) -> None:
    noeuds = PageDirection.objects.filter(direction=ecoles[0].direction_id).values_list(
        "locale__language_code", flat=True
    )
    assert sorted(noeuds) == ["ar", "fr"]
    assert all(set(entree.adresses) == {"ar", "fr"} for entree in pages_du_portail())


def test_le_plan_l_annonce_avec_son_texte(ecoles, django_assert_num_queries) -> None:
    ecole, autre = ecoles
    en_amazighe(actualite(ecole))
    with django_assert_num_queries(3):
        entrees = {entree.adresses["ar"]: entree.adresses for entree in pages_de_l_ecole(ecole.gresa)}
    avec = entrees.pop(f"{settings.URL_PUBLIQUE}{adresse(ecole, 'actualites/rentree/', 'ar')}")
    assert avec["zgh"] == f"{settings.URL_PUBLIQUE}{adresse(ecole, 'actualites/rentree/')}"
    assert entrees
    assert not any("zgh" in adresses for adresses in entrees.values())
    assert not any("zgh" in entree.adresses for entree in pages_de_l_ecole(autre.gresa))


def test_elle_ne_coute_aucune_requete(client: Client, ecoles, django_assert_num_queries) -> None:
    ecole, _autre = ecoles
    lire(client, adresse(ecole, "actualites/rentree/", "ar"))
    with django_assert_num_queries(3):
        lire(client, adresse(ecole, "actualites/rentree/", "ar"))
    en_amazighe(actualite(ecole))
    with django_assert_num_queries(3):
        lire(client, adresse(ecole, "actualites/rentree/", "ar"))


def test_l_hote_de_l_ecole_la_sert(client: Client, ecoles, settings) -> None:
    settings.URL_PUBLIQUE = "https://portail.example.ma"
    ecole, autre = ecoles
    en_amazighe(actualite(ecole))
    HoteEcole.objects.create(etablissement=ecole, hote="ecole-argane.ma", verifie_le="2026-10-01T00:00Z")
    carte.oublier()
    page = lire(client, "/zgh/actualites/rentree/", host="ecole-argane.ma")
    assert TITRE in page.texte
    assert annoncees(page)["zgh"] == "https://ecole-argane.ma/zgh/actualites/rentree/"
    liens = [lien.attributs["href"] for lien in page.tous("a")]
    assert {"/zgh/actualites/rentree/", "/ar/actualites/rentree/", "/fr/actualites/rentree/"} <= set(liens)
    assert not [lien for lien in liens if lien and "/zgh/ecoles/" in lien]
    for chemin in ("", "contact/", "recherche/"):
        reponse = client.get(f"/zgh/{chemin}", headers={"host": "ecole-argane.ma"})
        assert (reponse.status_code, reponse["Location"]) == (302, f"/ar/{chemin}")
    assert autre.gresa.lower() not in str(liens)
    carte.oublier()


def test_sous_le_domaine_des_ecoles(client: Client, ecoles, settings) -> None:
    settings.URL_PUBLIQUE, settings.DOMAINE_ECOLES = "https://portail.example.ma", "ecoles.example.ma"
    ecole, autre = ecoles
    en_amazighe(actualite(ecole))
    hote = f"{ecole.gresa.lower()}.ecoles.example.ma"
    page = lire(client, "/zgh/actualites/rentree/", host=hote)
    assert annoncees(page)["zgh"] == f"https://{hote}/zgh/actualites/rentree/"
    ailleurs = client.get("/zgh/actualites/rentree/", headers={"host": f"{autre.gresa.lower()}.ecoles.example.ma"})
    assert (ailleurs.status_code, ailleurs["Location"]) == (302, "/ar/actualites/rentree/")


def test_la_copie_publiee_a_sa_langue(ecoles, magasin: Magasin) -> None:
    ecole, _autre = ecoles
    en_amazighe(actualite(ecole))
    lecteur = Lecteur()
    chemin = adresse(ecole, "actualites/rentree/")
    premiere, seconde = lecteur.lire(chemin), lecteur.lire(chemin)
    assert (premiere.du_magasin, seconde.du_magasin) == (False, True)
    assert premiere.corps == seconde.corps
    assert seconde.entetes["Content-Language"] == "zgh"
    assert {nom: valeur for nom, valeur in premiere.entetes.items() if nom != "Vary"} == {
        nom: valeur for nom, valeur in seconde.entetes.items() if nom != "Vary"
    }
    assert not lecteur.lire(adresse(ecole)).du_magasin
    assert not lecteur.lire(adresse(ecole)).du_magasin, "a redirection is never kept"


def test_sous_change_la_langue_d_une_adresse() -> None:
    assert sous("zgh", "/ar/ecoles/99001z-argane/") == "/zgh/ecoles/99001z-argane/"
    assert sous("ar", "/zgh/") == "/ar/"
