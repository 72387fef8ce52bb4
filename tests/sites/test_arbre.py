"""The pages above the schools, and the ministry's home: what leads to a school without searching."""

import pytest
from django.test import Client

from sites.createur import Createur
from tests.fabriques import creer_etablissement
from tests.html import PageLue, exiger_page_saine

pytestmark = pytest.mark.django_db


def lire(client: Client, chemin: str, langue: str = "fr") -> PageLue:
    reponse = client.get(f"/{langue}/{chemin}")
    assert reponse.status_code == 200
    return exiger_page_saine(reponse.content.decode(), langue=langue)


def suivre(page: PageLue, base: str) -> list[str]:
    """The addresses of the cards of a page, made absolute."""
    liens = [lien.attributs for lien in page.tous("a") if lien.attributs.get("class") == "noeud__nom"]
    return [href if href.startswith("/") else base + href for lien in liens if (href := lien["href"])]


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_de_l_accueil_on_descend_jusqu_a_l_ecole(client: Client, langue: str) -> None:
    ecole = creer_etablissement()
    ailleurs = creer_etablissement(direction="07.351")
    createur = Createur()
    createur.creer(ecole)
    createur.creer(ailleurs)
    creer_etablissement(rattachement=ecole, type="annexe")
    academies = suivre(lire(client, "", langue), f"/{langue}/")
    assert academies == suivre(lire(client, "etablissements/", langue), f"/{langue}/etablissements/")
    assert len(academies) == 2
    vues = []
    for academie in academies:
        (direction,) = suivre(lire(client, academie.removeprefix(f"/{langue}/"), langue), academie)
        page = lire(client, direction.removeprefix(f"/{langue}/"), langue)
        vues += suivre(page, direction)
    assert sorted(vues) == sorted(f"/{langue}/ecoles/{une.slug_public}/" for une in (ecole, ailleurs))


def test_une_ecole_remonte_a_sa_direction(client: Client) -> None:
    ecole = creer_etablissement()
    Createur().creer(ecole)
    page = lire(client, f"ecoles/{ecole.slug_public}/")
    montees = [
        lien.attributs["href"] for lien in page.tous("a") if "/etablissements/" in (lien.attributs["href"] or "")
    ]
    assert len(set(montees)) == 3
    for adresse in set(montees):
        assert client.get(adresse).status_code == 200


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_l_accueil_compte_le_registre_et_le_date(client: Client, langue: str) -> None:
    ecole = creer_etablissement()
    creer_etablissement(direction="07.351")
    creer_etablissement(rattachement=ecole, type="annexe")
    creer_etablissement(ouvert=False)
    Createur().creer(ecole)
    page = lire(client, "", langue)
    chiffres = page.texte.split("السجل بالأرقام" if langue == "ar" else "Le registre en chiffres")[1].split()
    assert [mot for mot in chiffres if mot.isdigit()][:5] == ["2", "1", "2", "82", "12"]
    assert "2025" in page.texte
    assert {formulaire.attributs.get("action") for formulaire in page.tous("form")} == {f"/{langue}/annuaire/"}


def test_sans_ecole_l_accueil_ne_compte_rien(client: Client) -> None:
    assert "Le registre en chiffres" not in lire(client, "").texte


def test_les_robots_n_entrent_pas_dans_les_espaces(client: Client) -> None:
    reponse = client.get("/robots.txt")
    assert reponse["Content-Type"].startswith("text/plain")
    lignes = reponse.content.decode().splitlines()
    assert {"User-agent: *", "Disallow: /ar/espace-parents/", "Disallow: /fr/gestion/"} <= set(lignes)
    assert {ligne.rpartition("/ecoles/")[2] for ligne in lignes if "ecoles" in ligne} == {
        "*/recherche/",
        "*/contact/ecrire/",
    }
