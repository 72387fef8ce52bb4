"""What most tests of the sites begin with."""

import pytest

from etablissements.registre.models import Etablissement
from sites.createur import Createur
from tests.fabriques import creer_etablissement


@pytest.fixture
def ecoles(db) -> tuple[Etablissement, Etablissement]:
    """Two schools with their sites."""
    creees = creer_etablissement(nom_fr="ECOLE ARGANE"), creer_etablissement(nom_fr="ECOLE CEDRE")
    createur = Createur()
    for ecole in creees:
        createur.creer(ecole)
    return creees
