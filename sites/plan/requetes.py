"""What the site map says, read from the page table: a section costs as many queries for one school as for 1,500."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import compress
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from django.urls import reverse
from wagtail.models import Page

from portal.socle.langues import sous

from ..hotes.noms import base_de, base_du_code
from ..models import HoteEcole, PageAcademie, PageEtablissement
from ..models.base import NIVEAU_D_UNE_ECOLE
from ..models.langues import sans_langue

# Twice as many addresses, one a language: a section of the protocol holds 50,000.
PAGES_PAR_SECTION = 20_000
PROFONDEUR_ECOLE = NIVEAU_D_UNE_ECOLE + 1
# The address of a unit, or of a closed school, leads to another page or says only that.
MENE_AILLEURS = Q(etablissement__ouvert=False) | Q(etablissement__rattachement__isnull=False)


@dataclass(frozen=True)
class Entree:
    """A page, with its address in each language.

    Attributes:
        adresses: whole addresses by language code, in the order of the settings.
        modifiee_le: when it was last published, None when nobody knows.
    """

    adresses: dict[str, str]
    modifiee_le: datetime.datetime | None


@dataclass(frozen=True)
class Section:
    """A section of an academy: its code, and its rank from 1."""

    academie: str
    rang: int


def sections() -> list[Section]:
    """Return the sections that hold a page, in the order of the academies. Two queries."""
    chemins = dict(_academies().values_list("path", "academie_id"))
    longueur = len(next(iter(chemins), ""))
    comptes = (
        _lisibles(Page.objects.live())
        .annotate(debut=Substr("path", 1, longueur or 1))
        .order_by("debut")
        .values_list("debut")
        .annotate(nombre=Count("pk"))
    )
    return [
        Section(chemins[debut], rang)
        for debut, nombre in comptes
        if debut in chemins
        for rang in range(1, -(-nombre // PAGES_PAR_SECTION) + 1)
    ]


def pages_de_l_academie(section: Section) -> list[Entree]:
    """Return the pages of the schools of a section; none when there is no such section. Three queries."""
    chemin = _academies().filter(academie=section.academie).values_list("path", flat=True).first()
    if chemin is None or section.rang < 1:
        return []
    debut = (section.rang - 1) * PAGES_PAR_SECTION
    pages = _lisibles(Page.objects.filter(path__startswith=chemin))
    lignes = _valeurs(pages)[debut : debut + PAGES_PAR_SECTION]
    hotes = HoteEcole.objects.verifies().filter(etablissement__direction__academie=section.academie)
    return list(_entrees(lignes, dict(hotes.values_list("etablissement__gresa", "hote"))))


def pages_de_l_ecole(code: str) -> list[Entree]:
    """Return the pages of a school's site, none when its address leads to no school that is open. Three queries."""
    accueils = PageEtablissement.objects.live().filter(etablissement__gresa=code.upper()).exclude(MENE_AILLEURS)
    chemin = accueils.filter(locale__language_code=settings.LANGUAGE_CODE).values_list("path", flat=True).first()
    if chemin is None:
        return []
    hotes = HoteEcole.objects.verifies().filter(etablissement__gresa=code.upper())
    lignes = _valeurs(Page.objects.filter(path__startswith=chemin))
    return list(_entrees(lignes, dict(hotes.values_list("etablissement__gresa", "hote"))))


def pages_du_portail() -> list[Entree]:
    """Return the pages above the schools, each with its translations, and the directory. One query."""
    lignes = (
        Page.objects.live()
        .filter(depth__gt=1, depth__lt=PROFONDEUR_ECOLE)
        .order_by("path")
        .values_list("translation_key", "locale__language_code", "url_path", "last_published_at")
    )
    par_cle: dict[object, tuple[dict[str, str], list[datetime.datetime]]] = {}
    for cle, langue, url_path, publiee_le in lignes:
        adresses, dates = par_cle.setdefault(cle, ({}, []))
        adresses[langue] = f"{settings.URL_PUBLIQUE}/{langue}/{'/'.join(url_path.split('/')[2:])}"
        if publiee_le:
            dates.append(publiee_le)
    ordre = [code for code, _nom in settings.LANGUAGES]
    annuaire = reverse("recherche:annuaire")
    return [
        *(
            Entree({code: adresses[code] for code in ordre if code in adresses}, max(dates, default=None))
            for adresses, dates in par_cle.values()
        ),
        Entree(
            {code: f"{settings.URL_PUBLIQUE}{sous(code, annuaire)}" for code, _nom in settings.LANGUES_DU_CADRE}, None
        ),
    ]


def _academies() -> QuerySet[PageAcademie]:
    """The nodes under which schools are: those of the language in which sites are made."""
    return PageAcademie.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")


def _lisibles(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Keep the pages of the schools that readers open. Which lead elsewhere is asked once, not for each page."""
    ailleurs = PageEtablissement.objects.filter(MENE_AILLEURS).values("path")
    accueil = Substr("path", 1, PROFONDEUR_ECOLE * Page.steplen)
    return pages.filter(depth__gte=PROFONDEUR_ECOLE).alias(accueil=accueil).exclude(accueil__in=ailleurs)


def _valeurs(pages: QuerySet[Page]) -> QuerySet[Page]:
    """The live pages that are below a live one: place, date, and in which languages without a frame."""
    place = OuterRef("path")
    dessus = Page.objects.live().filter(path=Substr(place, 1, Length(place) - Page.steplen))
    ailleurs = {
        f"existe_{code}": Exists(
            Page.objects.live().filter(translation_key=OuterRef("translation_key"), locale__language_code=code)
        )
        for code, _nom in settings.LANGUES_SANS_CADRE
    }
    valeurs = ("url_path", "last_published_at", *ailleurs)
    return pages.live().filter(Exists(dessus)).order_by("path").annotate(**ailleurs).values_list(*valeurs)


def _entrees(lignes: Iterable[Any], hotes: dict[str, str]) -> Iterator[Entree]:
    """A page and its translations have one address, and changed when any of them did."""
    du_cadre = [code for code, _nom in settings.LANGUES_DU_CADRE]
    sans_cadre = [code for code, _nom in settings.LANGUES_SANS_CADRE]
    trouvees: dict[str, tuple[datetime.datetime | None, list[bool]]] = {}
    for traduit, publiee_le, *existe in lignes:
        url_path = sans_langue(traduit)
        vue = trouvees.get(url_path)
        if vue is None:
            trouvees[url_path] = (publiee_le, existe)
        elif publiee_le and (vue[0] is None or vue[0] < publiee_le):
            trouvees[url_path] = (publiee_le, vue[1])
    for url_path, (modifiee_le, existe) in trouvees.items():
        segments = url_path.split("/")
        racine, reste = segments[NIVEAU_D_UNE_ECOLE], "/".join(segments[NIVEAU_D_UNE_ECOLE + 1 :])
        code = racine.partition("-")[0].upper()
        base = base_de(hotes[code]) if code in hotes else base_du_code(code)
        adresses = {
            langue: f"{base}/{langue}/{reste}" if base else f"{settings.URL_PUBLIQUE}/{langue}/ecoles/{racine}/{reste}"
            for langue in (*du_cadre, *compress(sans_cadre, existe))
        }
        yield Entree(adresses, modifiee_le)
