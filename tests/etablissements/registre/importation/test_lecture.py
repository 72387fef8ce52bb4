"""Whole files that are refused, and the ways a spreadsheet may write a good one."""

from pathlib import Path

import pytest
from django.utils import translation

from etablissements.registre.importation.lecture import TAILLE_MAXIMALE, FichierRefuse, lire_csv, lire_fichier

ENTETE = "gresa,nom_fr,nom_ar,type,cycles,commune,direction"
LIGNE = "99503E,COLLEGE,الثانوية,college,college,07.351.01.05,07.351"


@pytest.fixture(autouse=True)
def francais(monde_propre) -> None:
    translation.activate("fr")


@pytest.mark.parametrize(
    ("contenu", "motif"),
    [
        (b"", "Le fichier est vide."),
        (b" \n\n", "Le fichier est vide."),
        (b"PK\x03\x04\x14\x00", "C'est un classeur, pas un fichier CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "C'est un classeur, pas un fichier CSV"),
        (f"{ENTETE}\n{LIGNE}".encode("windows-1256"), "Le fichier n'est pas en UTF-8"),
        (f"{ENTETE}\n{LIGNE}".encode("utf-16"), "Le fichier n'est pas en UTF-8"),
        (b"\x00\x01\x02gresa", "Ce n'est pas un fichier CSV."),
        (b"bonjour\n", "La première ligne doit nommer les colonnes"),
        (LIGNE.encode(), "La première ligne doit nommer les colonnes"),
        (ENTETE.replace("type", "genre").encode(), "Colonnes manquantes : type."),
        (ENTETE.replace("commune", "ville").encode(), "Colonnes manquantes : commune."),
        (f"{ENTETE},code".encode(), "Colonnes présentes deux fois : gresa."),
        (ENTETE.encode(), "Le fichier ne contient aucun établissement."),
        (f'"{ENTETE}\n'.encode(), "Ce n'est pas un fichier CSV."),
        (b"a" * (TAILLE_MAXIMALE + 1), "Le fichier est trop gros : au plus 20 Mo."),
    ],
    ids=range(15),
)
def test_un_fichier_illisible_est_refuse(contenu: bytes, motif: str) -> None:
    with pytest.raises(FichierRefuse) as refus:
        lire_csv(nom="ecoles.csv", contenu=contenu)
    assert motif in str(refus.value)


@pytest.mark.parametrize("separateur", [",", ";", "\t"])
@pytest.mark.parametrize("fin", ["\n", "\r\n"])
@pytest.mark.parametrize("marque", ["", "\ufeff"])
def test_les_facons_d_ecrire_un_bon_fichier(separateur: str, fin: str, marque: str) -> None:
    texte = marque + fin.join((ENTETE.upper(), "", LIGNE, "")).replace(",", separateur)
    lignes = lire_csv(nom="ecoles.csv", contenu=texte.encode())
    assert [(ligne.numero, ligne.cellules["gresa"], ligne.defaut) for ligne in lignes] == [(3, "99503E", "")]
    assert lignes[0].cellules["nom_ar"] == "الثانوية"


def test_une_ligne_qui_ne_se_lit_pas_n_arrete_pas_la_lecture() -> None:
    geante = LIGNE.replace("COLLEGE", "C" * 200_000)
    lignes = lire_csv(nom="ecoles.csv", contenu=f"{ENTETE}\n{geante}\n{LIGNE}\n".encode())
    assert [(ligne.numero, bool(ligne.defaut)) for ligne in lignes] == [(2, True), (3, False)]


def test_une_cellule_sur_plusieurs_lignes_garde_son_numero() -> None:
    longue = LIGNE.replace("COLLEGE", '"COL\nLEGE"')
    lignes = lire_csv(nom="ecoles.csv", contenu=f"{ENTETE}\n{longue}\n{LIGNE}\n".encode())
    assert [ligne.numero for ligne in lignes] == [2, 4]


def test_un_fichier_absent_est_refuse(tmp_path: Path) -> None:
    with pytest.raises(FichierRefuse, match=r"« absent\.csv » ne peut pas être ouvert"):
        lire_fichier(tmp_path / "absent.csv")


def test_un_dossier_n_est_pas_un_fichier(tmp_path: Path) -> None:
    with pytest.raises(FichierRefuse):
        lire_fichier(tmp_path)
