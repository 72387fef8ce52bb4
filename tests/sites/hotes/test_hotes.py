"""A host leads to one school's pages, whatever its spelling; every other host is refused, and never repeated."""

import re
from itertools import product
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from etablissements.registre.models import Etablissement
from sites.hotes.carte import carte
from sites.hotes.noms import lire_hote
from sites.models import HoteEcole
from tests.fabriques import creer_affectation, creer_utilisateur
from tests.html import exiger_page_saine

pytestmark = pytest.mark.django_db
ARGANE = "ecole-argane.ma"
PORTAIL = "https://portail.example.ma"


@pytest.fixture(autouse=True)
def hotes_oublies(settings):
    settings.URL_PUBLIQUE = PORTAIL
    carte.oublier()
    yield
    carte.oublier()


@pytest.fixture
def ecoles(ecoles) -> tuple[Etablissement, Etablissement]:
    """Two schools: the first has a host of its own, the second has only asked for one."""
    HoteEcole.objects.create(etablissement=ecoles[0], hote=ARGANE, verifie_le="2026-10-01T00:00Z")
    HoteEcole.objects.create(etablissement=ecoles[1], hote="ecole-cedre.ma")
    return ecoles


def lire(client: Client, chemin: str, hote: str = ARGANE, **entetes: str):
    return client.get(chemin, headers={"host": hote, **entetes})


@pytest.mark.parametrize("hote", [ARGANE, "ECOLE-Argane.MA", f"{ARGANE}.", f"{ARGANE}:8443", f"{ARGANE}.:80"])
def test_le_nom_mene_aux_pages_de_l_ecole(client: Client, ecoles, hote: str) -> None:
    ecole, autre = ecoles
    for langue, chemin in product(("ar", "fr"), ("", "contact/", "actualites/")):
        reponse = lire(client, f"/{langue}/{chemin}", hote)
        assert reponse.status_code == 200, chemin
        page = exiger_page_saine(reponse.content.decode(), langue=langue)
        assert ecole.nom_public_fr in page.texte or ecole.nom_public_ar in page.texte
        assert autre.nom_public_fr not in page.texte
        liens = {lien.attributs.get("href"): lien.attributs.get("rel") for lien in page.tous("link")}
        assert liens[f"https://{ARGANE}/{langue}/{chemin}"]
        ancres = [lien.attributs["href"] for lien in page.tous("a")]
        assert f"/{langue}/contact/" in ancres
        assert f"{PORTAIL}/{langue}/annuaire/" in ancres
        locales = [lien for lien in ancres if lien.startswith("/")]
        assert all(re.fullmatch(r"/(ar|fr)/(actualites(/|\.rss)|contact/.*)?", lien) for lien in locales), locales


def test_l_adresse_du_portail_annonce_le_nom_de_l_ecole(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    sienne = client.get(f"/fr/ecoles/{ecole.slug_public}/contact/").content.decode()
    assert f'<link rel="canonical" href="https://{ARGANE}/fr/contact/">' in sienne
    assert f'hreflang="ar" href="https://{ARGANE}/ar/contact/"' in sienne
    voisine = client.get(f"/fr/ecoles/{autre.slug_public}/contact/").content.decode()
    assert f'<link rel="canonical" href="{PORTAIL}/fr/ecoles/{autre.slug_public}/contact/">' in voisine, "not proved"


def test_le_flux_dit_ou_il_est(client: Client, ecoles) -> None:
    ecole, _autre = ecoles
    for adresse, base in ((f"/ar/ecoles/{ecole.slug_public}/", PORTAIL), ("/ar/", f"https://{ARGANE}")):
        hote = "testserver" if base == PORTAIL else ARGANE
        flux = ElementTree.fromstring(lire(client, f"{adresse}actualites.rss", hote).content)
        lien = flux.find("channel/{http://www.w3.org/2005/Atom}link")
        assert lien is not None
        assert lien.get("href") == f"{base}{adresse}actualites.rss"


@pytest.mark.parametrize(
    "hote",
    [
        "ecole-cedre.ma",
        "pirate.example.org",
        f"{ARGANE}.example.org",
        f"www.{ARGANE}",
        f"{ARGANE}@example.org",
        f"{ARGANE}, example.org",
        "127.0.0.1.nip.io",
        "169.254.169.254",
        "[::1]x",
        "a b",
        "é.ma",
        "<script>alert(1)</script>",
        "",
    ],
)
def test_un_nom_qui_n_est_pas_des_notres_est_refuse_et_jamais_repete(client: Client, ecoles, hote: str) -> None:
    for chemin in ("/ar/", "/", "/robots.txt", "/ar/gestion/", "/statiques/themes/portail.css"):
        reponse = lire(client, chemin, hote) if hote else client.get(chemin, SERVER_NAME="pirate.example.org")
        assert reponse.status_code == 400
        assert not hote or hote not in reponse.content.decode()
        assert "Location" not in reponse


def test_x_forwarded_host_n_est_jamais_lu(client: Client, ecoles) -> None:
    reponse = client.get("/ar/", headers={"host": "testserver", "x-forwarded-host": "pirate.example.org"})
    assert "pirate" not in reponse.content.decode()
    refusee = client.get("/ar/", headers={"host": "pirate.example.org", "x-forwarded-host": "testserver"})
    assert refusee.status_code == 400


@pytest.mark.parametrize("chemin", ["/ar/gestion/", "/fr/compte/login/", "/ar/annuaire/", "/ar/verification/"])
def test_rien_d_autre_ne_repond_au_nom_de_l_ecole(client: Client, ecoles, chemin: str) -> None:
    reponse = lire(client, chemin)
    assert reponse.status_code == 404
    assert not reponse.cookies


def test_on_n_ecrit_rien_et_on_ne_se_connecte_pas_au_nom_de_l_ecole(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    client.force_login(creer_affectation(etablissement=ecole).utilisateur)
    assert client.post("/ar/", headers={"host": ARGANE}).status_code == 405
    formulaire = lire(client, "/fr/contact/ecrire/")
    assert not formulaire.cookies
    assert formulaire.status_code in {301, 302}
    assert formulaire["Location"].startswith(f"{PORTAIL}/fr/ecoles/{ecole.gresa.lower()}")
    assert lire(client, f"/ar/ecoles/{autre.slug_public}/").status_code == 404, "another school"


def test_les_autres_chemins_menent_a_une_langue(client: Client, ecoles) -> None:
    assert lire(client, "/")["Location"] == "/ar/"
    assert lire(client, "/contact/")["Location"] == "/ar/contact/"
    assert lire(client, "/fr/contact")["Location"] == "/fr/contact/"
    assert lire(client, "//example.org/")["Location"].startswith("/ar/")
    assert lire(client, "/robots.txt").status_code == 200


def test_ni_requete_ni_ecole_de_plus_par_le_nom(client: Client, ecoles, django_assert_num_queries) -> None:
    lire(client, "/ar/contact/")
    with django_assert_num_queries(3) as parcours:
        lire(client, "/ar/contact/")
    ecole, _autre = ecoles
    with django_assert_num_queries(len(parcours)):
        client.get(f"/ar/ecoles/{ecole.slug_public}/contact/")


def test_le_sous_domaine_du_pays_vient_du_code(client: Client, ecoles, settings) -> None:
    settings.DOMAINE_ECOLES = "ecoles.example.ma"
    ecole, autre = ecoles
    reponse = lire(client, "/fr/", f"{autre.gresa.lower()}.ecoles.example.ma")
    assert reponse.status_code == 200
    canonique = f"https://{autre.gresa.lower()}.ecoles.example.ma/fr/"
    assert f'<link rel="canonical" href="{canonique}">' in reponse.content.decode()
    sienne = lire(client, "/fr/", f"{ecole.gresa}.ecoles.example.ma").content.decode()
    assert f'<link rel="canonical" href="https://{ARGANE}/fr/">' in sienne, "its own name comes first"
    assert lire(client, "/fr/", "00000a.ecoles.example.ma").status_code == 400, "the letter is wrong"
    assert lire(client, "/fr/", "ecoles.example.ma").status_code == 400
    assert lire(client, "/fr/", f"x.{ecole.gresa}.ecoles.example.ma").status_code == 400


def test_un_nom_rendu_ne_repond_plus(client: Client, ecoles, django_capture_on_commit_callbacks) -> None:
    ecole, autre = ecoles
    assert lire(client, "/ar/").status_code == 200
    client.force_login(creer_affectation(etablissement=ecole).utilisateur)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("gestion_sites:hote", kwargs={"gresa": ecole.gresa}), {"rendre": "1"})
    assert lire(client, "/ar/").status_code == 400
    assert HoteEcole.objects.get().etablissement == autre


def test_l_ecran_du_directeur(client: Client, ecoles) -> None:
    _ecole, autre = ecoles
    ecran = reverse("gestion_sites:hote", kwargs={"gresa": autre.gresa})
    client.force_login(creer_affectation(etablissement=autre).utilisateur)
    assert HoteEcole.objects.get(etablissement=autre).jeton in client.get(ecran).content.decode()
    client.post(ecran, {"hote": "École-Cèdre.ma."})
    demande = HoteEcole.objects.get(etablissement=autre)
    assert (demande.hote, demande.verifie_le) == ("xn--cole-cdre-53ae.ma", None)
    assert client.post(ecran, {"hote": "http://x"}).context["form"].errors
    for acteur in (creer_affectation().utilisateur, creer_utilisateur(is_superuser=True)):
        client.force_login(acteur)
        assert client.get(ecran).status_code == 404
        assert client.post(ecran, {"rendre": "1"}).status_code == 404


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("Ecole-Argane.MA", ARGANE),
        (f" {ARGANE}. ", ARGANE),
        ("مدرسة-أركان.المغرب", "xn----rmcmf3amdm2mmau.xn--mgbc0a9azcg"),
    ],
)
def test_un_nom_se_lit_comme_un_navigateur_l_ecrit(ecrit: str, lu: str) -> None:
    assert lire_hote(ecrit) == lu


@pytest.mark.parametrize(
    "nom",
    [
        "",
        "argane",
        "localhost",
        "10.0.0.1",
        "[::1]",
        "ecole.local",
        "ecole.internal",
        "testserver",
        "http://ecole.ma",
        "ecole.ma/x",
        "ecole.ma:80",
        "-ecole.ma",
        "ecole..ma",
        "a" * 64 + ".ma",
        ".".join(["abcdefgh"] * 40) + ".ma",
        "ecole.ma\n.example.org",
        "x@ecole.ma",
        "ecole.123",
    ],
)
def test_ce_qui_n_est_pas_un_nom_public_est_refuse(nom: str) -> None:
    with pytest.raises(ValidationError):
        lire_hote(nom)


def test_le_domaine_des_ecoles_ne_se_demande_pas(settings) -> None:
    settings.DOMAINE_ECOLES = "ecoles.example.ma"
    settings.HOTES_PRINCIPAUX = [".portail.example.ma"]
    for nom in ("ecoles.example.ma", "x.ecoles.example.ma", "www.portail.example.ma"):
        with pytest.raises(ValidationError):
            lire_hote(nom)
