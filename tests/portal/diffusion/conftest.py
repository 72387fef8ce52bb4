"""Two schools with a piece of news each, and a reader in front of the store."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from etablissements.registre.models import Etablissement
from portal.diffusion.magasin import Magasin
from sites.createur import Createur
from sites.models import PageActualite, PageActualites
from tests.diffusion import Lecteur
from tests.fabriques import creer_etablissement
from tests.horloge import autorite_ancienne, horloge  # noqa: F401 - fixtures


@dataclass
class Ecole:
    """A school, the address of its home and its piece of news."""

    etablissement: Etablissement
    adresse: str
    actualite: PageActualite


Ouvrir = Callable[[str], Ecole]


@pytest.fixture
def ouvrir(db, magasin: Magasin) -> Ouvrir:
    def faire(nom: str) -> Ecole:
        etablissement = creer_etablissement(nom_fr=nom)
        Createur().creer(etablissement)
        index = PageActualites.objects.get(etablissement=etablissement)
        actualite = index.add_child(instance=PageActualite(title=f"خبر {nom}", slug="rentree", locale=index.locale))
        return Ecole(etablissement, f"/ar/ecoles/{etablissement.slug_public}/", actualite)

    return faire


@pytest.fixture
def a(ouvrir: Ouvrir) -> Ecole:
    return ouvrir("COLLEGE ALPHA")


@pytest.fixture
def b(ouvrir: Ouvrir) -> Ecole:
    return ouvrir("COLLEGE BETA")


@pytest.fixture
def lecteur(magasin: Magasin) -> Lecteur:
    return Lecteur()
