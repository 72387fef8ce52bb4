"""Two schools with their sites, and a director in each."""

import pytest

from .ecoles import Ecole, creer_ecole


@pytest.fixture(autouse=True)
def medias(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "medias"


@pytest.fixture
def ecole(client) -> Ecole:
    """The school of whoever is signed in."""
    ecole = creer_ecole()
    client.force_login(ecole.directrice)
    return ecole


@pytest.fixture
def autre() -> Ecole:
    """Another one."""
    return creer_ecole()
