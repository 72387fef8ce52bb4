"""Loads the registry's own data files (`donnees/*.csv`) into the database. Write side of the nomenclatures.

Sources of the files: the High Commission for Planning's codes of regions, provinces and communes; the ministry's
published calendars; labels and codes read in exchanged workbooks.
"""

import csv
import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import models, transaction

from portal.diffusion import cles
from portal.diffusion.api import perimer

from .index import reindexer
from .models import (
    Academie,
    AnneeScolaire,
    Commune,
    Cycle,
    Direction,
    Etablissement,
    EvenementCalendrier,
    Filiere,
    Matiere,
    Niveau,
)

DONNEES = Path(__file__).parent / "donnees"
LOT = 500


def _oui(texte: str) -> bool:
    return texte == "oui"


def _entier_ou_rien(texte: str) -> int | None:
    return int(texte) if texte else None


def _ou_rien(texte: str) -> str | None:
    return texte or None


@dataclass(frozen=True)
class Nomenclature:
    """How one file fills one model.

    Attributes:
        fichier: name of the file in `donnees/`; its header names the model's columns.
        modele: the model.
        cle: the fields that name a row.
        lectures: how to read the columns that are not plain text.
        liens: columns that hold the codes of a many-to-many field, separated by `;`.
    """

    fichier: str
    modele: type[models.Model]
    cle: tuple[str, ...] = ("code",)
    lectures: dict[str, Callable[[str], Any]] = field(default_factory=dict)
    liens: tuple[str, ...] = ()


NOMENCLATURES = (
    Nomenclature("academies.csv", Academie),
    Nomenclature("directions.csv", Direction),
    Nomenclature("communes.csv", Commune, lectures={"nom_ar_verifie": _oui}),
    Nomenclature(
        "annees.csv",
        AnneeScolaire,
        lectures={"debut": datetime.date.fromisoformat, "fin": datetime.date.fromisoformat},
    ),
    Nomenclature(
        "calendrier.csv",
        EvenementCalendrier,
        cle=("annee_id", "nom_fr"),
        lectures={"debut": datetime.date.fromisoformat, "fin": datetime.date.fromisoformat},
    ),
    Nomenclature("cycles.csv", Cycle, lectures={"ordre": int, "bareme": _entier_ou_rien}),
    Nomenclature("filieres.csv", Filiere),
    Nomenclature(
        "niveaux.csv",
        Niveau,
        lectures={"annee_du_cycle": int, "ordre": int, "filiere_id": _ou_rien, "equivalent_id": _ou_rien},
    ),
    Nomenclature("matieres.csv", Matiere, liens=("cycles",)),
)


@dataclass(frozen=True)
class BilanTable:
    """What loading did to one table: numbers of rows created, changed and left as they were."""

    fichier: str
    table: str
    crees: int
    modifies: int
    inchanges: int


def lire_donnees(nomenclature: Nomenclature) -> Iterator[tuple[dict[str, Any], dict[str, set[str]]]]:
    """Give each row of a file: values by column of the model, and codes by many-to-many field."""
    with (DONNEES / nomenclature.fichier).open(encoding="utf-8", newline="") as source:
        for ligne in csv.DictReader(source):
            valeurs, liens = {}, {}
            for colonne, texte in ligne.items():
                if colonne in nomenclature.liens:
                    liens[colonne] = set(filter(None, texte.split(";")))
                else:
                    attribut = nomenclature.modele._meta.get_field(colonne).attname  # type: ignore[union-attr]
                    valeurs[attribut] = nomenclature.lectures.get(attribut, str)(texte)
            yield valeurs, liens


def _charger(nomenclature: Nomenclature) -> BilanTable:
    gestionnaire = nomenclature.modele._default_manager
    existants = {tuple(getattr(objet, nom) for nom in nomenclature.cle): objet for objet in gestionnaire.all()}
    liens_connus = {
        nom: {objet.pk: {lie.pk for lie in getattr(objet, nom).all()} for objet in gestionnaire.prefetch_related(nom)}
        for nom in nomenclature.liens
    }
    nouveaux: list[models.Model] = []
    changes: list[models.Model] = []
    a_relier: list[tuple[models.Model, str, set[str]]] = []
    champs: set[str] = set()
    inchanges = 0
    for valeurs, liens in lire_donnees(nomenclature):
        objet = existants.get(tuple(valeurs[nom] for nom in nomenclature.cle))
        if objet is None:
            objet = nomenclature.modele(**valeurs)
            nouveaux.append(objet)
            a_relier += [(objet, nom, codes) for nom, codes in liens.items()]
            continue
        differents = {nom for nom, valeur in valeurs.items() if getattr(objet, nom) != valeur}
        relies = {nom: codes for nom, codes in liens.items() if liens_connus[nom][objet.pk] != codes}
        if differents:
            champs |= differents
            for nom in differents:
                setattr(objet, nom, valeurs[nom])
        a_relier += [(objet, nom, codes) for nom, codes in relies.items()]
        if differents or relies:
            changes.append(objet)
        else:
            inchanges += 1
    gestionnaire.bulk_create(nouveaux, batch_size=LOT)
    if champs:
        gestionnaire.bulk_update(changes, sorted(champs), batch_size=LOT)
    for objet, nom, codes in a_relier:
        getattr(objet, nom).set(codes)
    if nomenclature.modele is Commune and changes:
        reindexer(Etablissement.objects.filter(commune__in=changes))
    return BilanTable(
        fichier=nomenclature.fichier,
        table=nomenclature.modele._meta.db_table,
        crees=len(nouveaux),
        modifies=len(changes),
        inchanges=inchanges,
    )


def _perimer_tout() -> None:
    """Outdate every published copy: all show a name of the nomenclatures, that of a region, a commune or a cycle."""
    directions = Direction.objects.values_list("pk", flat=True)
    ecoles = Etablissement.objects.values_list("gresa", flat=True)
    perimer(
        cles.pays(),
        *(cle for code in directions for cle in (cles.direction(code), cles.ecoles(code))),
        *(cles.ecole(code) for code in ecoles),
    )


def charger_registre(*, apres_table: Callable[[BilanTable], object] | None = None) -> tuple[BilanTable, ...]:
    """Bring the nomenclatures to the state of the data files, in one transaction.

    Rows that the files no longer name are kept: records may point to them.

    Args:
        apres_table: called after each table, for a progress bar.
    """
    bilans = []
    with transaction.atomic():
        for nomenclature in NOMENCLATURES:
            bilan = _charger(nomenclature)
            bilans.append(bilan)
            if apres_table:
                apres_table(bilan)
        if any(bilan.crees or bilan.modifies for bilan in bilans):
            _perimer_tout()
    return tuple(bilans)
