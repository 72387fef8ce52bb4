"""The pages of a school's site, and the nodes of the tree that lead to it."""

from .accueil import PageEtablissement
from .actualites import PageActualite, PageActualites
from .base import PageDEcole, slug_de, theme_de
from .contact import PageContact
from .noeuds import PageAcademie, PageDirection, PageEtablissements
from .reglages import ReglagesEcole, reglages_de

__all__ = [
    "PageAcademie",
    "PageActualite",
    "PageActualites",
    "PageContact",
    "PageDEcole",
    "PageDirection",
    "PageEtablissement",
    "PageEtablissements",
    "ReglagesEcole",
    "reglages_de",
    "slug_de",
    "theme_de",
]
