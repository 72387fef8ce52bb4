"""A progress bar for long commands: redrawn on a terminal, one line every tenth elsewhere."""

import time
from collections.abc import Callable
from types import TracebackType

LARGEUR = 30
INTERVALLE = 0.1  # seconds between two drawings on a terminal


class Progression:
    """Shows how far a loop is. A context manager; commands get theirs from `CommandePortail.progression`.

    Args:
        libelle: what is being done, already translated.
        total: number of steps; 0 draws nothing.
        ecrire: writes a piece of text, as it is.
        terminal: whether a line can be redrawn.
    """

    def __init__(self, *, libelle: str, total: int, ecrire: Callable[[str], object], terminal: bool) -> None:
        self.libelle, self.total = libelle, total
        self.fait = 0
        self._ecrire, self._terminal = ecrire, terminal
        self._dessine_a = 0.0
        self._dixiemes = 0

    def avancer(self, pas: int = 1) -> None:
        """Count `pas` more steps done."""
        self.fait += pas
        if not self.total:
            return
        if self._terminal:
            maintenant = time.monotonic()
            if self.fait >= self.total or maintenant - self._dessine_a >= INTERVALLE:
                self._dessine_a = maintenant
                pleins = LARGEUR * self.fait // self.total
                barre = "█" * pleins + "·" * (LARGEUR - pleins)
                self._ecrire(f"\r{self.libelle} {barre} {self.fait}/{self.total}")
            return
        dixiemes = 10 * self.fait // self.total
        if dixiemes > self._dixiemes:
            self._dixiemes = dixiemes
            self._ecrire(f"{self.libelle} {self.fait}/{self.total}\n")

    def terminer(self) -> None:
        """Leave the line of the bar, so that what follows is written below it."""
        if self._terminal and self.fait:
            self._ecrire("\n")

    def __enter__(self) -> "Progression":
        return self

    def __exit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.terminer()
