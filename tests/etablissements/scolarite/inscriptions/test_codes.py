"""Codes are read as people write them, and kept only as keyed hashes."""

import pytest

from etablissements.scolarite.inscriptions.codes import (
    ALPHABET,
    empreinte,
    grouper,
    lire_code_bordereau,
    lire_code_massar,
    nouveau_code,
)


@pytest.mark.parametrize(
    "saisi",
    [
        "Z991234567",
        "z991234567",
        " Z 991 234 567 ",
        "Z-99-1234567",
        "Z٩٩١٢٣٤٥٦٧",
        "\u200fZ991234567\u200e",
        "Z99l234567",
        "Z99I234567",
        "Z.991.234.567",
    ],
)
def test_un_code_massar_est_compris(saisi: str) -> None:
    assert lire_code_massar(saisi) == "Z991234567"


def test_la_lettre_o_et_le_zero_se_confondent() -> None:
    assert lire_code_massar("ZOO0000oO1") == "Z000000001"
    assert lire_code_massar("0123456789") == "O123456789"


@pytest.mark.parametrize(
    "saisi", ["", "Z", "Z99123456", "Z9912345678", "ZZ91234567", "991234567Z", "Z99123456é", "ب991234567"]
)
def test_ce_qui_n_est_pas_un_code_massar(saisi: str) -> None:
    assert lire_code_massar(saisi) is None


@pytest.mark.parametrize(
    "saisi", ["7KQ2M-X94T1", "7kq2mx94t1", "7KQ2M X94TI", "7kq2m—x94tl", "٧KQ٢M X٩٤T١", "7 K Q 2 M X 9 4 T 1"]
)
def test_un_code_de_bordereau_est_compris(saisi: str) -> None:
    assert lire_code_bordereau(saisi) == "7KQ2MX94T1"


@pytest.mark.parametrize("saisi", ["", "7KQ2MX94T", "7KQ2MX94TBB", "7KQ2MX94TU", "7KQ2MX94T*"])
def test_ce_qui_n_est_pas_un_code_de_bordereau(saisi: str) -> None:
    assert lire_code_bordereau(saisi) is None


def test_cinquante_bits_tires_au_sort() -> None:
    codes = {nouveau_code() for _ in range(500)}
    assert len(codes) == 500
    assert set("".join(codes)) == set(ALPHABET)
    assert {len(code) for code in codes} == {10}
    assert len(ALPHABET) ** 10 == 2**50


def test_l_empreinte_depend_de_la_cle_du_portail(settings) -> None:
    avant = empreinte("7KQ2MX94TB")
    assert avant == empreinte("7KQ2MX94TB") != empreinte("7KQ2MX94TC")
    assert len(avant) == 64
    settings.SECRET_KEY = "une autre clé"
    assert empreinte("7KQ2MX94TB") != avant


def test_un_code_imprime_se_relit() -> None:
    assert grouper("7KQ2MX94TB") == "7KQ2M-X94TB"
    assert lire_code_bordereau(grouper("7KQ2MX94TB")) == "7KQ2MX94TB"
