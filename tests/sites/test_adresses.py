"""One short address per school, in both languages, that survives names, capitals and satellites."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from etablissements.registre.models import Etablissement
from sites.models import PageActualite, PageActualites, PageEtablissement, slug_de
from sites.traductions import traduire
from tests.fabriques import creer_etablissement

pytestmark = pytest.mark.django_db


def publier(ecole: Etablissement, slug: str, **champs: object) -> PageActualite:
    index = PageActualites.objects.get(etablissement=ecole)
    return index.add_child(instance=PageActualite(title=f"خبر {slug}", slug=slug, locale=index.locale, **champs))


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_chaque_ecole_repond_a_son_adresse(client: Client, ecoles, langue: str) -> None:
    for ecole in ecoles:
        reponse = client.get(f"/{langue}/ecoles/{slug_de(ecole)}/")
        assert reponse.status_code == 200
        assert (ecole.nom_public_fr if langue == "fr" else ecole.nom_public_ar) in reponse.content.decode()


@pytest.mark.parametrize("forme", ["{code}", "{code_majuscule}", "{code}-un-ancien-nom", "{code_majuscule}-ECOLE"])
@pytest.mark.parametrize("reste", ["", "contact/", "actualites/"])
def test_une_autre_forme_du_code_mene_a_l_adresse(client: Client, ecoles, forme: str, reste: str) -> None:
    ecole, _autre = ecoles
    racine = forme.format(code=ecole.gresa.lower(), code_majuscule=ecole.gresa)
    reponse = client.get(f"/fr/ecoles/{racine}/{reste}")
    assert (reponse.status_code, reponse["Location"]) == (301, f"/fr/ecoles/{slug_de(ecole)}/{reste}")


@pytest.mark.parametrize(
    ("demande", "reste"),
    [
        ("/", ""),
        ("/actualites/", "actualites/"),
        ("actualites//rentree//", "actualites/rentree/"),
        ("ACTUALITES/", "actualites/"),
        ("Actualites/RENTREE", "actualites/rentree/"),
    ],
)
def test_une_barre_de_trop_et_des_capitales_menent_a_l_adresse(
    client: Client, ecoles, demande: str, reste: str
) -> None:
    ecole, autre = ecoles
    publier(ecole, "rentree")
    base = f"/fr/ecoles/{slug_de(ecole)}/"
    reponse = client.get(f"{base}{demande}", follow=True)
    assert {statut for _adresse, statut in reponse.redirect_chain} == {301}
    assert reponse.redirect_chain[-1][0] == f"{base}{reste}"
    assert reponse.status_code == 200
    assert client.get(f"/fr/ecoles/{slug_de(autre)}/actualites/RENTREE/").status_code == 404


def test_une_ecole_qui_reprend_son_nom_ne_fait_tourner_personne_en_rond(client: Client, ecoles) -> None:
    """Browsers keep a 301 for ever when it does not say how long: each would have led to the other."""
    ecole, _autre = ecoles
    for ancien in (f"{ecole.gresa.lower()}-un-autre-nom/", f"{ecole.gresa}/contact/"):
        reponse = client.get(f"/fr/ecoles/{ancien}")
        assert reponse.status_code == 301
        assert "max-age=0" in reponse["Cache-Control"]


@pytest.mark.parametrize(("chemin", "annuaire"), [("/fr/ecoles/", "/fr/annuaire/"), ("/ar/ecoles/", "/ar/annuaire/")])
def test_sans_code_l_adresse_mene_a_l_annuaire(client: Client, ecoles, chemin: str, annuaire: str) -> None:
    reponse = client.get(chemin)
    assert (reponse.status_code, reponse["Location"]) == (302, annuaire)


def test_le_code_d_un_satellite_mene_a_son_ecole(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    satellite = creer_etablissement(rattachement=ecole, type="satellite")
    reponse = client.get(f"/ar/ecoles/{satellite.gresa}/")
    assert (reponse.status_code, reponse["Location"]) == (301, f"/ar/ecoles/{slug_de(ecole)}/")
    assert slug_de(autre) not in reponse["Location"]


@pytest.mark.parametrize("chemin", ["99999x-inconnue/", "abc/", "../../etc/passwd", "16698z/"])
def test_une_ecole_inconnue_est_introuvable(client: Client, ecoles, chemin: str) -> None:
    assert client.get(f"/ar/ecoles/{chemin}").status_code == 404


def test_une_ecole_devenue_satellite_mene_a_son_ecole(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    adresse = f"/fr/ecoles/{autre.slug_public}/"
    assert client.get(adresse).status_code == 200
    autre.rattachement, autre.type = ecole, "satellite"
    autre.save()
    for reste in ("", "contact/", "actualites.rss", "contact/ecrire/"):
        reponse = client.get(f"{adresse}{reste}")
        assert (reponse.status_code, reponse["Location"]) == (301, f"/fr/ecoles/{ecole.slug_public}/")


@pytest.mark.parametrize("reste", ["%00/", "actualites/%00/", "actualites/a%00b/", "actualites/%ED%A0%80/"])
def test_une_adresse_impossible_est_introuvable(client: Client, ecoles, reste: str) -> None:
    assert client.get(f"/ar/ecoles/{ecoles[0].slug_public}/{reste}").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "9" * 30, "x", "٣", "%00", "1e5", ""])
def test_un_numero_de_page_impossible_montre_une_page(client: Client, ecoles, page: str) -> None:
    assert client.get(f"/ar/ecoles/{ecoles[0].slug_public}/actualites/?page={page}").status_code == 200


def test_la_page_d_une_ecole_ne_repond_pas_chez_une_autre(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    publier(ecole, "rentree")
    assert client.get(f"/ar/ecoles/{slug_de(ecole)}/actualites/rentree/").status_code == 200
    assert client.get(f"/ar/ecoles/{slug_de(autre)}/actualites/rentree/").status_code == 404
    assert client.get(f"/ar/ecoles/{slug_de(ecole)}/rentree/").status_code == 404


def test_une_page_depubliee_est_introuvable(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    publier(ecole, "rentree").unpublish()
    assert client.get(f"/ar/ecoles/{slug_de(ecole)}/actualites/rentree/").status_code == 404
    PageEtablissement.objects.get(etablissement=ecole).unpublish()
    assert client.get(f"/ar/ecoles/{slug_de(ecole)}/").status_code == 404
    assert client.get(f"/ar/ecoles/{slug_de(autre)}/").status_code == 200


def test_un_texte_non_traduit_garde_sa_langue_dans_un_cadre_francais(client: Client, ecoles) -> None:
    ecole, _autre = ecoles
    publier(ecole, "rentree", chapo="نص بالعربية")
    page = client.get(f"/fr/ecoles/{slug_de(ecole)}/actualites/rentree/").content.decode()
    assert '<html lang="fr" dir="ltr"' in page
    assert 'lang="ar" dir="rtl"' in page


def test_les_adresses_de_wagtail_sont_les_adresses_courtes(client: Client, ecoles) -> None:
    ecole, _autre = ecoles
    page = publier(ecole, "rentree")
    assert page.get_url() == f"/ar/ecoles/{slug_de(ecole)}/actualites/rentree/"
    assert [adresse.url for adresse in page.adresses()] == [
        f"/ar/ecoles/{slug_de(ecole)}/actualites/rentree/",
        f"/fr/ecoles/{slug_de(ecole)}/actualites/rentree/",
    ]


def test_les_actualites_sont_celles_de_l_ecole_les_plus_recentes_d_abord(ecoles) -> None:
    ecole, autre = ecoles
    publier(ecole, "ancienne", date="2026-09-01")
    publier(ecole, "recente", date="2026-10-01")
    publier(autre, "ailleurs", date="2026-10-02")
    assert [page.slug for page in PageActualite.de(ecole)] == ["recente", "ancienne"]


@pytest.mark.parametrize("methode", ["post", "put", "delete", "options", "trace"])
def test_une_page_d_ecole_se_lit_seulement(client: Client, ecoles, methode: str) -> None:
    reponse = getattr(client, methode)(f"/ar/ecoles/{slug_de(ecoles[0])}/")
    assert (reponse.status_code, reponse["Allow"]) == (405, "GET, HEAD")


def test_la_place_dans_l_arbre_n_est_pas_une_adresse(client: Client, ecoles) -> None:
    for ecole in ecoles:
        accueil = PageEtablissement.objects.get(etablissement=ecole)
        dans_l_arbre = accueil.url_path.partition("/etablissements/")[2]
        assert client.get(f"/ar/etablissements/{dans_l_arbre}").status_code == 404
        assert client.get(accueil.get_url()).status_code == 200


def test_une_page_ne_prend_pas_le_nom_d_une_traduction(ecoles) -> None:
    """Lists would take it for the translation of another, and show it nowhere."""
    ecole, autre = ecoles
    publier(autre, "rentree")
    page = publier(ecole, "rentree")
    page.slug = "rentree__fr"
    with pytest.raises(ValidationError) as refus:
        page.full_clean()
    assert list(refus.value.message_dict) == ["slug"]
    traduction = traduire(page=PageActualite.objects.get(pk=page.pk), langue="fr", auteur=None)
    traduction.full_clean()
    assert traduction.slug == "rentree__fr"
