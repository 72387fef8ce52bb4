"""The school, the year and the level that a list names; what is unknown, ambiguous or contradictory."""

import itertools

import pytest

from etablissements.registre.models import Direction, Niveau
from etablissements.scolarite.echanges.liste_eleves import ListeClasse
from etablissements.scolarite.echanges.references import References, cle_de_direction, resoudre
from tests import fabriques

pytestmark = pytest.mark.django_db

PLACES = {"direction": "C6", "etablissement": "G6", "niveau": "C7", "annee": "G7", "classe": "C8"}


def liste(feuille: str = "1APIC-1", **entete: str) -> ListeClasse:
    defauts = {
        "direction": "إقليم: تيزنيت",
        "etablissement": "الثانوية الاعدادية التجارب",
        "niveau": "الأولى إعدادي مسار دولي",
        "annee": "2025/2026",
        "classe": "1APIC-1",
    }
    return ListeClasse(feuille, defauts | entete, PLACES)


def resolu(*listes: ListeClasse, impose=None):
    trouve, _annee, defauts = resoudre(listes, references=References(), impose=impose)
    assert defauts == []
    return trouve


def motif(*listes: ListeClasse, impose=None) -> tuple[str, str]:
    trouve, _annee, defauts = resoudre(listes, references=References(), impose=impose)
    assert trouve is None
    assert len(defauts) == 1, defauts
    return defauts[0].cellule, defauts[0].motif


def test_l_ecole_l_annee_et_le_niveau_se_trouvent(college, voisin) -> None:
    trouve = resolu(liste())
    assert (trouve.etablissement, trouve.annee.code) == (college, "2025-2026")
    assert [(classe.libelle, classe.niveau.code) for classe in trouve.classes] == [("1APIC-1", "1APIC")]


@pytest.mark.parametrize(
    "entete",
    [
        {"direction": "تيزنيت"},
        {"direction": "المديرية الإقليمية تيزنيت"},
        {"direction": "Tiznit"},
        {"direction": "Province: Tiznit"},
        {"direction": "Direction provinciale de Tiznit"},
        {"etablissement": "الثانوية  الإعدادية التجارب"},
        {"etablissement": "Collège des essais"},
        {"etablissement": "LYCEE COLLEGIAL DES ESSAIS"},
        {"annee": "2025-2026"},
        {"annee": "٢٠٢٥/٢٠٢٦"},
        {"annee": "2025 / 2026"},
        {"classe": "1apic - 1"},
        {"niveau": "1re année du collège, parcours international"},
    ],
)
def test_les_ecritures_voisines_menent_au_meme(college, voisin, entete) -> None:
    assert resolu(liste(**entete)).etablissement == college


def test_un_secteur_scolaire_se_trouve_abrege_ou_non(college) -> None:
    secteur = fabriques.creer_etablissement(
        type="secteur", cycles=("primaire",), nom_ar="م.م ادريس الثاني مركزية تاسريرت"
    )
    for nom in (
        "مجموعة مدارس إدريس الثاني مركزية تاسريرت",
        "م.م إدريس الثاني مركزية تاسريرت",
        "م م ادريس الثاني مركزية تاسريرت",
    ):
        assert resolu(liste(etablissement=nom)).etablissement == secteur


def test_la_meme_ecole_dans_une_autre_direction_n_est_pas_prise(college) -> None:
    homonyme = fabriques.creer_etablissement(direction="07.351", nom_ar=college.nom_ar)
    assert resolu(liste()).etablissement == college
    assert resolu(liste(direction="عمالة: مراكش")).etablissement == homonyme


def test_un_nom_inconnu_conseille_quoi_faire(college) -> None:
    cellule, texte = motif(liste(etablissement="ثانوية لا أحد"))
    assert cellule == "G6"
    assert "« ثانوية لا أحد » est inconnu dans la direction 09.581" in texte
    assert "--etablissement CODE" in texte


def test_un_nom_ambigu_donne_les_codes(college) -> None:
    homonyme = fabriques.creer_etablissement(nom_ar=college.nom_ar)
    _cellule, texte = motif(liste())
    assert college.gresa in texte
    assert homonyme.gresa in texte
    assert resolu(liste(), impose=homonyme).etablissement == homonyme


def test_une_ecole_fermee_n_est_pas_trouvee(college) -> None:
    college.ouvert = False
    college.save()
    assert "est inconnu dans la direction" in motif(liste())[1]


def test_l_ecole_imposee_doit_etre_de_la_direction(college, voisin) -> None:
    assert resolu(liste(etablissement="ثانوية لا أحد"), impose=voisin).etablissement == voisin
    cellule, texte = motif(liste(direction="عمالة: مراكش"), impose=voisin)
    assert cellule == "C6"
    assert voisin.gresa in texte


@pytest.mark.parametrize(
    ("entete", "cellule", "texte"),
    [
        ({"direction": "إقليم: أطلانتيس"}, "C6", "La direction « إقليم: أطلانتيس » est inconnue du registre."),
        ({"annee": "2050/2051"}, "G7", "L'année scolaire « 2050/2051 » est inconnue du registre."),
        ({"annee": "2025/2027"}, "G7", "inconnue du registre"),
        ({"annee": "cette année"}, "G7", "inconnue du registre"),
        ({"classe": "القسم الأول"}, "C8", "doit s'écrire niveau-numéro, comme 1APIC-3"),
        ({"classe": "9XYZ-1"}, "C8", "Le niveau « 9XYZ » de la classe 9XYZ-1 est inconnu du registre."),
        ({"niveau": "الثانية إعدادي مسار دولي"}, "C7", "contredit le libellé de la classe 1APIC-1"),
        ({"niveau": "الأولى إعدادي عام"}, "C7", "contredit le libellé de la classe 1APIC-1"),
        ({"niveau": "مستوى آخر"}, "C7", "Le niveau « مستوى آخر » est inconnu du registre (classe 1APIC-1)."),
    ],
)
def test_un_defaut_donne_sa_cellule(college, entete, cellule, texte) -> None:
    feuille = "Feuil1" if "classe" in entete else "1APIC-1"
    place, dit = motif(liste(feuille, **entete))
    assert place == cellule
    assert texte in dit


def test_l_onglet_et_la_classe_ne_se_contredisent_pas(college) -> None:
    assert resolu(liste("Feuil1")).classes[0].libelle == "1APIC-1"
    assert motif(liste("1APIC-2"))[1] == "La feuille s'appelle 1APIC-2 mais sa classe est 1APIC-1."


def test_une_classe_ne_vient_pas_deux_fois(college) -> None:
    _cellule, texte = motif(liste(), liste("Feuil2"))
    assert texte == "La classe 1APIC-1 est déjà donnée par la feuille 1APIC-1."


@pytest.mark.parametrize("entete", [{"etablissement": "الثانوية الاعدادية الجوار"}, {"annee": "2024/2025"}])
def test_un_classeur_est_d_une_ecole_et_d_une_annee(college, voisin, entete) -> None:
    autre = liste("1APIC-2", classe="1APIC-2", **entete)
    assert "n'est pas du même établissement ou de la même année" in motif(liste(), autre)[1]


def test_une_autre_orthographe_de_niveau_mene_au_niveau(college) -> None:
    trouve = resolu(liste("2BACPC-1", classe="2BACPC-1", niveau="الثانية باكالوريا علوم فيزيائية"))
    assert trouve.classes[0].niveau.code == "2BACSP"


def test_aucun_texte_de_niveau_n_en_designe_deux(college) -> None:
    textes = References().textes_de_niveau
    assert {texte: codes for texte, codes in textes.items() if len(codes) > 1} == {}
    assert len(textes) > Niveau.objects.count()


def test_aucun_nom_de_direction_n_en_designe_deux(college) -> None:
    paires = [
        (cle_de_direction(texte), direction.code)
        for direction in Direction.objects.all()
        for texte in {direction.nom_fr, direction.nom_ar, direction.libelle_massar}
    ]
    for (cle, code), (autre_cle, autre_code) in itertools.combinations(paires, 2):
        assert cle != autre_cle or code == autre_code, cle
    assert len(References().directions) >= 2 * 82


def test_toutes_les_fautes_sont_dites(college) -> None:
    _resolu, _annee, defauts = resoudre(
        [liste("Feuil1", direction="x", annee="y", classe="z", niveau="t")], references=References()
    )
    assert [defaut.cellule for defaut in defauts] == ["C6", "G7", "C8"]
