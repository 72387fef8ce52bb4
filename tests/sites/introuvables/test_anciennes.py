"""A page that moved is found at its old address, in one hop, in its own school; nobody is led outside."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from etablissements.registre.models import Etablissement
from etablissements.registre.requetes import ecole_qui_repond
from sites.createur import Createur
from sites.models import AdresseAncienne, PageActualite, PageActualites, PageEtablissement
from tests.fabriques import creer_etablissement

pytestmark = pytest.mark.django_db


@pytest.fixture
def ecoles(ecoles) -> tuple[Etablissement, Etablissement]:
    for ecole in ecoles:
        publier(ecole, "rentree")
    return ecoles


@pytest.fixture(autouse=True)
def signaux(django_capture_on_commit_callbacks):
    """Wagtail sends its signals after the commit: `renommer` plays them."""
    renommer.capture = django_capture_on_commit_callbacks


def publier(ecole: Etablissement, slug: str) -> PageActualite:
    index = PageActualites.objects.get(etablissement=ecole)
    return index.add_child(instance=PageActualite(title=f"خبر {slug}", slug=slug, locale=index.locale))


def renommer(page, slug: str) -> None:
    page.refresh_from_db()
    page.slug = slug
    with renommer.capture(execute=True):
        page.save()


def lire(client: Client, ecole: Etablissement, reste: str, langue: str = "ar"):
    return client.get(f"/{langue}/ecoles/{ecole.slug_public}/{reste}")


def test_l_ancienne_adresse_mene_a_la_page_en_un_saut_et_dans_son_ecole(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    page = PageActualite.objects.get(etablissement=ecole)
    for slug in ("septembre", "septembre-2026", "rentree-2026"):
        renommer(page, slug)
    for ancienne in ("rentree", "septembre", "septembre-2026"):
        for langue in ("ar", "fr"):
            reponse = lire(client, ecole, f"actualites/{ancienne}/", langue)
            assert reponse.status_code == 301
            assert reponse["Location"] == f"/{langue}/ecoles/{ecole.slug_public}/actualites/rentree-2026/"
            assert client.get(reponse["Location"]).status_code == 200
    assert lire(client, autre, "actualites/rentree/").status_code == 200
    assert lire(client, autre, "actualites/septembre/").status_code == 404


def test_une_page_deplacee_dans_son_ecole_garde_son_ancienne_adresse(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    page = PageActualite.objects.get(etablissement=ecole)
    with renommer.capture(execute=True):
        page.move(PageEtablissement.objects.get(etablissement=ecole), pos="last-child")
    assert lire(client, ecole, "actualites/rentree/")["Location"] == f"/ar/ecoles/{ecole.slug_public}/rentree/"
    assert lire(client, autre, "actualites/rentree/").status_code == 200


def test_une_adresse_reprise_est_a_qui_l_occupe(client: Client, ecoles) -> None:
    ecole, _autre = ecoles
    page = PageActualite.objects.get(etablissement=ecole)
    renommer(page, "septembre")
    nouvelle = publier(ecole, "rentree")
    assert lire(client, ecole, "actualites/rentree/").status_code == 200
    renommer(nouvelle, "rentree-2027")
    assert lire(client, ecole, "actualites/rentree/")["Location"].endswith("/rentree-2027/"), "its last occupant"


def test_un_aller_et_retour_ne_tourne_pas_en_rond(client: Client, ecoles) -> None:
    ecole, _autre = ecoles
    page = PageActualite.objects.get(etablissement=ecole)
    renommer(page, "a")
    renommer(page, "rentree")
    assert lire(client, ecole, "actualites/rentree/").status_code == 200
    assert lire(client, ecole, "actualites/a/")["Location"].endswith("/rentree/")
    page.refresh_from_db()
    page.unpublish()
    for adresse in ("actualites/a/", "actualites/rentree/"):
        assert lire(client, ecole, adresse).status_code == 404
    page.delete()
    assert not AdresseAncienne.objects.exists()
    assert lire(client, ecole, "actualites/a/").status_code == 404


def test_le_nom_de_l_ecole_ne_fait_pas_d_ancienne_adresse(client: Client, ecoles) -> None:
    ecole, _autre = ecoles
    ancien = ecole.slug_public
    ecole.nom_fr = "ECOLE ARGANIER"
    ecole.save()
    with renommer.capture(execute=True):
        Createur().creer(ecole)
    assert not AdresseAncienne.objects.exists()
    reponse = client.get(f"/ar/ecoles/{ancien}/actualites/rentree/")
    assert reponse["Location"] == f"/ar/ecoles/{ecole.slug_public}/actualites/rentree/"


def test_une_ecole_fermee_mene_a_celle_qui_lui_succede(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    derniere = creer_etablissement(nom_fr="ECOLE CHENE")
    Createur().creer(derniere)
    for fermee, suivante in ((ecole, autre), (autre, derniere)):
        fermee.ouvert, fermee.successeur = False, suivante
        fermee.save()
    for forme in (ecole.slug_public, ecole.gresa, autre.slug_public):
        reponse = client.get(f"/fr/ecoles/{forme}/contact/")
        assert (reponse.status_code, reponse["Location"]) == (301, f"/fr/ecoles/{derniere.slug_public}/")
    assert ecole_qui_repond(ecole.gresa) == derniere
    assert lire(client, derniere, "").status_code == 200


def test_des_successions_en_cercle_ne_menent_nulle_part(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    for fermee, suivante in ((ecole, autre), (autre, ecole)):
        fermee.ouvert, fermee.successeur = False, suivante
        fermee.save()
    assert ecole_qui_repond(ecole.gresa) is None
    assert lire(client, ecole, "").status_code == 404


@pytest.mark.parametrize("champs", [{"ouvert": True}, {"ouvert": False, "soi": True}])
def test_la_base_refuse_une_succession_impossible(ecoles, champs: dict) -> None:
    ecole, autre = ecoles
    ecole.ouvert = champs["ouvert"]
    ecole.successeur = ecole if champs.get("soi") else autre
    with pytest.raises(IntegrityError), transaction.atomic():
        ecole.save()


CIBLES = ["//{}", "/\\{}", "https://{}", "http:{}", "/%2f{}", "//{}/%2e%2e", "{}", "\\\\{}", "/.{}", "javascript:{}"]
FORMES = ["", "contact/", "?next=", "?page=", "recherche/?q=", "#", "..;/", "%0d%0aLocation:", "@", ";/"]


def test_deux_cents_adresses_piegees_ne_menent_pas_ailleurs(client: Client, ecoles) -> None:
    """Every shape before every target, below a school and in place of its name: what redirects stays here."""
    ecole, _autre = ecoles
    AdresseAncienne.objects.create(
        etablissement=ecole, reste="//pirate.example.org/", page=PageActualite.objects.get(etablissement=ecole)
    )
    essais = 0
    for base in (f"/ar/ecoles/{ecole.slug_public}/", "/ar/ecoles/"):
        for forme in FORMES:
            for cible in CIBLES:
                essais += 1
                reponse = client.get(f"{base}{forme}{cible.format('pirate.example.org')}")
                assert reponse.status_code < 500
                lieu = reponse.get("Location", "/ar/")
                assert lieu.startswith("/ar/"), (forme, cible, lieu)
    assert essais == 200


def test_l_accueil_d_une_ecole_reste_trouve_par_son_code(ecoles) -> None:
    ecole, _autre = ecoles
    accueil = PageEtablissement.objects.get(etablissement=ecole)
    renommer(accueil, f"{ecole.gresa.lower()}-autre")
    assert not AdresseAncienne.objects.exists()
