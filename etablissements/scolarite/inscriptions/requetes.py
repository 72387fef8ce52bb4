"""Headcounts of a school, computed from the enrolments."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import Count, Q, Subquery
from django.utils import timezone

from etablissements.registre.models import Bilingue
from portal.socle.preparees import Preparee, Valeur

from ..echanges.models import ImportListe
from .models import Classe, Eleve, Inscription


@dataclass(frozen=True)
class EffectifNiveau:
    """The pupils of one level, and the labels of its classes."""

    code: str
    nom_fr: str
    nom_ar: str
    filles: int
    garcons: int
    total: int
    classes: tuple[str, ...]

    nom = Bilingue.nom


@dataclass(frozen=True)
class EffectifFiliere:
    """The pupils of one stream."""

    code: str
    nom_fr: str
    nom_ar: str
    filles: int
    garcons: int
    total: int

    nom = Bilingue.nom


@dataclass(frozen=True)
class Effectifs:
    """The headcount of a school in a year, with its date and source.

    Attributes:
        annee: the school year, `2025-2026`.
        releve_le: day of the latest import of that year.
        source: name of the workbook of that import.
        niveaux: levels in teaching order; only those that have a class.
        filieres: streams that have a class, in the order of the levels.
    """

    annee: str
    releve_le: datetime.date
    source: str
    total: int
    filles: int
    garcons: int
    nb_classes: int
    niveaux: tuple[EffectifNiveau, ...]
    filieres: tuple[EffectifFiliere, ...]


def _sexes(classes: Iterable[Classe]) -> tuple[int, int]:
    """Add the girls and the boys counted on each class."""
    return (
        sum(classe.filles for classe in classes),  # type: ignore[attr-defined]
        sum(classe.garcons for classe in classes),  # type: ignore[attr-defined]
    )


def _niveau(classes: list[Classe]) -> EffectifNiveau:
    niveau = classes[0].niveau
    filles, garcons = _sexes(classes)
    libelles = tuple(sorted((classe.libelle for classe in classes), key=cle_de_classe))
    return EffectifNiveau(niveau.code, niveau.nom_fr, niveau.nom_ar, filles, garcons, filles + garcons, libelles)


def _filiere(classes: list[Classe]) -> EffectifFiliere:
    filiere = classes[0].niveau.filiere
    filles, garcons = _sexes(classes)
    return EffectifFiliere(filiere.code, filiere.nom_fr, filiere.nom_ar, filles, garcons, filles + garcons)


@cache
def _classes(*, annee_choisie: bool) -> Preparee[Classe]:
    """Return the query of the classes of `ecole` with their girls and boys, in teaching order.

    They are those of its last import, or of the last import of `annee`.
    """
    imports = ImportListe.objects.filter(etablissement_id=Valeur("ecole"))
    if annee_choisie:
        imports = imports.filter(annee_id=Valeur("annee"))
    dernier = imports.order_by("-annee_id", "-importe_le")[:1]
    actives = Q(inscriptions__statut=Inscription.Statut.ACTIVE)
    noms = ("code", "nom_fr", "nom_ar")
    lues = (*(f"niveau__{nom}" for nom in noms), *(f"niveau__filiere__{nom}" for nom in noms))
    return Preparee(
        lambda: (
            Classe.objects.filter(etablissement_id=Valeur("ecole"), annee_id=Subquery(dernier.values("annee_id")))
            .select_related("niveau__filiere")
            .only("annee_id", "libelle", *lues)
            .annotate(
                filles=Count("inscriptions", filter=actives & Q(inscriptions__eleve__sexe=Eleve.Sexe.FILLE)),
                garcons=Count("inscriptions", filter=actives & Q(inscriptions__eleve__sexe=Eleve.Sexe.GARCON)),
                importe_le=Subquery(dernier.values("importe_le")),
                source=Subquery(dernier.values("nom_fichier")),
            )
            .order_by("niveau__ordre", "libelle")
        )
    )


def effectifs(*, etablissement_id: int, annee: str | None = None) -> Effectifs | None:
    """Return the headcount of a school, or None when no list was imported. One query.

    Args:
        etablissement_id: primary key of the school.
        annee: code of the year, `2025-2026`; the latest one with an import when not given.
    """
    classes = _classes(annee_choisie=bool(annee)).objets(ecole=etablissement_id, annee=annee)
    if not classes:
        return None
    par_niveau: dict[str, list[Classe]] = {}
    par_filiere: dict[str, list[Classe]] = {}
    for classe in classes:
        par_niveau.setdefault(classe.niveau_id, []).append(classe)
        if classe.niveau.filiere_id:
            par_filiere.setdefault(classe.niveau.filiere_id, []).append(classe)
    filles, garcons = _sexes(classes)
    return Effectifs(
        annee=classes[0].annee_id,
        releve_le=timezone.localdate(classes[0].importe_le),  # type: ignore[attr-defined]
        source=classes[0].source,  # type: ignore[attr-defined]
        total=filles + garcons,
        filles=filles,
        garcons=garcons,
        nb_classes=len(classes),
        niveaux=tuple(map(_niveau, par_niveau.values())),
        filieres=tuple(map(_filiere, par_filiere.values())),
    )


def dates_des_effectifs(*, etablissements: Collection[int]) -> dict[int, datetime.date]:
    """Return the day of the headcount of each of these schools, given by primary key; absent without one. One query."""
    imports = ImportListe.objects.filter(etablissement__in=etablissements).order_by("annee_id", "importe_le")
    lignes = imports.values_list("etablissement_id", "importe_le")
    return {ecole: timezone.localdate(importe_le) for ecole, importe_le in lignes}


def cle_de_classe(libelle: str) -> tuple[str, int]:
    """Sort key of class labels: `1APIC-2` before `1APIC-10`."""
    prefixe, _tiret, numero = libelle.rpartition("-")
    return prefixe, int(numero)
