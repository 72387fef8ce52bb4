"""What every test finds in the database: the root of the collections, the registry, and the nodes of two directions.

It is laid after the migrations, and again after a test that emptied the tables: no test sees which came before it.
"""

from typing import Any

from wagtail.models import Collection

from etablissements.registre.chargement import NOMENCLATURES
from etablissements.registre.models import Direction, Niveau
from sites.createur import Createur
from sites.models import PageEtablissements
from tests.fabriques.registre import MARRAKECH, TIZNIT, creer_registre


def poser(**_: Any) -> None:
    """Lay what is missing (receiver of `post_migrate`)."""
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    creer_registre()
    createur = Createur()
    for code in (TIZNIT, MARRAKECH):
        createur.direction(Direction.objects.get(pk=code))


def oter() -> None:
    """Take the registry and the nodes away, for the tests of what makes them."""
    for page in PageEtablissements.objects.all():
        page.delete()
    Niveau.objects.update(equivalent=None)  # levels protect one another
    for nomenclature in reversed(NOMENCLATURES):
        nomenclature.modele._default_manager.all().delete()
