"""The check letter of GRESA codes, on every published code at hand."""

import csv

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from etablissements.registre.gresa import code_valide, lettre_de_controle
from etablissements.registre.models import valider_gresa


def test_les_319_codes_publies_ont_la_bonne_lettre() -> None:
    chemin = settings.BASE_DIR / "etablissements" / "registre" / "donnees" / "ecoles_tiznit.csv"
    with chemin.open(encoding="utf-8", newline="") as source:
        codes = [ligne["gresa"] for ligne in csv.DictReader(source)]
    assert len(codes) == 319
    assert [code for code in codes if not code_valide(code)] == []


@pytest.mark.parametrize("code", ["99023J", "99023", "99023h", "9902H", "990233H", "٩٩٠٢٣H", " 99023H", "99023H\n", ""])
def test_un_code_mal_ecrit_n_en_est_pas_un(code: str) -> None:
    assert not code_valide(code)
    with pytest.raises(ValidationError):
        valider_gresa(code)


def test_la_lettre_suit_le_reste_par_23() -> None:
    assert code_valide("99023H")
    assert [lettre_de_controle(nombre) for nombre in (23, 24, 45)] == ["Z", "A", "Y"]
