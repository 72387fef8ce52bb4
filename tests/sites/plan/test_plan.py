"""The site map names each page once a language, in its academy, and costs the same whatever the number of schools."""

import datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from etablissements.registre.models import Etablissement
from sites.createur import Createur
from sites.hotes.carte import carte
from sites.models import HoteEcole, PageActualite, PageActualites
from sites.plan import requetes
from sites.traductions import traduire
from tests.diffusion import Lecteur
from tests.fabriques import creer_etablissement
from tests.fabriques.registre import MARRAKECH, gresa

pytestmark = pytest.mark.django_db
PORTAIL = "https://portail.example.ma"
PLAN = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(autouse=True)
def adresse_publique(settings):
    settings.URL_PUBLIQUE = PORTAIL
    carte.oublier()
    yield
    carte.oublier()


@pytest.fixture
def ecoles() -> tuple[Etablissement, Etablissement]:
    """Two schools, in two academies."""
    creees = creer_etablissement(nom_fr="ECOLE ARGANE"), creer_etablissement(nom_fr="ECOLE CEDRE", direction=MARRAKECH)
    createur = Createur()
    for ecole in creees:
        createur.creer(ecole)
    return creees


def lire(client: Client, chemin: str, **entetes: str) -> ElementTree.Element:
    reponse = client.get(chemin, headers=entetes)
    assert reponse.status_code == 200
    assert reponse["Content-Type"] == "application/xml"
    return ElementTree.fromstring(reponse.content)


def adresses(plan: ElementTree.Element) -> list[str]:
    return [str(lieu.text) for lieu in plan.iter(f"{PLAN}loc")]


def test_l_index_mene_a_une_section_par_academie(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    index = adresses(lire(client, "/sitemap.xml"))
    assert index == [f"{PORTAIL}/sitemap-{nom}.xml" for nom in ("portail", "09-1", "07-1")]
    section = adresses(lire(client, "/sitemap-09-1.xml"))
    assert sorted(section) == sorted(
        f"{PORTAIL}/{langue}/ecoles/{ecole.slug_public}/{reste}"
        for langue in ("ar", "fr")
        for reste in ("", "actualites/", "contact/")
    )
    assert all(autre.slug_public in adresse for adresse in adresses(lire(client, "/sitemap-07-1.xml")))


def test_chaque_adresse_du_plan_repond_et_nomme_les_autres_langues(client: Client, ecoles) -> None:
    plan = lire(client, "/sitemap-09-1.xml")
    for url in plan.iter(f"{PLAN}url"):
        adresse = url.findtext(f"{PLAN}loc", "")
        assert client.get(adresse.removeprefix(PORTAIL)).status_code == 200
        liens = {lien.get("hreflang"): lien.get("href") for lien in url.iter(f"{XHTML}link")}
        assert set(liens) == {"ar", "fr", "x-default"}
        assert adresse in liens.values()
        assert liens["x-default"] == liens["ar"]


def test_le_portail_a_sa_section(client: Client, ecoles) -> None:
    section = adresses(lire(client, "/sitemap-portail.xml"))
    assert f"{PORTAIL}/ar/" in section
    assert f"{PORTAIL}/fr/" in section
    assert f"{PORTAIL}/fr/annuaire/" in section
    assert not [adresse for adresse in section if "/ecoles/" in adresse]
    for adresse in section:
        assert client.get(adresse.removeprefix(PORTAIL)).status_code == 200, adresse


def test_seul_ce_qui_est_publie_y_est_avec_sa_date(client: Client, ecoles) -> None:
    ecole, _autre = ecoles
    index = PageActualites.objects.get(etablissement=ecole)
    page = index.add_child(instance=PageActualite(title="خبر", slug="une", locale=index.locale, live=False))
    chemin = f"/sitemap-ecole-{ecole.gresa.lower()}.xml"
    assert not [adresse for adresse in adresses(lire(client, chemin)) if "une/" in adresse]
    page.save_revision().publish()
    page.refresh_from_db()
    (date,) = {
        url.findtext(f"{PLAN}lastmod")
        for url in lire(client, chemin).iter(f"{PLAN}url")
        if "une/" in url.findtext(f"{PLAN}loc", "")
    }
    assert date == page.last_published_at.isoformat(timespec="seconds")
    traduction = traduire(page=page, langue="fr", auteur=None)
    traduction.save_revision().publish()
    traduite_le = page.last_published_at + datetime.timedelta(days=1)
    PageActualite.objects.filter(pk=traduction.pk).update(last_published_at=traduite_le)
    dates = [
        url.findtext(f"{PLAN}lastmod")
        for url in lire(client, chemin).iter(f"{PLAN}url")
        if "une/" in url.findtext(f"{PLAN}loc", "")
    ]
    assert dates == [traduite_le.isoformat(timespec="seconds")] * 2, (
        "one address a language, changed by its translation"
    )


def test_le_nom_de_l_ecole_a_son_plan_et_ses_robots(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    HoteEcole.objects.create(etablissement=ecole, hote="ecole-argane.ma", verifie_le="2026-10-01T00:00Z")
    attendues = sorted(
        f"https://ecole-argane.ma/{langue}/{r}" for langue in ("ar", "fr") for r in ("", "actualites/", "contact/")
    )
    assert sorted(adresses(lire(client, "/sitemap.xml", host="ecole-argane.ma"))) == attendues
    assert sorted(adresses(lire(client, "/sitemap-09-1.xml"))) == attendues
    assert sorted(adresses(lire(client, f"/sitemap-ecole-{ecole.gresa.lower()}.xml"))) == attendues
    robots = client.get("/robots.txt", headers={"host": "ecole-argane.ma"}).content.decode()
    assert "Sitemap: http://ecole-argane.ma/sitemap.xml" in robots
    assert "gestion" not in robots
    principal = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {PORTAIL}/sitemap.xml" in principal
    assert "Disallow: /ar/gestion/" in principal
    assert autre.gresa.lower() not in robots + principal


@pytest.mark.parametrize(
    "chemin",
    ["sitemap-99-1", "sitemap-09-2", "sitemap-09-0", "sitemap-ecole-99999x", "sitemap-ecole-00000a", "sitemap-09"],
)
def test_une_section_qui_n_existe_pas_est_introuvable(client: Client, ecoles, chemin: str) -> None:
    assert client.get(f"/{chemin}.xml").status_code == 404


@pytest.mark.parametrize("nombre", [1, 6])
def test_le_plan_coute_autant_quel_que_soit_le_nombre(client: Client, nombre: int, django_assert_num_queries) -> None:
    createur = Createur()
    for rang in range(nombre):
        ecole = creer_etablissement()
        createur.creer(ecole)
        HoteEcole.objects.create(etablissement=ecole, hote=f"ecole-{rang}.ma", verifie_le="2026-10-01T00:00Z")
    for chemin, requetes_dues in (
        ("/sitemap.xml", 2),
        ("/sitemap-09-1.xml", 3),
        ("/sitemap-portail.xml", 1),
        (f"/sitemap-ecole-{ecole.gresa.lower()}.xml", 3),
    ):
        with django_assert_num_queries(requetes_dues):
            client.get(chemin)


def test_une_academie_trop_grande_a_plusieurs_sections(client: Client, ecoles, monkeypatch) -> None:
    monkeypatch.setattr(requetes, "PAGES_PAR_SECTION", 2)
    index = adresses(lire(client, "/sitemap.xml"))
    assert [adresse for adresse in index if "-09-" in adresse] == [
        f"{PORTAIL}/sitemap-09-1.xml",
        f"{PORTAIL}/sitemap-09-2.xml",
    ]
    parties = [adresses(lire(client, f"/sitemap-09-{rang}.xml")) for rang in (1, 2)]
    assert [len(partie) for partie in parties] == [4, 2]
    assert not set(parties[0]) & set(parties[1])


@pytest.mark.parametrize("devenue", ["fermée", "reprise", "unité"])
def test_ce_qui_mene_ailleurs_n_est_pas_au_plan(client: Client, ecoles, devenue: str) -> None:
    """Neither a closed school, nor one that another took over, nor the pages that a unit had as a school."""
    ecole, autre = ecoles
    voisine = creer_etablissement(nom_fr="ECOLE THUYA")
    Createur().creer(voisine)
    suites = {"fermée": {"ouvert": False}, "reprise": {"ouvert": False, "successeur": autre}}
    champs = suites.get(devenue, {"rattachement": autre})
    Etablissement.objects.filter(pk=ecole.pk).update(**champs)
    section = adresses(lire(client, "/sitemap-09-1.xml"))
    assert len(section) == 6
    assert all(voisine.slug_public in adresse for adresse in section)
    assert client.get(f"/sitemap-ecole-{ecole.gresa.lower()}.xml").status_code == 404
    Etablissement.objects.filter(pk=voisine.pk).update(**champs)
    assert f"{PORTAIL}/sitemap-09-1.xml" not in adresses(lire(client, "/sitemap.xml"))


def test_un_code_sans_ecole_n_a_ni_robots_ni_copie(ecoles, settings, magasin) -> None:
    """Anybody may make up valid codes: none of them fills the store of published copies."""
    settings.URL_PUBLIQUE, settings.DOMAINE_ECOLES = "http://testserver", "ecoles.example.ma"
    ecole, autre = ecoles
    unite = creer_etablissement(nom_fr="SAT THUYA", type="satellite", rattachement=autre)

    def lire_chez(code: str, chemin: str) -> int:
        return Lecteur(f"{code.lower()}.ecoles.example.ma").lire(chemin).statut

    for code in (gresa(98_765), unite.gresa):
        for chemin in ("/robots.txt", "/sitemap.xml", "/", "/ar/"):
            assert lire_chez(code, chemin) in {404, 301, 302}
        assert lire_chez(code, "/robots.txt") == 404
    assert not [chemin for chemin in magasin.pages.rglob("*") if chemin.is_file()]
    assert lire_chez(ecole.gresa, "/robots.txt") == 200
    assert [chemin.parent.name for chemin in magasin.pages.rglob("*") if chemin.is_file()]
