"""What a school's facts are, which of them must be known, how long they hold, and the seal of them all."""

import csv
import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from etablissements.registre.models import Cycle, Dotation, Etablissement

from .models import Champ

REGLES = Path(__file__).parent / "donnees" / "faits.csv"


@dataclass(frozen=True)
class Regle:
    """A fact that a school's sheet must hold.

    Attributes:
        champ: the fact.
        mois: after how many months it is stale; None when it does not age.
        cycles: main cycles of the schools that must have it; empty for all of them.
        source: where the rule comes from.
    """

    champ: Champ
    mois: int | None
    cycles: frozenset[str]
    source: str

    def concerne(self, etablissement: Etablissement) -> bool:
        """Whether this school must have the fact."""
        return not self.cycles or etablissement.cycle_principal_id in self.cycles

    def perime(self, releve_le: datetime.date, jour: datetime.date) -> bool:
        """Whether a fact of `releve_le` is stale on `jour`."""
        return self.mois is not None and releve_le < _avant(jour, self.mois)


def _avant(jour: datetime.date, mois: int) -> datetime.date:
    """Return the day `mois` months before `jour`; the 31st of a shorter month is its 28th."""
    rang = jour.year * 12 + jour.month - 1 - mois
    return datetime.date(rang // 12, rang % 12 + 1, min(jour.day, 28))


@cache
def regles() -> tuple[Regle, ...]:
    """Return the rules of `donnees/faits.csv`, in its order."""
    with REGLES.open(encoding="utf-8", newline="") as fichier:
        return tuple(
            Regle(
                champ=Champ(ligne["champ"]),
                mois=int(ligne["mois"]) if ligne["mois"] else None,
                cycles=frozenset(filter(None, ligne["cycles"].split(";"))),
                source=ligne["source"],
            )
            for ligne in csv.DictReader(fichier)
        )


def dates_des_faits(
    *, etablissement: Etablissement, dotations: Iterable[Dotation], effectifs_du: datetime.date | None
) -> dict[Champ, datetime.date]:
    """Return the date of each fact that is known; what is missing is unknown."""
    dates: dict[Champ, datetime.date] = {Champ(dotation.genre): dotation.releve_le for dotation in dotations}
    ecrits = {
        Champ("adresse"): etablissement.adresse_ar or etablissement.adresse_fr,
        Champ("telephone"): etablissement.telephone,
        Champ("courriel"): etablissement.courriel,
    }
    dates |= {champ: etablissement.releve_le for champ, valeur in ecrits.items() if valeur}
    if effectifs_du:
        dates[Champ("effectifs")] = effectifs_du
    return dates


def empreinte_des_faits(
    *,
    etablissement: Etablissement,
    cycles: Iterable[Cycle],
    dotations: Iterable[Dotation],
    unites: Iterable[Etablissement],
) -> str:
    """Return the seal of the facts that a director confirms: the registry's, whatever their language or date.

    Headcounts are left out: they are computed from lists that the school imports all year long, and a seal that each
    of them breaks would confirm nothing.
    """
    champs = ("gresa", "nom_fr", "nom_ar", "type", "commune_id", "direction_id", "adresse_fr", "adresse_ar")
    faits = {
        **{champ: getattr(etablissement, champ) for champ in (*champs, "telephone", "courriel")},
        "cycles": sorted(cycle.code for cycle in cycles),
        "dotations": sorted((dotation.genre, dotation.nombre) for dotation in dotations),
        "unites": sorted((unite.gresa, unite.nom_fr, unite.nom_ar) for unite in unites),
    }
    ecrit = json.dumps(faits, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(ecrit.encode()).hexdigest()
