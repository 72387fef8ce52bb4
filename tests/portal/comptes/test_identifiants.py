"""Issued user names: drawn, checked, read as typed."""

import pytest

from portal.comptes.identifiants import cle_de_luhn, grouper, normaliser_identifiant, tirer_identifiant


def test_la_cle_de_luhn_de_la_norme() -> None:
    assert cle_de_luhn("7992739871") == "3"
    assert cle_de_luhn("411111111111111") == "1"


def test_dix_chiffres_sans_zero_devant_et_la_cle() -> None:
    for _ in range(200):
        identifiant = tirer_identifiant()
        assert len(identifiant) == 10
        assert identifiant.isdecimal()
        assert identifiant[0] != "0"
        assert cle_de_luhn(identifiant[:9]) == identifiant[9]


def test_la_cle_voit_un_chiffre_faux_et_deux_chiffres_voisins_echanges() -> None:
    juste = "123456789"
    cle = cle_de_luhn(juste)
    for rang in range(9):
        faux = juste[:rang] + str((int(juste[rang]) + 1) % 10) + juste[rang + 1 :]
        assert cle_de_luhn(faux) != cle
    for rang in range(8):
        echange = juste[:rang] + juste[rang + 1] + juste[rang] + juste[rang + 2 :]
        assert cle_de_luhn(echange) != cle


@pytest.mark.parametrize("saisi", ["4821553096", " 4821 5530 96 ", "4821-5530-96", "٤٨٢١ ٥٥٣٠ ٩٦", "\u200f4821553096"])
def test_un_identifiant_est_compris(saisi: str) -> None:
    assert normaliser_identifiant(saisi) == "4821553096"


def test_un_autre_nom_reste_comme_il_est() -> None:
    assert normaliser_identifiant(" prenom.nom ") == "prenom.nom"
    assert grouper("prenom.nom") == "prenom.nom"
    assert grouper("4821553096") == "4821 5530 96"
