"""A news item on line."""

import pytest

from sites.models import PageActualite

from ..ecoles import Ecole, photo
from .gestes import publier


@pytest.fixture
def publiee(client, ecole: Ecole) -> PageActualite:
    """Published by the director, with a photo."""
    publier(client, ecole, photo=photo())
    return PageActualite.objects.get()
