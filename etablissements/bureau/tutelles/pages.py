"""A paginator reads slices: here they come from the door of the records core."""

from functools import cached_property

from etablissements.scolarite.api import LigneTutelle, PageTutelles, tutelles_de_l_etablissement


class TutellesPaginees:
    """The guardianships that match, as a sequence that reads only what is looked at."""

    def __init__(self, **criteres: object) -> None:
        self._criteres = criteres

    def _lire(self, debut: int, nombre: int) -> PageTutelles:
        return tutelles_de_l_etablissement(**self._criteres, debut=debut, nombre=nombre)  # type: ignore[arg-type]

    @cached_property
    def _total(self) -> int:
        return self._lire(0, 0).total

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, tranche: slice) -> tuple[LigneTutelle, ...]:
        debut = tranche.start or 0
        return self._lire(debut, (tranche.stop or len(self)) - debut).lignes
