"""The facts of a school as its page shows them: typed, dated, sourced. Nobody types them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from etablissements.monographie.faits import empreinte_des_faits
from etablissements.registre.models import Commune, Cycle, Dotation, Etablissement
from etablissements.scolarite import api as scolarite
from etablissements.scolarite.api import Effectifs

from .faits import faits_du_registre
from .variantes import variante_de

VOISINES = 6


@dataclass(frozen=True)
class Repere:
    """One thing that families ask about.

    Attributes:
        libelle: its name, in the active language.
        dotation: what the registry says, None when it says nothing.
    """

    libelle: str
    dotation: Dotation | None


def reperes(genres: Iterable[str], dotations: Iterable[Dotation]) -> tuple[Repere, ...]:
    """Return what the registry says of each kind, in the order asked."""
    connues = {dotation.genre: dotation for dotation in dotations}
    return tuple(Repere(str(Dotation.Genre(genre).label), connues.get(genre)) for genre in genres)


def voisines(*, etablissement: Etablissement) -> list[Etablissement]:
    """Return open schools where the pupils of a closed one may go: of its cycle and direction, its commune first."""
    ici = Case(When(commune=etablissement.commune_id, then=Value(0)), default=Value(1), output_field=IntegerField())
    ouvertes = Etablissement.objects.autonomes().filter(direction=etablissement.direction_id)
    return list(
        ouvertes.filter(cycles=etablissement.cycle_principal_id)
        .select_related("commune")
        .order_by(ici, "commune__nom_fr", "nom_fr", "pk")[:VOISINES]
    )


@dataclass(frozen=True)
class Fiche:
    """The monograph.

    Attributes:
        etablissement: the school, with commune, direction and academy loaded.
        cycles: its cycles, lowest first.
        rurale: whether its commune is a rural one.
        effectifs: headcount of the current year, None while the records hold none.
        reperes: what a family of this cycle asks first, known or not.
        equipements: what else the school has, or is known not to have.
        services: canteen, boarding, transport, when they are not among the first.
        unites: satellites and annexes.
        confirmee_le: day on which the school's direction confirmed these very facts, None when it did not.
    """

    etablissement: Etablissement
    cycles: tuple[Cycle, ...]
    rurale: bool
    effectifs: Effectifs | None
    reperes: tuple["Repere", ...]
    equipements: tuple[Dotation, ...]
    services: tuple[Dotation, ...]
    unites: tuple[Etablissement, ...]
    confirmee_le: datetime.date | None

    @property
    def cycles_ajoutes(self) -> tuple[Cycle, ...]:
        """The cycles beside the main one: preschool, CPGE, BTS, or the other half of a whole school."""
        return tuple(cycle for cycle in self.cycles if cycle.pk != self.etablissement.cycle_principal_id)


def fiche_de(*, etablissement: Etablissement) -> Fiche:
    """Gather the facts of a school."""
    faits = faits_du_registre(etablissement=etablissement)
    cycles, dotations, unites = faits.cycles, faits.dotations, faits.unites
    confirmee = faits.confirmations.get(
        empreinte_des_faits(etablissement=etablissement, cycles=cycles, dotations=dotations, unites=unites)
    )
    premiers = variante_de(etablissement).reperes
    autres = [dotation for dotation in dotations if dotation.genre not in premiers]
    return Fiche(
        etablissement=etablissement,
        cycles=tuple(cycles),
        rurale=etablissement.commune.genre == Commune.Genre.RURALE,
        effectifs=scolarite.effectifs(etablissement_id=etablissement.pk),
        reperes=reperes(premiers, dotations),
        equipements=tuple(dotation for dotation in autres if dotation.genre not in Dotation.SERVICES),
        services=tuple(dotation for dotation in autres if dotation.genre in Dotation.SERVICES),
        unites=tuple(unites),
        confirmee_le=timezone.localdate(confirmee) if confirmee else None,
    )
