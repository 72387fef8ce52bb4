"""The command: what it prints, its exit code, its report file, its language."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from etablissements.scolarite.models import Eleve
from tests import fabriques
from tests.fabriques.classeurs import FeuilleListe, classeur, eleve

pytestmark = pytest.mark.django_db


@pytest.fixture
def college():
    return fabriques.creer_etablissement(nom_ar="الثانوية الاعدادية التجارب")


@pytest.fixture
def bon(college, tmp_path: Path) -> Path:
    chemin = tmp_path / "ListEleve_20251007.xlsx"
    chemin.write_bytes(classeur(FeuilleListe()))
    return chemin


@pytest.fixture
def mauvais(college, tmp_path: Path) -> Path:
    chemin = tmp_path / "faux.xlsx"
    chemin.write_bytes(classeur(FeuilleListe(classe="2APIC-1", eleves=[eleve(5, nom="سرّي", sexe="?")])))
    return chemin


def lancer(*arguments: object) -> tuple[str, str]:
    sortie, erreurs = StringIO(), StringIO()
    try:
        call_command("importer_listes", *map(str, arguments), stdout=sortie, stderr=erreurs)
    except CommandError as erreur:
        return sortie.getvalue(), str(erreur)
    return sortie.getvalue(), ""


def test_un_bon_classeur(bon) -> None:
    assert lancer(bon) == ("2 créés\n0 modifié\n0 inchangé\n0 refusé\n", "")
    detail, _erreur = lancer(bon, "--detail")
    assert "ListEleve_20251007.xlsx, feuille 1APIC-1, ligne 11 : 1APIC-1 : inchangé." in detail


def test_l_essai(bon) -> None:
    sortie, _erreur = lancer(bon, "--essai")
    assert sortie.endswith("Essai : rien n'a été écrit.\n")
    assert not Eleve.objects.exists()


def test_le_code_de_retour_est_1(mauvais) -> None:
    with pytest.raises(CommandError) as erreur:
        call_command("importer_listes", str(mauvais), stdout=StringIO(), stderr=StringIO())
    assert erreur.value.returncode == 1


def test_un_refus_donne_sa_place(bon, mauvais) -> None:
    sortie, erreur = lancer(mauvais, bon)
    assert sortie.splitlines()[:2] == [
        "faux.xlsx, feuille 2APIC-1, cellule E11 : refusé. Le genre « ? » est inconnu : ذكر ou أنثى, Garçon ou Fille.",
        "faux.xlsx : refusé. Rien de ce classeur n'a été écrit : corrigez-le et recommencez.",
    ]
    assert "2 créés" in sortie
    assert erreur == "Tout n'a pas été accepté : les refus sont ci-dessus."
    assert "سرّي" not in sortie
    assert Eleve.objects.count() == 2


def test_le_rapport_en_arabe(mauvais) -> None:
    sortie, erreur = lancer(mauvais, "--langue", "ar")
    assert "الخانة E11" in sortie
    assert "لم يُكتب أي شيء من هذا المصنف" in sortie
    for texte in (sortie, erreur):
        assert "refusé" not in texte
        assert "écrit" not in texte


def test_le_rapport_en_csv(bon, mauvais, tmp_path) -> None:
    rapport = tmp_path / "rapport.csv"
    lancer(mauvais, bon, "--rapport", rapport)
    with rapport.open(encoding="utf-8-sig", newline="") as source:
        lignes = list(csv.DictReader(source))
    assert [(ligne["feuille"], ligne["cellule"], ligne["résultat"]) for ligne in lignes] == [
        ("2APIC-1", "E11", "refusé"),
        ("", "", "refusé"),
        ("1APIC-1", "", "créé"),
        ("1APIC-1", "", "créé"),
    ]
    assert "W99" not in rapport.read_text(encoding="utf-8")


def test_designer_l_ecole(bon) -> None:
    voisin = fabriques.creer_etablissement(nom_ar="الثانوية الاعدادية الجوار")
    assert "2 créés" in lancer(bon, "--etablissement", voisin.gresa)[0]
    assert lancer(bon, "--etablissement", "99999U") == ("", "L'établissement 99999U n'est pas dans le registre.")
