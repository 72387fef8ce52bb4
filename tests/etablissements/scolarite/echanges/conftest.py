"""A school that the built workbooks name, its neighbour, and reports in French."""

import pytest
from django.utils import translation

from etablissements.registre.models import Etablissement
from tests import fabriques


@pytest.fixture(autouse=True)
def francais(monde_propre) -> None:
    translation.activate("fr")


@pytest.fixture
def college(db) -> Etablissement:
    """The school of `FeuilleListe`'s defaults."""
    return fabriques.creer_etablissement(nom_ar="الثانوية الاعدادية التجارب", nom_fr="LYCEE COLLEGIAL DES ESSAIS")


@pytest.fixture
def voisin(college) -> Etablissement:
    """Another school of the same direction."""
    return fabriques.creer_etablissement(nom_ar="الثانوية الاعدادية الجوار", nom_fr="LYCEE COLLEGIAL VOISIN")
