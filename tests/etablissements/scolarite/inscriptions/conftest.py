"""A clock for the tests that need one."""

from tests.horloge import autorite_ancienne, horloge

__all__ = ["autorite_ancienne", "horloge"]
