"""The verification pages are tested on papers issued on one fixed day."""

import pytest

from tests.horloge import autorite_ancienne, horloge

__all__ = ["autorite_ancienne", "horloge"]


@pytest.fixture(autouse=True)
def jour_fixe(horloge):
    """The fixed day, for all."""
