"""One cell at a time: dates, codes, sexes, positions."""

import datetime

import pytest

from etablissements.scolarite.echanges import cellules
from etablissements.scolarite.echanges.etiquettes import cle_niveau

JOUR = datetime.date(2012, 12, 20)


@pytest.mark.parametrize(
    "cellule",
    [
        "2012-12-20",
        "2012/12/20",
        "20-12-2012",
        "20/12/2012",
        "20.12.2012",
        " 2012-12-20 00:00:00",
        "2012-12-20T00:00:00",
        "٢٠١٢-١٢-٢٠",
        "\u200f2012/12/20\u200e",
        41263,
        41263.0,
        "41263",
        JOUR,
        datetime.datetime(2012, 12, 20, 0, 0),
    ],
)
def test_une_date_se_lit_sous_toutes_ses_formes(cellule) -> None:
    assert cellules.lire_date(cellule) == JOUR
    assert cellules.est_une_date(cellule)


@pytest.mark.parametrize(
    "cellule",
    ["", "2012-13-20", "2012-02-30", "0000-00-00", "2012-00-00", "12-20-2012", "hier", "20 12 2012", "2012-12/20", True,
     41263.5, 999_999_999, "2012-12-20-1", datetime.time(1, 2)],
)  # fmt: skip
def test_une_date_impossible_est_refusee(cellule) -> None:
    with pytest.raises(ValueError, match="date"):
        cellules.lire_date(cellule)
    assert not cellules.est_une_date(cellule)


@pytest.mark.parametrize("cellule", ["W990000001", " w990000001", "W 990000001", "W٩٩٠٠٠٠٠٠١", "W990000001\u200f"])
def test_un_code_se_lit_malgre_les_blancs_et_les_chiffres_arabes(cellule) -> None:
    assert cellules.lire_code(cellule) == "W990000001"
    assert cellules.est_un_code(cellule)


@pytest.mark.parametrize(
    "cellule", ["", "W99000001", "W9900000011", "WW99000001", "990000001", 990000001.0, "É990000001"]
)
def test_un_code_mal_forme_est_refuse_sans_etre_repete(cellule) -> None:
    with pytest.raises(ValueError, match="code Massar") as refus:
        cellules.lire_code(cellule)
    assert not str(cellule) or str(cellule) not in str(refus.value)
    assert not cellules.est_un_code(cellule)


@pytest.mark.parametrize(
    ("cellule", "sexe"),
    [("ذكر", "M"), ("أنثى", "F"), ("انثي", "F"), ("Garçon", "M"), ("FILLE", "F"), ("féminin", "F"), (" ذكـــر ", "M")],
)
def test_un_sexe_se_lit_dans_les_deux_langues(cellule, sexe) -> None:
    assert cellules.lire_sexe(cellule) == sexe
    assert cellules.connait_le_sexe(cellule)


@pytest.mark.parametrize("cellule", ["", "x", "ذكر أنثى", 1.0])
def test_un_sexe_inconnu_est_refuse(cellule) -> None:
    with pytest.raises(ValueError, match=r"genre.*(est inconnu|manque)"):
        cellules.lire_sexe(cellule)
    assert not cellules.connait_le_sexe(cellule)


@pytest.mark.parametrize("cellule", ["", "  ", 12.0, True, "123", "=1+1", "@x", "+أ", "a" * 101, "أمزيان\x07"])
def test_ce_qui_n_est_pas_un_nom_est_refuse(cellule) -> None:
    with pytest.raises(ValueError, match=r"manque|nom|dépasse|impriment"):
        cellules.lire_nom(cellule)


def test_un_nom_garde_ses_mots_et_perd_ses_blancs_doubles() -> None:
    assert cellules.lire_nom(" أيت \t القاضي\u200f ") == "أيت القاضي"


@pytest.mark.parametrize(
    ("place", "nom"), [((1, 0), "A1"), ((12, 1), "B12"), ((3, 25), "Z3"), ((3, 26), "AA3"), ((9, 51), "AZ9")]
)
def test_une_cellule_a_le_nom_du_tableur(place, nom) -> None:
    assert cellules.nom_de_cellule(*place) == nom


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("1° Année Primaire Général", "1ère année primaire général"),
        ("2e année Bac Sciences Physiques", "2ème ANNEE BAC SCIENCES PHYSIQUES"),
        ("الأولى إعدادي مسار دولي", "الاولى  إعدادي مسار  دولي"),
        ("الأولى باكالوريا علوم رياضية", "الأولى بكالوريا العلوم الرياضية"),
    ],
)
def test_deux_facons_d_ecrire_un_niveau(un, autre) -> None:
    assert cle_niveau(un) == cle_niveau(autre)
