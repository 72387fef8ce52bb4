"""Every field that speaks of a person says why it is kept and how long (law 09-08). A system check enforces it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error

APPLICATIONS_CONCERNEES = frozenset({"comptes", "acces", "scolarite", "monographie"})


@dataclass(frozen=True)
class Confidentialite:
    """What a model knows of people.

    Attributes:
        finalite: why these data are kept, in one sentence.
        conservation: how long, in one sentence.
        personnelles: names of the fields that describe or point to a person.
        ordinaires: names of the fields that do not.
    """

    finalite: str
    conservation: str
    personnelles: tuple[str, ...]
    ordinaires: tuple[str, ...] = ()


def verifier_annotations(app_configs: Iterable[AppConfig] | None = None, **_: object) -> list[CheckMessage]:
    """System check: each model of the concerned apps, and each that speaks up elsewhere, annotates all its fields."""
    erreurs: list[CheckMessage] = []
    for modele in apps.get_models():
        annotation = getattr(modele, "confidentialite", None)
        if annotation is None and modele._meta.app_label not in APPLICATIONS_CONCERNEES:
            continue
        if annotation is None:
            erreurs.append(Error(f"{modele._meta.label} n'annonce pas sa confidentialité.", id="socle.E001"))
            continue
        champs = {champ.name for champ in modele._meta.concrete_fields}
        annonces = [*annotation.personnelles, *annotation.ordinaires]
        ecart = champs.symmetric_difference(annonces)
        if ecart or len(annonces) != len(set(annonces)):
            erreurs.append(
                Error(f"{modele._meta.label} : champs mal annotés : {sorted(ecart)}.", obj=modele, id="socle.E002")
            )
    return erreurs
