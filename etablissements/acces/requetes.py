"""Reading the assignments: where somebody works, with which role, and which schools that reaches."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from etablissements.registre.models import Etablissement

from .models import Affectation

_MEMOIRE = "_portail_postes"


@dataclass(frozen=True)
class Portee:
    """What some assignments reach. Each node stands for all that is under it, however many schools.

    Attributes:
        etablissements: primary keys of schools.
        directions: codes of directions.
        academies: codes of academies.
        pays: whether the whole country is reached.
    """

    etablissements: frozenset[int] = frozenset()
    directions: frozenset[str] = frozenset()
    academies: frozenset[str] = frozenset()
    pays: bool = False

    def __bool__(self) -> bool:
        return self.pays or bool(self.etablissements or self.directions or self.academies)

    def filtre(self, chemin: str = "") -> Q:
        """Return the condition under which a school is reached.

        Args:
            chemin: path to the school in the model that is filtered, such as `etablissement`; empty for the school.

        Returns:
            A condition on constants, so that the database uses its indexes. A satellite or an annexe is run by the
            school it belongs to. Of nothing reached, a condition that holds for no row.
        """
        if self.pays:
            return Q()
        prefixe = f"{chemin}__" if chemin else ""
        condition = Q(pk__in=())
        if self.etablissements:
            condition |= Q(**{f"{chemin or 'pk'}__in": self.etablissements})
            condition |= Q(**{f"{prefixe}rattachement__in": self.etablissements})
        if self.directions:
            condition |= Q(**{f"{prefixe}direction__in": self.directions})
        if self.academies:
            condition |= Q(**{f"{prefixe}direction__academie__in": self.academies})
        return condition

    def ecoles(self) -> QuerySet[Etablissement]:
        """Return the schools that are reached, units included: one query whatever their number."""
        return Etablissement.objects.filter(self.filtre())


def affectations_de(*, utilisateur_id: int, jour: datetime.date | None = None) -> tuple[Affectation, ...]:
    """Return the assignments that this person holds on `jour` (today by default); none when the account is closed."""
    return tuple(
        Affectation.objects.en_cours(jour or timezone.localdate())
        .filter(utilisateur_id=utilisateur_id, utilisateur__is_active=True)
        .order_by("pk")
    )


def postes_de(utilisateur: Any) -> tuple[Affectation, ...]:
    """Return the posts that this account holds today, read once and kept on the object: for one request.

    An anonymous or closed account holds none.
    """
    if not utilisateur.is_active or utilisateur.is_anonymous:
        return ()
    if not hasattr(utilisateur, _MEMOIRE):
        setattr(utilisateur, _MEMOIRE, affectations_de(utilisateur_id=utilisateur.pk))
    return getattr(utilisateur, _MEMOIRE)


def portee_des(affectations: Collection[Affectation], *, roles: Collection[str]) -> Portee:
    """Return what the assignments of one of `roles` reach together. No query."""
    tenues = [affectation for affectation in affectations if affectation.role in roles]
    return Portee(
        etablissements=frozenset(tenue.etablissement_id for tenue in tenues if tenue.etablissement_id),
        directions=frozenset(tenue.direction_id for tenue in tenues if tenue.direction_id),
        academies=frozenset(tenue.academie_id for tenue in tenues if tenue.academie_id),
        pays=any(tenue.role == Affectation.Role.MINISTERE for tenue in tenues),
    )


def etablissements_ou(
    *, utilisateur_id: int, roles: Collection[str], jour: datetime.date | None = None
) -> QuerySet[Etablissement]:
    """Return the schools where this person holds one of `roles` on `jour` (today by default), and their units.

    Only posts in a school itself count, none above it; being a superuser gives nothing. Nothing is read here: the
    condition becomes a part of the query of whoever asks. The schools and their units are joined by a union: of two
    conditions joined by OR, PostgreSQL reads the whole registry.
    """
    affectations = Affectation.objects.en_cours(jour or timezone.localdate()).filter(
        utilisateur_id=utilisateur_id, utilisateur__is_active=True, role__in=roles
    )
    ecoles = affectations.filter(etablissement__isnull=False).order_by().values("etablissement")
    unites = Etablissement.objects.filter(rattachement__in=ecoles).order_by().values("pk")
    return Etablissement.objects.filter(pk__in=ecoles.union(unites, all=True))


def etablissements_atteints(
    *, utilisateur_id: int, roles: Collection[str], jour: datetime.date | None = None
) -> QuerySet[Etablissement]:
    """Return the schools that this person reaches with one of `roles`, from the school itself or from above.

    The posts are read here, in one query; the schools come in another, whatever their number.
    """
    return portee_des(affectations_de(utilisateur_id=utilisateur_id, jour=jour), roles=roles).ecoles()
