"""The directory: found in either script however it is written, nothing found explained, a constant cost."""

import json

import pytest
from django.conf import settings
from django.test import Client

from etablissements.registre import requetes as registre
from portal.recherche.views import PAR_PAGE
from tests.fabriques import creer_etablissement
from tests.html import PageLue, exiger_page_saine

pytestmark = pytest.mark.django_db

REQUETES = json.loads((settings.BASE_DIR / "tests/donnees/requetes.json").read_text(encoding="utf-8"))


@pytest.fixture
def ecoles():
    idriss = creer_etablissement(
        nom_fr="LYCEE IDRISS II", nom_ar="الثانوية التأهيلية إدريس الثاني", type="lycee", cycles=("qualifiant",)
    )
    ailleurs = creer_etablissement(
        nom_fr="École de l'Étoile", nom_ar="مدرسة النجمة", type="ecole", cycles=("primaire",), direction="07.351"
    )
    return idriss, ailleurs


def chercher(client: Client, langue: str = "fr", **criteres: str) -> PageLue:
    reponse = client.get(f"/{langue}/annuaire/", criteres)
    assert reponse.status_code == 200
    return exiger_page_saine(reponse.content.decode(), langue=langue)


def trouves(page: PageLue) -> list[str]:
    """The schools a page of results leads to."""
    liens = [lien.attributs["href"] or "" for lien in page.tous("a")]
    return [lien.split("/")[3] for lien in liens if "/ecoles/" in lien]


@pytest.mark.parametrize(
    "texte", ["idriss", "IDRISS  ii", "ادريس", "إدريس الثانى", "  الثاني   ادريس ", "lycée idriss", "LYCEE"]
)
@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_le_nom_se_trouve_dans_les_deux_ecritures(client: Client, ecoles, texte: str, langue: str) -> None:
    assert trouves(chercher(client, langue, q=texte)) == [ecoles[0].slug_public]


@pytest.mark.parametrize("texte", ["etoile", "Étoile", "ÉTOILE", "ecole de l etoile"])
def test_les_accents_ne_comptent_pas(client: Client, ecoles, texte: str) -> None:
    assert trouves(chercher(client, q=texte)) == [ecoles[1].slug_public]


def test_le_code_suffit(client: Client, ecoles) -> None:
    for ecole in ecoles:
        assert trouves(chercher(client, q=ecole.gresa.lower())) == [ecole.slug_public]


def test_la_commune_et_le_cycle_filtrent(client: Client, ecoles) -> None:
    idriss, ailleurs = ecoles
    for commune in (idriss.commune.code, idriss.commune.nom_fr.lower(), idriss.commune.nom_ar):
        assert trouves(chercher(client, commune=commune)) == [idriss.slug_public]
    assert trouves(chercher(client, cycle="primaire")) == [ailleurs.slug_public]
    assert trouves(chercher(client, cycle="primaire", commune=idriss.commune.code)) == []
    assert set(trouves(chercher(client))) == {idriss.slug_public, ailleurs.slug_public}


def test_le_formulaire_garde_ce_qui_est_demande_et_n_offre_que_l_utile(client: Client, ecoles) -> None:
    idriss, ailleurs = ecoles
    page = chercher(client, q="<b>idriss", commune=idriss.commune.code, cycle="qualifiant")
    (texte,) = [champ for champ in page.tous("input") if champ.attributs["name"] == "q"]
    assert texte.attributs["value"] == "<b>idriss"
    options = [option.attributs for option in page.tous("option")]
    assert {option["value"] for option in options} == {
        "",
        idriss.commune.code,
        ailleurs.commune.code,
        "qualifiant",
        "primaire",
    }
    assert [option["value"] for option in options if "selected" in option] == [idriss.commune.code, "qualifiant"]


def test_au_dela_d_un_seuil_la_commune_s_ecrit(client: Client, ecoles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registre, "COMMUNES_A_CHOISIR", 1)
    page = chercher(client, commune=ecoles[0].commune.nom_fr)
    (champ,) = [champ for champ in page.tous("input") if champ.attributs["name"] == "commune"]
    assert champ.attributs["value"] == ecoles[0].commune.nom_fr
    assert trouves(page) == [ecoles[0].slug_public]


def test_une_unite_mene_a_son_ecole_et_vient_apres_elle(client: Client, ecoles) -> None:
    ecole = creer_etablissement(nom_fr="SS ARGANE", type="secteur", cycles=("primaire",))
    creer_etablissement(nom_fr="SS ARGANE UNITE A", rattachement=ecole, type="satellite", cycles=("primaire",))
    page = chercher(client, q="argane")
    assert trouves(page) == [ecole.slug_public] * 2
    assert "École satellite, sur la page de : Groupe scolaire Argane" in page.texte


def test_une_ecole_fermee_ne_se_trouve_pas(client: Client, ecoles) -> None:
    creer_etablissement(nom_fr="LYCEE IDRISS FERME", ouvert=False)
    assert trouves(chercher(client, q="idriss")) == [ecoles[0].slug_public]


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_sans_resultat_la_page_conseille(client: Client, ecoles, langue: str) -> None:
    page = chercher(client, langue, q="introuvable")
    assert trouves(page) == []
    assert len(page.tous("li")) >= 3
    assert "/annuaire/" in " ".join(lien.attributs["href"] or "" for lien in page.tous("a"))


@pytest.mark.parametrize("texte", ["\x00", "%", "_", "'\"<script>", "😀", "ـ", "a" * 5000, "()[]\\"])
def test_une_saisie_etrange_ne_casse_rien(client: Client, ecoles, texte: str) -> None:
    chercher(client, q=texte, commune=texte, cycle=texte, page=texte)


def test_un_joker_n_est_qu_un_caractere(client: Client) -> None:
    creer_etablissement(nom_fr="ECOLE XYZ")
    assert trouves(chercher(client, q="X_Z")) == []


def test_les_pages_se_suivent_et_gardent_la_recherche(client: Client) -> None:
    for rang in range(PAR_PAGE + 1):
        creer_etablissement(nom_fr=f"ECOLE ARGANE {rang}")
    premiere = chercher(client, q="argane")
    assert len(trouves(premiere)) == PAR_PAGE
    (suivante,) = [lien.attributs["href"] for lien in premiere.tous("a") if lien.attributs.get("rel") == "next"]
    assert suivante == "?q=argane&page=2"
    assert len(trouves(chercher(client, q="argane", page="2"))) == 1
    assert len(trouves(chercher(client, q="argane", page="99"))) == 1


def test_le_cout_ne_depend_pas_du_nombre(client: Client, django_assert_num_queries) -> None:
    ecole = creer_etablissement()
    chercher(client)
    with django_assert_num_queries(REQUETES["/annuaire/"]):
        chercher(client, q="essais", cycle="college")
    for _rang in range(5):
        creer_etablissement(rattachement=ecole, type="annexe")
    with django_assert_num_queries(REQUETES["/annuaire/"]):
        chercher(client, q="essais", cycle="college")
    with django_assert_num_queries(REQUETES["/annuaire/"] + 1):
        chercher(client, q="essais", commune=ecole.commune.nom_fr)


def test_une_page_de_resultats_n_est_pas_a_indexer(client: Client, ecoles) -> None:
    def robots(page: PageLue) -> list[str | None]:
        return [meta.attributs["content"] for meta in page.tous("meta") if meta.attributs.get("name") == "robots"]

    assert robots(chercher(client)) == []
    assert robots(chercher(client, q="idriss")) == ["noindex, follow"]


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_la_liste_a_une_adresse_et_les_questions_n_en_ont_pas(client: Client, langue: str) -> None:
    for numero in range(PAR_PAGE + 1):
        creer_etablissement(nom_fr=f"ECOLE {numero}")
    publique = settings.URL_PUBLIQUE

    def liens(demandee: str) -> dict[str, str]:
        page = exiger_page_saine(client.get(f"/{langue}/annuaire/{demandee}").content.decode(), langue=langue)
        attributs = [lien.attributs for lien in page.tous("link")]
        return {str(lien.get("hreflang") or lien["rel"]): str(lien["href"]) for lien in attributs}

    for demandee in ("", "?page=1", "?page=abc", "?utm_source=x"):
        assert liens(demandee)["canonical"] == f"{publique}/{langue}/annuaire/"
    for demandee in ("?page=2", "?page=999"):
        trouves = liens(demandee)
        assert trouves["canonical"] == f"{publique}/{langue}/annuaire/?page=2"
        assert (trouves["ar"], trouves["fr"]) == tuple(f"{publique}/{code}/annuaire/?page=2" for code in ("ar", "fr"))
    assert "canonical" not in liens("?q=ecole")
    page = exiger_page_saine(client.get(f"/{langue}/annuaire/?q=ecole").content.decode(), langue=langue)
    assert {a.attributs["href"] for a in page.tous("a") if "hreflang" in a.attributs} == {
        "/ar/annuaire/?q=ecole", "/fr/annuaire/?q=ecole",
    }, "the switch of language keeps the question"  # fmt: skip
