import re

import pytest

from etablissements.scolarite.documents.identifiants import ALPHABET, grouper, lire_identifiant, nouvel_identifiant

UN = "8XY8N049ZERKB0Z0B6CBK1ZXAK"


def test_un_identifiant_a_130_bits_de_hasard() -> None:
    tires = {nouvel_identifiant() for _ in range(500)}
    assert len(tires) == 500
    assert all(re.fullmatch(f"[{ALPHABET}]{{26}}", identifiant) for identifiant in tires)
    assert len(ALPHABET) ** 26 == 2**130
    assert {lettre for identifiant in tires for lettre in identifiant} == set(ALPHABET)


@pytest.mark.parametrize(
    "saisi",
    [
        UN,
        UN.lower(),
        grouper(UN),
        f"  {grouper(UN)}\n",
        "-".join(grouper(UN).split()),
        UN.replace("0", "O"),
        UN.replace("0", "o").replace("1", "l"),
        UN.replace("1", "I"),
        f"https://portail.example/verification/{UN}",
        f"HTTPS://PORTAIL.EXAMPLE/VERIFICATION/{UN}/",
    ],
)
def test_toutes_les_facons_de_le_saisir(saisi: str) -> None:
    assert lire_identifiant(saisi) == UN


@pytest.mark.parametrize(
    "saisi", ["", " ", UN[:-1], UN + "0", UN[:-1] + "U", UN[:-1] + "é", "../../etc/passwd", f"{UN}/edit", "٨" * 26]
)
def test_ce_qui_n_en_est_pas_un(saisi: str) -> None:
    assert lire_identifiant(saisi) is None


def test_les_groupes_se_lisent_et_se_relisent() -> None:
    assert grouper(UN) == "8XY8N 049ZE RKB0Z 0B6CB K1ZXAK"
    assert lire_identifiant(grouper(UN)) == UN
