"""Read the registry: figures of the country, choices of the directory."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import get_language

from .models import Academie, Commune, Cycle, Direction, Etablissement

COMMUNES_A_CHOISIR = 150


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


SUCCESSIONS_MAX = 10


def ecole_qui_repond(code: str) -> Etablissement | None:
    """Return the open school that answers for a code: the school of a unit, the latest successor of a closed one.

    A registry where successions turn in a circle names nobody. One query a succession.
    """
    ecole = Etablissement.objects.filter(gresa=code).first()
    for _rang in range(SUCCESSIONS_MAX):
        if ecole is None or (ecole.ouvert and not ecole.rattachement_id):
            return ecole
        ecole = ecole.successeur or ecole.rattachement
    return None


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
    """Return the choices of the directory's form, in two queries.

    Above `COMMUNES_A_CHOISIR` communes none is listed: the page would weigh too much, and the form asks for a name.
    """
    tri = "nom_fr" if get_language() == "fr" else "nom_ar"
    pourvues = Etablissement.objects.filter(ouvert=True).values("commune")
    communes = tuple(Commune.objects.filter(pk__in=pourvues).order_by(tri, "code")[: COMMUNES_A_CHOISIR + 1])
    cycles = Cycle.objects.filter(pk__in=Etablissement.cycles.through.objects.values("cycle"))
    return ChoixAnnuaire(() if len(communes) > COMMUNES_A_CHOISIR else communes, tuple(cycles))


def academies_pourvues() -> QuerySet[Academie]:
    """Return the academies that have an open school, with their number of schools as `nombre`."""
    ouverts = Q(directions__etablissements__rattachement=None, directions__etablissements__ouvert=True)
    return Academie.objects.annotate(nombre=Count("directions__etablissements", filter=ouverts)).filter(nombre__gt=0)
