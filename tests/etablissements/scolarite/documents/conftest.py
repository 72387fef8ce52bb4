"""Every test of papers happens on the same day, under the same authority."""

import pytest

from etablissements.scolarite.models import Document
from tests.fabriques import creer_document
from tests.horloge import autorite_ancienne, horloge

__all__ = ["autorite_ancienne", "horloge"]


@pytest.fixture(autouse=True)
def jour_fixe(horloge):
    """The fixed day, for all."""


@pytest.fixture
def document(db) -> Document:
    """An issued paper."""
    return creer_document()


@pytest.fixture
def contenu(document: Document) -> bytes:
    """Its file."""
    from etablissements.scolarite.documents.requetes import lire_fichier

    return lire_fichier(document)
