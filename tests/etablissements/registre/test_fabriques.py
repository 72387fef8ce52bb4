"""The builders that the whole suite leans on."""

import pytest

from etablissements.registre.models import Commune, Etablissement
from tests import fabriques

pytestmark = pytest.mark.django_db


def test_une_inscription_batit_tout_ce_qui_lui_manque() -> None:
    inscription = fabriques.creer_inscription()
    etablissement = inscription.classe.etablissement
    etablissement.full_clean()
    inscription.eleve.full_clean()
    assert inscription.annee == inscription.classe.annee
    assert etablissement.gresa.startswith("99")
    assert list(Etablissement.objects.chercher(f"{etablissement.gresa} التجارب Tiznit")) == [etablissement]


def test_deux_etablissements_different() -> None:
    premier, second = fabriques.creer_etablissement(), fabriques.creer_etablissement(direction="07.351")
    assert premier.gresa != second.gresa
    assert premier.commune != second.commune


def test_le_registre_entier_se_charge_apres_le_minimal() -> None:
    fabriques.creer_registre()
    fabriques.creer_registre(complet=True)
    assert Commune.objects.count() == 1538
