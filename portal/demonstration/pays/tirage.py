"""Chance that can be drawn again: everything invented is a function of the seed and of a rank."""

import csv
from functools import cache
from pathlib import Path
from random import Random

DONNEES = Path(__file__).parents[1] / "donnees"


def tirage(graine: int, *reperes: object) -> Random:
    """Return the source of chance of one thing; the same seed and marks always give the same."""
    return Random("/".join(map(str, (graine, *reperes))))  # noqa: S311


@cache
def lire(nom: str) -> tuple[dict[str, str], ...]:
    """Return the lines of a data file of the demonstration."""
    with (DONNEES / nom).open(encoding="utf-8", newline="") as source:
        return tuple(csv.DictReader(source))
