"""What a published copy depends on, as short strings: when it changes, every copy that bears its key is dropped."""

import re

_CLE = re.compile(r"[a-z]+(?::[A-Za-z0-9._-]+)?")


def page(pk: int) -> str:
    """One page: its own fields."""
    return f"page:{pk}"


def ecole(gresa: str) -> str:
    """The frame of all the pages of a school: name, tabs, settings."""
    return f"ecole:{gresa}"


def actualites(gresa: str) -> str:
    """The news of a school: list, home, feed."""
    return f"actualites:{gresa}"


def agenda(gresa: str) -> str:
    """The events of a school: list, home, feed."""
    return f"agenda:{gresa}"


def faits(gresa: str) -> str:
    """What the registry and the records say of a school."""
    return f"faits:{gresa}"


def plan(gresa: str) -> str:
    """The map of a school's site: which pages it has, and when each was last published."""
    return f"plan:{gresa}"


def direction(code: str) -> str:
    """What a direction's page says of its schools, their news included."""
    return f"direction:{code}"


def ecoles(code: str) -> str:
    """The schools of a direction, without their news: what a closed one says of those around it."""
    return f"ecoles:{code}"


def pays() -> str:
    """What is said of the country: counts by academy, the ministry's home."""
    return "pays"


def verifier(cles: set[str]) -> set[str]:
    """Return `cles`, or refuse a string that is no key: it would name a file.

    Raises:
        ValueError: one of them is not a key.
    """
    if mauvaises := sorted(cle for cle in cles if not _CLE.fullmatch(cle)):
        raise ValueError(f"Clés de diffusion mal formées : {mauvaises}")
    return cles
