"""A school's pages are searched in that school, in either script, published ones only; and so does its 404."""

import pytest
from django.test import Client

from etablissements.registre.models import Etablissement
from sites.introuvables.recherche import chercher, mots_de
from sites.models import PageActualite, PageActualites, PageEtablissement
from sites.sections import ouvrir
from sites.variantes import Section
from tests.fabriques import creer_utilisateur
from tests.html import exiger_page_saine

pytestmark = pytest.mark.django_db


def publier(ecole: Etablissement, titre: str, slug: str, *, corps: str = "", **champs: object) -> PageActualite:
    index = PageActualites.objects.get(etablissement=ecole)
    page = PageActualite(title=titre, slug=slug, locale=index.locale, corps=[("texte", corps)], **champs)
    return index.add_child(instance=page)


def titres(ecole: Etablissement, question: str) -> list[str]:
    return [un.titre for un in chercher(PageEtablissement.objects.get(etablissement=ecole), question)]


@pytest.mark.parametrize("question", ["المدرسة", "مدرسه", "اﻷولى", "الاولي", "  أُولى ", "ـأولىـ"])
def test_l_arabe_se_cherche_comme_on_l_ecrit(ecoles, question: str) -> None:
    ecole, autre = ecoles
    publier(ecole, "المدرسة الأولى", "une")
    publier(autre, "المدرسة الأولى", "une")
    assert titres(ecole, question) == ["المدرسة الأولى"]


def test_le_texte_d_une_actualite_se_cherche_apres_les_titres(ecoles) -> None:
    ecole, autre = ecoles
    publier(ecole, "خبر", "une", corps="<p>زيارة <b>الم</b>تحف&nbsp;الوطني</p>", chapo="Visite du musée")
    publier(ecole, "الوطني", "deux")
    publier(autre, "متحف", "trois")
    assert titres(ecole, "الوطني") == ["الوطني", "خبر"]
    assert titres(ecole, "MUSEE visite") == ["خبر"]
    assert titres(ecole, "musée lycée") == []
    assert titres(ecole, "texte") == [], "the name of a block is not a text"


def test_un_brouillon_et_une_page_retiree_ne_se_trouvent_pas(ecoles) -> None:
    ecole, _autre = ecoles
    publiee = publier(ecole, "رحلة", "une")
    publiee.title = "سر"
    publiee.save_revision()
    publier(ecole, "مسودة", "deux", live=False)
    publier(ecole, "ملغى", "trois").unpublish()
    for secret in ("سر", "مسودة", "ملغى"):
        assert titres(ecole, secret) == []
    assert titres(ecole, "رحلة") == ["رحلة"]


def test_ce_qui_est_sous_une_page_retiree_ne_se_trouve_pas(client: Client, ecoles) -> None:
    ecole, _autre = ecoles
    publier(ecole, "رحلة", "une")
    PageEtablissement.objects.get(etablissement=ecole).unpublish()
    assert client.get(f"/ar/ecoles/{ecole.slug_public}/recherche/", {"q": "رحلة"}).status_code == 404


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_la_page_de_recherche(client: Client, ecoles, langue: str, django_assert_num_queries) -> None:
    ecole, autre = ecoles
    publier(ecole, "رحلة مدرسية", "une")
    publier(autre, "رحلة الجوار", "une")
    adresse = f"/{langue}/ecoles/{ecole.slug_public}/recherche/"
    with django_assert_num_queries(4):
        reponse = client.get(adresse, {"q": "رحلة"})
    page = exiger_page_saine(reponse.content.decode(), langue=langue)
    assert "رحلة مدرسية" in page.texte
    assert "الجوار" not in page.texte
    assert [(li.attributs["lang"], li.attributs["dir"]) for li in page.tous("li") if li.attributs.get("dir")][-1:] == [
        ("ar", "rtl")
    ]
    assert "no-store" in reponse["Cache-Control"]
    assert "private" in reponse["Cache-Control"]
    assert client.get(adresse).status_code == 200
    assert client.post(adresse, {"q": "x"}).status_code == 405


@pytest.mark.parametrize(
    ("langue", "question", "nom"), [("fr", "inscriptions", "Inscriptions"), ("ar", "التسجيل", "التسجيل")]
)
def test_une_section_se_trouve_sous_le_nom_de_son_onglet(
    client: Client, ecoles, langue: str, question: str, nom: str
) -> None:
    """Its title in the tree is Arabic: a French reader neither found it nor could read it."""
    ecole, autre = ecoles
    for une in ecoles:
        ouvrir(etablissement=une, section=Section.ADMISSIONS)
    reponse = client.get(f"/{langue}/ecoles/{ecole.slug_public}/recherche/", {"q": question})
    page = exiger_page_saine(reponse.content.decode(), langue=langue)
    (trouvee,) = [li.attributs for li in page.tous("li") if li.attributs.get("class") == "carte"]
    assert trouvee["lang"] == langue
    liens = [a.attributs["href"] for a in page.tous("a")]
    assert liens.count(f"/{langue}/ecoles/{ecole.slug_public}/admissions/") == 2, "the tab and the result"
    assert page.texte.count(nom) >= 2
    assert autre.slug_public not in reponse.content.decode()


@pytest.mark.parametrize("question", ["<script>alert(1)</script>", "\x00", "%", "_", "' OR 1=1 --", "ا" * 5000, "\\"])
def test_une_question_bizarre_est_une_question(client: Client, ecoles, question: str) -> None:
    ecole, _autre = ecoles
    publier(ecole, "رحلة", "une")
    reponse = client.get(f"/fr/ecoles/{ecole.slug_public}/recherche/", {"q": question})
    assert reponse.status_code == 200
    assert "<script>alert" not in reponse.content.decode()
    assert "رحلة" not in exiger_page_saine(reponse.content.decode(), langue="fr").texte


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_une_page_introuvable_cherche_dans_son_ecole(
    client: Client, ecoles, langue: str, django_assert_max_num_queries
):
    ecole, autre = ecoles
    for une in ecoles:
        publier(une, f"رحلة مدرسية {une.gresa}", "sortie")
    with django_assert_max_num_queries(8):
        reponse = client.get(f"/{langue}/ecoles/{ecole.slug_public}/actualites/sortie-2025/")
    assert reponse.status_code == 404
    page = exiger_page_saine(reponse.content.decode(), langue=langue)
    assert f"رحلة مدرسية {ecole.gresa}" in page.texte
    assert f"رحلة مدرسية {autre.gresa}" not in page.texte
    nom = ecole.nom_public_fr if langue == "fr" else ecole.nom_public_ar
    assert nom in page.texte
    assert "no-store" in reponse["Cache-Control"]
    liens = [lien.attributs.get("href") for lien in page.tous("a")]
    assert f"/fr/ecoles/{ecole.slug_public}/actualites/sortie-2025/" in liens, "the language switch stays here"


def test_une_page_introuvable_ne_depend_pas_de_qui_la_lit(client: Client, ecoles) -> None:
    ecole, _autre = ecoles
    adresse = f"/ar/ecoles/{ecole.slug_public}/rien/"
    anonyme = client.get(adresse)
    client.force_login(creer_utilisateur())
    assert client.get(adresse).content == anonyme.content


def test_les_mots_sont_peu_nombreux() -> None:
    assert len(mots_de("mot " * 500)) == 8
