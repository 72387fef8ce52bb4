"""Read the registry: figures of the country, choices of the directory."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from .models import Academie, Commune, Cycle, Direction, Etablissement


@dataclass(frozen=True)
class Chiffres:
    """The registry in figures.

    Attributes:
        etablissements: open schools with a site of their own.
        unites: open satellites and annexes.
        communes: communes that have a school.
        academies: academies of the country.
        directions: directions of the country.
        releve_le: date of the latest facts, None while there are none.
    """

    etablissements: int
    unites: int
    communes: int
    academies: int
    directions: int
    releve_le: datetime.date | None


@dataclass(frozen=True)
class ChoixAnnuaire:
    """What the directory's form offers: communes that have a school, cycles that are taught."""

    communes: tuple[Commune, ...]
    cycles: tuple[Cycle, ...]


def chiffres_du_pays() -> Chiffres:
    """Count the registry, in three queries."""
    comptes = Etablissement.objects.filter(ouvert=True).aggregate(
        etablissements=Count("pk", filter=Q(rattachement=None)),
        unites=Count("pk", filter=Q(rattachement__isnull=False)),
        communes=Count("commune", distinct=True),
        releve_le=Max("releve_le"),
    )
    return Chiffres(**comptes, academies=Academie.objects.count(), directions=Direction.objects.count())


def choix_de_l_annuaire() -> ChoixAnnuaire:
    """Return the choices of the directory's form, in two queries."""
    communes = Commune.objects.filter(pk__in=Etablissement.objects.filter(ouvert=True).values("commune"))
    cycles = Cycle.objects.filter(pk__in=Etablissement.cycles.through.objects.values("cycle"))
    return ChoixAnnuaire(tuple(communes.order_by("nom_fr")), tuple(cycles))


def chercher(*, texte: str = "", commune: str = "", cycle: str = "") -> QuerySet[Etablissement]:
    """Return the open schools and units that match every criterion given, schools before their units.

    Args:
        texte: words of the name in either script, of the commune, or a GRESA code.
        commune: code of a commune.
        cycle: code of a cycle.
    """
    trouves = Etablissement.objects.filter(ouvert=True).chercher(texte)
    if commune:
        trouves = trouves.filter(commune=commune)
    if cycle:
        trouves = trouves.filter(cycles=cycle)
    return trouves.select_related("commune", "direction", "cycle_principal", "rattachement").order_by(
        "rattachement__gresa", "commune__nom_fr", "nom_fr"
    )
