"""Reports: counted, told in the reader's language, written so that no spreadsheet runs them."""

import csv
from pathlib import Path

import pytest
from django.utils import translation

from portal.socle.rapports import Issue, Rapport, ecrire_csv, en_texte, inerte


@pytest.fixture
def rapport() -> Rapport:
    rapport = Rapport()
    rapport.noter(("a.csv", "", 2), Issue.CREE, "99501C")
    rapport.noter(("a.xlsx", "1APIC-1", 12), Issue.REFUSE, "", "Le code manque.", cellule="B12")
    rapport.noter(("a.xlsx", "1APIC-1", 13), Issue.MODIFIE, "1APIC-1", "nom")
    rapport.noter(("a.xlsx", "1APIC-1", 0), Issue.SIGNALE, "1APIC-1", "À voir.")
    rapport.noter(("b.xlsx", "", 0), Issue.REFUSE, motif="Le fichier est vide.")
    return rapport


def test_les_comptes(rapport) -> None:
    assert rapport.comptes == {Issue.CREE: 1, Issue.MODIFIE: 1, Issue.SIGNALE: 1, Issue.REFUSE: 2}
    assert rapport.refuse
    assert not Rapport().refuse


def test_en_bref_les_refus_et_les_remarques_en_entier(rapport) -> None:
    with translation.override("fr"):
        assert list(en_texte(rapport)) == [
            "a.xlsx, feuille 1APIC-1, cellule B12 : refusé. Le code manque.",
            "a.xlsx, feuille 1APIC-1 : 1APIC-1 : à vérifier. À voir.",
            "b.xlsx : refusé. Le fichier est vide.",
            "1 créé",
            "1 modifié",
            "0 inchangé",
            "2 refusés",
        ]


def test_en_detail_toutes_les_lignes(rapport) -> None:
    rapport.essai = True
    with translation.override("fr"):
        lignes = list(en_texte(rapport, detail=True))
    assert lignes[0] == "a.csv, ligne 2 : 99501C : créé."
    assert "a.xlsx, feuille 1APIC-1, ligne 13 : 1APIC-1 : modifié. nom" in lignes
    assert lignes[-1] == "Essai : rien n'a été écrit."


def test_le_rapport_en_arabe_compte_comme_l_arabe() -> None:
    rapport = Rapport()
    for _rang in range(11):
        rapport.noter(("a.csv", "", 1), Issue.CREE)
    with translation.override("ar"):
        assert next(en_texte(rapport)) == "أُنشئ 11 عنصرا"


@pytest.mark.parametrize("cellule", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_une_formule_devient_inerte(cellule: str) -> None:
    assert inerte(cellule) == f"'{cellule}"


@pytest.mark.parametrize("cellule", ["", "a=1", "12", "أمزيان", " =1"])
def test_le_reste_ne_change_pas(cellule: str) -> None:
    assert inerte(cellule) == cellule


def test_le_fichier_de_rapport(rapport, tmp_path: Path) -> None:
    rapport.noter(("=a.csv", "@f", 1), Issue.REFUSE, "-o", "+m", cellule="=A1")
    chemin = tmp_path / "rapport.csv"
    with translation.override("fr"):
        ecrire_csv(rapport, chemin)
    assert chemin.read_bytes().startswith(b"\xef\xbb\xbf")
    with chemin.open(encoding="utf-8-sig", newline="") as source:
        lignes = list(csv.reader(source))
    assert lignes[0] == ["fichier", "feuille", "ligne", "cellule", "objet", "résultat", "motif"]
    assert lignes[2] == ["a.xlsx", "1APIC-1", "12", "B12", "", "refusé", "Le code manque."]
    assert lignes[-1] == ["'=a.csv", "'@f", "1", "'=A1", "'-o", "refusé", "'+m"]
