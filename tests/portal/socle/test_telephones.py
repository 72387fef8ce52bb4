"""A number is read in groups, and dialled from anywhere."""

import pytest

from portal.socle.telephones import a_composer, lisible


@pytest.mark.parametrize(
    ("numero", "compose"),
    [
        ("0528990011", "+212528990011"),
        ("0528 99-00.11", "+212528990011"),
        ("٠٥٢٨٩٩٠٠١١", "+212528990011"),
        ("+212 528 99 00 11", "+212528990011"),
        ("+212 (0) 528 99 00 11", "+212528990011"),
        ("00212528990011", "+212528990011"),
        ("+33 1 02 03 04 05", "+33102030405"),
        ("0528990011 / 0661990011", "+212528990011"),
        ("141", "141"),
        ("", ""),
        ("appeler l'école", ""),
    ],
)
def test_un_numero_se_compose_de_partout(numero: str, compose: str) -> None:
    assert a_composer(numero) == compose


@pytest.mark.parametrize(
    ("numero", "lu"),
    [
        ("0528990011", "0528 99 00 11"),
        ("05 28 99 00 11", "05 28 99 00 11"),
        ("+212528990011", "+212528990011"),
        ("", ""),
    ],
)
def test_un_numero_se_lit_en_groupes(numero: str, lu: str) -> None:
    assert lisible(numero) == lu
