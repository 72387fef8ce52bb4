"""Dates and names as families write them."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from espace_parents.champs import ChampCodeBordereau, ChampCodeMassar, ChampDate, ChampNom


@pytest.mark.parametrize(
    "saisi",
    [
        "25/03/2014",
        "25-03-2014",
        "25.3.2014",
        " 25 3 2014 ",
        "2014-03-25",
        "٢٥/٣/٢٠١٤",
        "25\u200f/03/2014",
        "25 / 03 / 2014",
    ],
)
def test_une_date_est_comprise(saisi: str) -> None:
    assert ChampDate(label="").clean(saisi) == datetime.date(2014, 3, 25)


@pytest.mark.parametrize(
    "saisi", ["", "25/03", "31/02/2014", "25/03/14", "hier", "00/00/0000", "25/03/20145", "2014-3-25x"]
)
def test_ce_qui_n_est_pas_une_date(saisi: str) -> None:
    with pytest.raises(ValidationError):
        ChampDate(label="").clean(saisi)


@pytest.mark.parametrize("saisi", ["فاطمة  الزهراء", "Fatima-Zahra", "O'Neil", "بنت\u200f أحمد"])
def test_un_nom_est_accepte(saisi: str) -> None:
    assert ChampNom(label="", autocomplete="name").clean(saisi) == " ".join(saisi.replace("\u200f", "").split())


@pytest.mark.parametrize("saisi", ["", "...", "1234", "<b>x</b>", "a@b", "x" * 101, "x\x00y"])
def test_ce_qui_n_est_pas_un_nom(saisi: str) -> None:
    with pytest.raises(ValidationError):
        ChampNom(label="", autocomplete="name").clean(saisi)


def test_les_codes_sont_rendus_dans_leur_forme() -> None:
    assert ChampCodeMassar().clean("z 99-1234567") == "Z991234567"
    assert ChampCodeBordereau().clean("7kq2m-x94tb") == "7KQ2MX94TB"
    for champ in (ChampCodeMassar(), ChampCodeBordereau()):
        for saisi in ("", "x", "7KQ2MX94T*"):
            with pytest.raises(ValidationError):
                champ.clean(saisi)
