"""Search the pages of one school. Only what is published is read, and nothing is kept of what was asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import get_language
from wagtail.models import Page

from portal.socle.texte import nettoyer, normaliser

from ..adresses import adresse
from ..models import PageActualite, PageEtablissement
from ..models.langues import dans_la_langue, sans_langue
from ..variantes import LIBELLES

LONGUEUR_MAX = 100  # characters of a question that are read
MOTS_MAX = 8
PAGES_MAX = 1000  # pages of a school that are looked into, latest first
RESULTATS_MAX = 20
_BALISES = re.compile(r"<[^>]*>")
_ARTICLE = re.compile(r"^(?:ال|l )")


@dataclass(frozen=True)
class Resultat:
    """A page that was found.

    Attributes:
        titre: its title.
        extrait: the beginning of its text, empty for most kinds.
        url: its path in the reader's language.
        langue: language in which it was written.
    """

    titre: str
    extrait: str
    url: str
    langue: str


def lire_question(texte: str) -> str:
    """Return what somebody asked, cut and cleaned."""
    return nettoyer(texte.replace("\x00", ""))[:LONGUEUR_MAX]


def mots_de(texte: str) -> list[str]:
    """Return the words to look for, in either script, without the Arabic article."""
    return [_ARTICLE.sub("", mot) or mot for mot in normaliser(texte).split()[:MOTS_MAX]]


def chercher(accueil: PageEtablissement, question: str, *, un_seul_mot_suffit: bool = False) -> list[Resultat]:
    """Return the pages of the open sections that hold every word of `question`, in their title first. Two queries.

    A school has some hundreds of pages: they are compared here, so that both databases spell Arabic alike.

    Args:
        accueil: the home of the school's site.
        question: words in either script.
        un_seul_mot_suffit: keep the pages that hold any of the words, for a broken address.
    """
    mots = [mot for mot in mots_de(question) if len(mot) > 1]
    if not mots:
        return []
    assez = any if un_seul_mot_suffit else all
    textes = _textes_des_actualites(accueil)
    ouverts = {enfant.slug: enfant.section for enfant in accueil.enfants}
    trouves: list[tuple[int, Resultat]] = []
    for pk, titre, url_path, langue in _pages(accueil):
        reste = sans_langue(url_path.removeprefix(accueil.url_path))
        slug, _barre, dessous = reste.partition("/")
        if slug not in ouverts:
            continue
        if (section := ouverts[slug]) and not dessous:
            titre, langue = str(LIBELLES[section]), get_language() or langue  # as its tab says it
        chapo, corps = textes.get(pk, ("", ""))
        cle_titre = normaliser(f"{titre} {url_path.split('/')[-2]}")  # an address is often in the other script
        if assez(mot in cle_titre for mot in mots):
            rang = 0
        elif assez(mot in normaliser(f"{titre} {chapo} {corps}") for mot in mots):
            rang = 1
        else:
            continue
        trouves.append((rang, Resultat(titre, Truncator(chapo).chars(160), adresse(accueil.racine, reste), langue)))
    trouves.sort(key=lambda trouve: trouve[0])
    return [resultat for _rang, resultat in trouves[:RESULTATS_MAX]]


def _pages(accueil: PageEtablissement) -> Iterator[tuple[int, str, str, str]]:
    dessous = Page.objects.filter(path__startswith=accueil.path).exclude(translation_key=accueil.translation_key)
    pages = dans_la_langue(dessous)
    valeurs = ("pk", "title", "url_path", "locale__language_code")
    return iter(pages.order_by("-first_published_at", "-pk").values_list(*valeurs)[:PAGES_MAX])


def _textes_des_actualites(accueil: PageEtablissement) -> dict[int, tuple[str, str]]:
    """Return the standfirst and the text of the school's news, by page."""
    actualites = PageActualite.objects.live().filter(etablissement=accueil.etablissement).order_by("-date", "-pk")
    lignes = actualites.values_list("pk", "chapo", "corps")[:PAGES_MAX]
    return {pk: (chapo, " ".join(_mots_du_corps(list(corps.raw_data)))) for pk, chapo, corps in lignes}


def _mots_du_corps(valeur: Any) -> Iterator[str]:
    """Yield the texts of a stream, wherever its blocks hold them, without their tags."""
    if isinstance(valeur, str):
        yield unescape(_BALISES.sub(" ", valeur))
    elif isinstance(valeur, dict):
        for cle, contenu in valeur.items():
            if cle not in ("id", "type"):
                yield from _mots_du_corps(contenu)
    elif isinstance(valeur, list | tuple):
        for contenu in valeur:
            yield from _mots_du_corps(contenu)
