"""The pages of a school's site, and the nodes of the tree that lead to it."""

from ..variantes import theme_de
from .accueil import PageEtablissement
from .actualites import PageActualite, PageActualites
from .agenda import PageAgenda, PageEvenement
from .anciennes import AdresseAncienne
from .base import PageDEcole, PageDeSection, slug_de
from .contact import MessageRecu, PageContact
from .galerie import PageGalerie, PhotoDeGalerie
from .hotes import HoteEcole
from .noeuds import PageAcademie, PageDirection, PageEtablissements
from .reglages import ReglagesEcole, reglages_de
from .textes import (
    Club,
    PageAdmissions,
    PageAssociation,
    PageLibre,
    PageResultats,
    PageRubrique,
    PageServices,
)

__all__ = [
    "AdresseAncienne",
    "Club",
    "HoteEcole",
    "MessageRecu",
    "PageAcademie",
    "PageActualite",
    "PageActualites",
    "PageAdmissions",
    "PageAgenda",
    "PageAssociation",
    "PageContact",
    "PageDEcole",
    "PageDeSection",
    "PageDirection",
    "PageEtablissement",
    "PageEtablissements",
    "PageEvenement",
    "PageGalerie",
    "PageLibre",
    "PageResultats",
    "PageRubrique",
    "PageServices",
    "PhotoDeGalerie",
    "ReglagesEcole",
    "reglages_de",
    "slug_de",
    "theme_de",
]
