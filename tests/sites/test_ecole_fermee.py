"""A closed school that no other took over says so on one page, and leads elsewhere from all the others (ADR 31)."""

import datetime

import pytest
from django.test import Client

from etablissements.registre.importation.operations import importer_etablissements
from etablissements.registre.models import Etablissement
from sites.hotes.carte import carte
from sites.models import HoteEcole, MessageRecu
from tests.diffusion import Lecteur
from tests.fabriques import creer_etablissement
from tests.fabriques.pages import creer_actualite
from tests.fabriques.registre import MARRAKECH

pytestmark = pytest.mark.django_db
SOUS_PAGES = ("actualites/", "actualites/rentree/", "contact/", "contact/ecrire/", "recherche/", "inconnue/")


def fermer(ecole: Etablissement, **champs: object) -> str:
    """Close a school; return the address of its home, after the language."""
    Etablissement.objects.filter(pk=ecole.pk).update(ouvert=False, **champs)
    return f"/ecoles/{ecole.slug_public}/"


@pytest.fixture
def fermee(ecoles) -> Etablissement:
    """The first of the two schools, with a piece of news, closed in July."""
    ecole, _autre = ecoles
    creer_actualite(ecole, title="خبر أركان", slug="rentree")
    fermer(ecole, ferme_le=datetime.date(2026, 7, 31))
    return ecole


@pytest.mark.parametrize(
    ("langue", "phrase", "titre"),
    [
        ("fr", "Cet établissement est fermé depuis le 31 juillet 2026.", "(établissement fermé)"),
        ("ar", "هذه المؤسسة مغلقة منذ 31 يوليوز 2026.", "(مؤسسة مغلقة)"),
    ],
)
def test_l_accueil_le_dit_et_mene_ailleurs(
    client: Client, ecoles, fermee, langue: str, phrase: str, titre: str
) -> None:
    _ecole, autre = ecoles
    reponse = client.get(f"/{langue}/ecoles/{fermee.slug_public}/")
    page = reponse.content.decode()
    assert reponse.status_code == 200
    assert phrase in page
    assert titre in page
    assert '<meta name="robots" content="noindex">' in page
    assert f"/{langue}/etablissements/souss-massa/tiznit/" in page
    assert f"/{langue}/ecoles/{autre.slug_public}/" in page
    for absent in ("ld+json", "خبر أركان", "contact/", "recherche/"):
        assert absent not in page.partition("<footer")[0], absent
    ouverte = client.get(f"/{langue}/ecoles/{autre.slug_public}/").content.decode()
    assert phrase not in ouverte
    assert "noindex" not in ouverte


def test_sans_jour_connu_aucun_n_est_invente(client: Client, ecoles) -> None:
    page = client.get(f"/fr{fermer(ecoles[0])}").content.decode()
    assert "Cet établissement est fermé." in page
    assert "fermé depuis" not in page


def test_les_voisines_sont_ouvertes_et_du_meme_cycle(client: Client, ecoles, fermee) -> None:
    """Those of the commune first; neither a unit, nor another closed school, nor one of another direction or cycle."""
    _ecole, autre = ecoles
    ailleurs = creer_etablissement(nom_fr="COLLEGE CHENE", commune="09.581.11.11")
    exclues = [
        creer_etablissement(nom_fr="COLLEGE LOIN", direction=MARRAKECH),
        creer_etablissement(nom_fr="ANNEXE CHENE", type="annexe", rattachement=autre),
        creer_etablissement(nom_fr="COLLEGE FERME", ouvert=False),
        creer_etablissement(nom_fr="LYCEE CHENE", type="lycee", cycles=["qualifiant"]),
    ]
    page = client.get(f"/fr/ecoles/{fermee.slug_public}/").content.decode()
    assert page.index(autre.slug_public) < page.index(ailleurs.slug_public)
    assert not [exclue.nom_fr for exclue in exclues if exclue.slug_public in page]


def test_tout_le_reste_y_mene_et_rien_ne_s_ecrit(client: Client, ecoles, fermee) -> None:
    _ecole, autre = ecoles
    base = f"/fr/ecoles/{fermee.slug_public}/"
    for sous_page in (*SOUS_PAGES, "actualites.rss", "agenda.ics"):
        reponse = client.get(base + sous_page)
        assert (reponse.status_code, reponse.get("Location")) == (302, base), sous_page
    client.post(f"{base}contact/ecrire/", {"nom": "x", "texte": "y", "telephone": "0612345678"})
    assert not MessageRecu.objects.exists()
    assert client.get(f"/fr/ecoles/{autre.slug_public}/contact/ecrire/").status_code == 200


def test_sous_son_nom_aussi(client: Client, ecoles, fermee, settings) -> None:
    settings.URL_PUBLIQUE = "https://portail.example.ma"
    HoteEcole.objects.create(etablissement=fermee, hote="ecole-argane.ma", verifie_le="2026-01-01T00:00Z")
    carte.oublier()
    reponse = client.get("/fr/", headers={"host": "ecole-argane.ma"})
    assert "fermé depuis" in reponse.content.decode()
    reponse = client.get("/fr/actualites/", headers={"host": "ecole-argane.ma"})
    assert (reponse.status_code, reponse["Location"]) == (302, "/fr/")
    carte.oublier()


def test_rouverte_elle_a_son_site_comme_avant(client: Client, ecoles, fermee) -> None:
    Etablissement.objects.filter(pk=fermee.pk).update(ouvert=True, ferme_le=None)
    page = client.get(f"/ar/ecoles/{fermee.slug_public}/").content.decode()
    assert "خبر أركان" in page
    assert client.get(f"/ar/ecoles/{fermee.slug_public}/actualites/rentree/").status_code == 200


def test_fermer_au_registre_fait_tomber_les_copies(
    ecoles, magasin, tmp_path, django_capture_on_commit_callbacks
) -> None:
    ecole, _autre = ecoles
    lecteur = Lecteur()
    adresse = f"/fr/ecoles/{ecole.slug_public}/"
    lecteur.lire(adresse)
    assert lecteur.lire(adresse).du_magasin
    fichier = tmp_path / "ecoles.csv"
    commune, direction = ecole.commune_id, ecole.direction_id
    fichier.write_text(
        "gresa,nom_fr,nom_ar,type,cycles,commune,direction,ferme_le\n"
        f"{ecole.gresa},{ecole.nom_fr},{ecole.nom_ar},{ecole.type},collège,{commune},{direction},2026-07-31\n",
        encoding="utf-8",
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert not importer_etablissements(fichiers=[fichier]).refuse
    lue = lecteur.lire(adresse)
    assert not lue.du_magasin
    assert "fermé depuis le 31 juillet 2026" in lue.corps.decode()
    assert lecteur.lire(adresse).du_magasin
