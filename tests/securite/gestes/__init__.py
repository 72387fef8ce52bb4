"""What each route that takes a POST rightly receives: who sends it, which fields, and what they own beside those.

A route that writes nothing says so: a hostile body must not make it write either.
"""

from . import bureau, comptes, medias, pages
from .base import Geste

GESTES: dict[str, tuple[Geste, ...]] = {**comptes.GESTES, **bureau.GESTES, **medias.GESTES, **pages.GESTES}

__all__ = ["GESTES", "Geste"]
