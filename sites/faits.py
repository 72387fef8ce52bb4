"""What the registry says of a school, read in one query: its page shows four lists of it, and is asked for all day."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, DateField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast

from etablissements.monographie.models import ConfirmationMonographie
from etablissements.registre.models import Commune, Cycle, Dotation, Etablissement
from portal.socle.preparees import Preparee, Valeur

COLONNES = ("sorte", "a", "b", "c", "d", "e", "f", "jour", "moment")
_TYPES = dict.fromkeys(COLONNES, CharField()) | {"jour": DateField(), "moment": DateTimeField()}
# PostgreSQL asks the type of an empty column; it is cast where that is not text, and texts everywhere else.
_VIDES: dict[str, Any] = {nom: Value(None, output_field=genre) for nom, genre in _TYPES.items()}
_VIDES |= {nom: Cast(_VIDES[nom], _TYPES[nom]) for nom in ("jour", "moment")}


@dataclass
class FaitsDuRegistre:
    """The lists, in the order of the registry. The models carry the fields that a page shows, and are not to be saved.

    Attributes:
        confirmations: when the facts of each seal were last confirmed by the school's direction.
    """

    cycles: list[Cycle] = field(default_factory=list)
    dotations: list[Dotation] = field(default_factory=list)
    unites: list[Etablissement] = field(default_factory=list)
    confirmations: dict[str, datetime.datetime] = field(default_factory=dict)


def faits_du_registre(*, etablissement: Etablissement) -> FaitsDuRegistre:
    """Return the cycles, the equipment, the units and the confirmations of a school. One query."""
    faits = FaitsDuRegistre()
    for sorte, a, b, c, d, e, f, jour, moment in _faits.lignes(ecole=etablissement.pk):
        if sorte == "cycle":
            faits.cycles.append(Cycle(code=a, nom_fr=b, nom_ar=c, ordre=int(d)))
        elif sorte == "dotation":
            faits.dotations.append(Dotation(genre=a, nombre=int(b), source=c, releve_le=jour))
        elif sorte == "unite":
            commune = Commune(nom_fr=e, nom_ar=f)
            faits.unites.append(Etablissement(gresa=a, nom_fr=b, nom_ar=c, type=d, commune=commune))
        else:
            faits.confirmations[a] = max(moment, faits.confirmations.get(a, moment))
    faits.cycles.sort(key=lambda cycle: cycle.ordre)
    faits.dotations.sort(key=lambda dotation: dotation.genre)
    faits.unites.sort(key=lambda unite: unite.gresa)
    return faits


def _listes() -> tuple[tuple[QuerySet[Any], str], ...]:
    """Return the four lists, of all schools, and what leads from each to its school."""
    return (
        (
            _lignes("cycle", Cycle.objects.all(), a="code", b="nom_fr", c="nom_ar", d=Cast("ordre", CharField())),
            "etablissements",
        ),
        (
            _lignes(
                "dotation",
                Dotation.objects.all(),
                a="genre",
                b=Cast("nombre", CharField()),
                c="source",
                jour="releve_le",
            ),
            "etablissement",
        ),
        (
            _lignes(
                "unite",
                Etablissement.objects.filter(ouvert=True),
                a="gresa",
                b="nom_fr",
                c="nom_ar",
                d="type",
                e="commune__nom_fr",
                f="commune__nom_ar",
            ),
            "rattachement",
        ),
        (
            _lignes("confirmation", ConfirmationMonographie.objects.all(), a="empreinte", moment="confirmee_le"),
            "etablissement",
        ),
    )


def _reunies() -> QuerySet[Any]:
    """Return the four lists of one school, `ecole`."""
    premiere, *autres = (liste.filter(**{lien: Valeur("ecole")}) for liste, lien in _listes())
    return premiere.union(*autres, all=True)


_faits: Preparee[Any] = Preparee(_reunies)


def _lignes(sorte: str, objets: QuerySet[Any], **colonnes: Any) -> QuerySet[Any]:
    """Return rows of one shape, whatever they come from: columns that do not concern them are empty."""
    expressions = (
        _VIDES
        | {"sorte": Value(sorte)}
        | {nom: F(champ) if isinstance(champ, str) else champ for nom, champ in colonnes.items()}
    )
    return objets.order_by().values_list(*(expressions[nom] for nom in COLONNES))
