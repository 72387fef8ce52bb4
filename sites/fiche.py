"""The facts of a school as its page shows them: typed, dated, sourced. Nobody types them."""

import datetime
from dataclasses import dataclass

from etablissements.monographie.faits import empreinte_des_faits
from etablissements.monographie.requetes import confirmee_le
from etablissements.registre.models import Commune, Dotation, Etablissement
from etablissements.scolarite import api as scolarite
from etablissements.scolarite.api import Effectifs


@dataclass(frozen=True)
class Fiche:
    """The monograph.

    Attributes:
        etablissement: the school, with commune, direction and academy loaded.
        cycles: its cycles, lowest first.
        rurale: whether its commune is a rural one.
        effectifs: headcount of the current year, None while the records hold none.
        equipements: what the school has, or is known not to have.
        services: canteen, boarding, transport.
        unites: satellites and annexes.
        confirmee_le: day on which the school's direction confirmed these very facts, None when it did not.
    """

    etablissement: Etablissement
    cycles: tuple[str, ...]
    rurale: bool
    effectifs: Effectifs | None
    equipements: tuple[Dotation, ...]
    services: tuple[Dotation, ...]
    unites: tuple[Etablissement, ...]
    confirmee_le: datetime.date | None

    @property
    def annee(self) -> str:
        """The school year of the headcount as readers write it, `2025/2026`; empty without headcount."""
        return self.effectifs.annee.replace("-", "/") if self.effectifs else ""


def fiche_de(*, etablissement: Etablissement) -> Fiche:
    """Gather the facts of a school."""
    dotations = tuple(etablissement.dotations.all())
    cycles = tuple(etablissement.cycles.all())
    unites = tuple(etablissement.unites.filter(ouvert=True).select_related("commune"))
    empreinte = empreinte_des_faits(etablissement=etablissement, cycles=cycles, dotations=dotations, unites=unites)
    return Fiche(
        etablissement=etablissement,
        cycles=tuple(cycle.nom for cycle in cycles),
        rurale=etablissement.commune.genre == Commune.Genre.RURALE,
        effectifs=scolarite.effectifs(etablissement_id=etablissement.pk),
        equipements=tuple(dotation for dotation in dotations if dotation.genre not in Dotation.SERVICES),
        services=tuple(dotation for dotation in dotations if dotation.genre in Dotation.SERVICES),
        unites=unites,
        confirmee_le=confirmee_le(etablissement_id=etablissement.pk, empreinte=empreinte),
    )
