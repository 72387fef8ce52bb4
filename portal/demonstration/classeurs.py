"""Writes invented class-list workbooks, laid out exactly as Massar exports them, in Arabic or in French.

The same seed gives the same pupils in both languages. Codes are a letter, 99 and seven digits: no real pupil has one.
"""

import csv
import datetime
import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

import xlsxwriter

from etablissements.registre.models import AnneeScolaire, Direction, Etablissement, Niveau

Langue = Literal["ar", "fr"]

DONNEES = Path(__file__).with_name("donnees")
LETTRES_DE_CODE = "BCDEHJKLMNPQSTUVWXYZ"  # the sample workbooks use the others
CODES_PAR_ETABLISSEMENT = 2_000
MELANGE = 104_729_003  # prime to the number of codes: consecutive pupils get distant codes
TAILLE_MINIMALE, TAILLE_MAXIMALE = 18, 40  # pupils in a class
PART_DE_FRATRIES = 0.2  # pupils who have an elder in the school
# Age in the calendar year when the school year begins, by cycle, in its first year.
AGE_D_ENTREE = {"prescolaire": 4, "primaire": 6, "college": 12, "qualifiant": 15}
# What a school of each cycle has: codes of levels and number of classes of each.
STRUCTURES: dict[str, dict[str, int]] = {
    "prescolaire": {"MS": 1, "GS": 1},
    "primaire": {f"{annee}APG": 2 for annee in range(1, 7)},
    "college": {"1APIC": 3, "2APIC": 3, "3APIC": 3, "1ACG": 1},
    "qualifiant": {
        "TCSF": 2,
        "TCLSH": 2,
        "1BACSEF": 2,
        "1BACSH": 1,
        "1BACSEG": 1,
        "2BACSPF": 1,
        "2BACSVTF": 1,
        "2BACSH": 1,
        "2BACSEC": 1,
    },
}


@dataclass(frozen=True)
class EleveInvente:
    """An invented pupil, named in both scripts."""

    code_massar: str
    nom_fr: str
    nom_ar: str
    prenom_fr: str
    prenom_ar: str
    sexe: str
    date_naissance: datetime.date
    lieu_fr: str
    lieu_ar: str


@dataclass(frozen=True)
class ClasseInventee:
    """An invented class, its pupils in the order of its list."""

    libelle: str
    niveau: Niveau
    eleves: tuple[EleveInvente, ...]


@cache
def _table(nom: str) -> tuple[dict[str, str], ...]:
    with (DONNEES / nom).open(encoding="utf-8", newline="") as source:
        return tuple(csv.DictReader(source))


@cache
def _prenoms(sexe: str) -> tuple[dict[str, str], ...]:
    return tuple(ligne for ligne in _table("prenoms.csv") if ligne["sexe"] == sexe)


def code_invente(numero: int) -> str:
    """Return the code of the pupil `numero` of the country; different numbers have different codes."""
    total = len(LETTRES_DE_CODE) * 10**7
    lettre, chiffres = divmod(numero * MELANGE % total, 10**7)
    return f"{LETTRES_DE_CODE[lettre]}99{chiffres:07d}"


def structure(etablissement: Etablissement) -> dict[str, int]:
    """Return the levels of a school of these cycles, and how many classes of each."""
    cycles = set(etablissement.cycles.values_list("code", flat=True))
    return {
        code: nombre for cycle, niveaux in STRUCTURES.items() if cycle in cycles for code, nombre in niveaux.items()
    }


def _naissance(hasard: random.Random, niveau: Niveau, annee: AnneeScolaire) -> datetime.date:
    """Draw a birth date: the age of the level, one pupil in six a year older, a few two."""
    age = AGE_D_ENTREE[niveau.cycle_id] + niveau.annee_du_cycle - 1 + hasard.choices((0, 1, 2), (80, 15, 5))[0]
    premier = datetime.date(annee.debut.year - age, 1, 1)
    return premier + datetime.timedelta(days=hasard.randrange(365))


def _inventer(
    hasard: random.Random, niveau: Niveau, annee: AnneeScolaire, code: str, aines: Sequence[EleveInvente]
) -> EleveInvente:
    """Invent a pupil; some take the name and birthplace of an elder born at least a year before or after."""
    sexe = hasard.choice("FM")
    nom, lieu = hasard.choice(_table("noms.csv")), hasard.choice(_table("lieux.csv"))
    prenom = hasard.choice(_prenoms(sexe))
    eleve = EleveInvente(
        code_massar=code,
        nom_fr=nom["nom_fr"],
        nom_ar=nom["nom_ar"],
        prenom_fr=prenom["prenom_fr"],
        prenom_ar=prenom["prenom_ar"],
        sexe=sexe,
        date_naissance=_naissance(hasard, niveau, annee),
        lieu_fr=lieu["lieu_fr"],
        lieu_ar=lieu["lieu_ar"],
    )
    if aines and hasard.random() < PART_DE_FRATRIES:
        aine = hasard.choice(aines)
        ecart = abs((aine.date_naissance - eleve.date_naissance).days)
        if ecart > 365 and aine.prenom_fr != eleve.prenom_fr:
            return replace(eleve, nom_fr=aine.nom_fr, nom_ar=aine.nom_ar, lieu_fr=aine.lieu_fr, lieu_ar=aine.lieu_ar)
    return eleve


def inventer_classes(
    *,
    etablissement: Etablissement,
    annee: AnneeScolaire,
    graine: int,
    niveaux: Mapping[str, int] | None = None,
    taille: int | None = None,
) -> Iterator[ClasseInventee]:
    """Invent the classes of a school, the same for the same arguments.

    Args:
        etablissement: the school; its code makes the pupils' codes.
        annee: the school year; ages fit it.
        graine: seed.
        niveaux: number of classes by code of level; what its cycles suggest when not given.
        taille: pupils in each class; drawn between 18 and 40 when not given.

    Raises:
        ValueError: more than 2,000 pupils, for whom codes would run out.
    """
    hasard = random.Random(f"{graine} {etablissement.gresa} {annee.code}")  # noqa: S311
    voulus = structure(etablissement) if niveaux is None else niveaux
    connus = Niveau.objects.in_bulk(voulus)
    codes = map(code_invente, itertools.count(int(etablissement.gresa[:5]) * CODES_PAR_ETABLISSEMENT))
    tous: list[EleveInvente] = []
    for code_niveau, nombre in voulus.items():
        niveau = connus[code_niveau]
        for rang in range(1, nombre + 1):
            effectif = taille or hasard.randint(TAILLE_MINIMALE, TAILLE_MAXIMALE)
            if len(tous) + effectif > CODES_PAR_ETABLISSEMENT:
                raise ValueError(f"More than {CODES_PAR_ETABLISSEMENT} pupils in a school.")
            eleves = [_inventer(hasard, niveau, annee, next(codes), tous) for _eleve in range(effectif)]
            tous += eleves
            yield ClasseInventee(
                libelle=f"{code_niveau}-{rang}",
                niveau=niveau,
                eleves=tuple(sorted(eleves, key=lambda eleve: (eleve.nom_ar, eleve.prenom_ar))),
            )


# Labels and column titles as Massar writes them: cell, text.
_ETIQUETTES: dict[Langue, dict[str, str]] = {
    "ar": {
        "A5": "الأكاديمية :",
        "F5": "الجماعة :",
        "A6": "المديرية الإقليمية :",
        "F6": "المؤسسة:",
        "A7": ": المستوى",
        "F7": "السنة الدراسية:",
        "A8": ": القسم",
    },
    "fr": {
        "A5": "Académie:",
        "F5": "Commune:",
        "A6": "Direction provinciale:",
        "F6": "Établissement:",
        "A7": "Niveau:",
        "F7": "Année scolaire:",
        "A8": "Classe:",
    },
}
_TITRES: dict[Langue, tuple[str, ...]] = {
    "ar": ("ر.ت", "الرمز", "النسب", "الإسم", "النوع", "تاريخ الإزدياد", "مكان الازدياد"),
    "fr": ("N.O", "Code", "Nom", "Prénom", "Genre", "Date de naissance", "Lieu naissance"),
}
_TITRE: dict[Langue, str] = {"ar": "لائحة التلاميذ", "fr": "Liste des élèves"}
_SEXES: dict[Langue, dict[str, str]] = {"ar": {"F": "أنثى", "M": "ذكر"}, "fr": {"F": "Fille", "M": "Garçon"}}
_DATE: dict[Langue, str] = {"ar": "%Y-%m-%d", "fr": "%Y/%m/%d"}
_LARGEURS = (6, 14, 18, 18, 9, 15, 20)


def _valeurs(
    etablissement: Etablissement, direction: Direction, annee: AnneeScolaire, langue: Langue
) -> dict[str, str]:
    """What stands after the labels, but the level and the class."""
    arabe = langue == "ar"
    return {
        "C5": direction.academie.libelle_massar if arabe else direction.academie.nom_fr,
        "G5": etablissement.commune.nom_ar if arabe else etablissement.commune.nom_fr,
        "C6": direction.libelle_massar if arabe else direction.nom_fr,
        "G6": etablissement.nom_ar if arabe else etablissement.nom_fr,
        "G7": annee.libelle,
    }


def _ligne(rang: int, eleve: EleveInvente, langue: Langue) -> tuple[object, ...]:
    arabe = langue == "ar"
    return (
        rang,
        eleve.code_massar,
        eleve.nom_ar if arabe else eleve.nom_fr,
        eleve.prenom_ar if arabe else eleve.prenom_fr,
        _SEXES[langue][eleve.sexe],
        eleve.date_naissance.strftime(_DATE[langue]),
        eleve.lieu_ar if arabe else eleve.lieu_fr,
    )


def ecrire_classeur(
    *,
    chemin: Path,
    etablissement: Etablissement,
    annee: AnneeScolaire,
    classes: Sequence[ClasseInventee],
    langue: Langue = "ar",
) -> None:
    """Write one workbook, a sheet for each class."""
    direction = Direction.objects.select_related("academie").get(pk=etablissement.direction_id)
    entete = _ETIQUETTES[langue] | _valeurs(etablissement, direction, annee, langue)
    with xlsxwriter.Workbook(str(chemin), {"strings_to_formulas": False, "strings_to_urls": False}) as classeur:
        jour = datetime.datetime.combine(annee.debut, datetime.time())
        classeur.set_properties({"created": jour})  # so that the same pupils make the same bytes
        titre = classeur.add_format({"bold": True, "font_size": 16})
        etiquette = classeur.add_format({"bold": True})
        colonne = classeur.add_format({"bold": True, "border": 1, "bg_color": "#DDDDDD", "align": "center"})
        case = classeur.add_format({"border": 1})
        for classe in classes:
            feuille = classeur.add_worksheet(classe.libelle)
            feuille.right_to_left()
            for rang, largeur in enumerate(_LARGEURS):
                feuille.set_column(rang, rang, largeur)
            feuille.write("C2", _TITRE[langue], titre)
            niveau = classe.niveau.libelle_massar_ar if langue == "ar" else classe.niveau.libelle_massar_fr
            for cellule, contenu in (entete | {"C7": niveau, "C8": classe.libelle}).items():
                feuille.write(cellule, contenu, etiquette if cellule in _ETIQUETTES[langue] else None)
            feuille.write_row("A10", _TITRES[langue], colonne)
            for rang, eleve in enumerate(classe.eleves, 1):
                feuille.write_row(9 + rang, 0, _ligne(rang, eleve, langue), case)


def ecrire_classeurs(
    *,
    etablissement: Etablissement,
    annee: AnneeScolaire,
    dossier: Path,
    graine: int,
    langue: Langue = "ar",
    niveaux: Mapping[str, int] | None = None,
    taille: int | None = None,
) -> Path:
    """Write the workbook of an invented school year of a school in `dossier`, and return its path.

    The arguments are those of `inventer_classes`. The Arabic and the French workbooks of a seed hold the same pupils;
    another seed or year gives the same codes to others, so one seed and one year to a database.
    """
    classes = list(
        inventer_classes(etablissement=etablissement, annee=annee, graine=graine, niveaux=niveaux, taille=taille)
    )
    dossier.mkdir(parents=True, exist_ok=True)
    chemin = dossier / f"ListEleve_{annee.debut:%Y}1007_{etablissement.gresa}_{langue}.xlsx"
    ecrire_classeur(chemin=chemin, etablissement=etablissement, annee=annee, classes=classes, langue=langue)
    return chemin
