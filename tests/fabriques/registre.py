"""Builders of the registry."""

import datetime
import itertools
from collections.abc import Sequence

from etablissements.registre.chargement import NOMENCLATURES, Nomenclature, charger_registre, lire_donnees
from etablissements.registre.gresa import lettre_de_controle
from etablissements.registre.index import indexer
from etablissements.registre.models import Commune, Cycle, Direction, Etablissement

# Every table whole but the communes, of which these are enough: two directions, in two academies.
COMMUNES = ("09.581.01.07", "09.581.01.05", "09.581.11.11", "07.351.01.05")
TIZNIT, MARRAKECH = "09.581", "07.351"
# Codes that no test names; a test builds fewer than 700 schools.
_numeros = itertools.cycle((*range(99_100, 99_500), *range(99_600, 99_900)))
_minimal: dict[str, list] = {}


def gresa(numero: int) -> str:
    """The GRESA code of a five-digit number, with its letter."""
    return f"{numero:05d}{lettre_de_controle(numero)}"


def _instances(nomenclature: Nomenclature) -> list:
    """The rows of a file, read once for the whole session."""
    if nomenclature.fichier not in _minimal:
        lus = [nomenclature.modele(**valeurs) for valeurs, _liens in lire_donnees(nomenclature)]
        if nomenclature.modele is Commune:
            lus = [commune for commune in lus if commune.code in COMMUNES]
        _minimal[nomenclature.fichier] = lus
    return _minimal[nomenclature.fichier]


def creer_registre(*, complet: bool = False) -> None:
    """Fill the nomenclatures: all of them but most communes, calendar and subjects, or everything when `complet`."""
    if complet:
        charger_registre()
        return
    for nomenclature in NOMENCLATURES:
        if not nomenclature.liens and nomenclature.fichier != "calendrier.csv":
            nomenclature.modele._default_manager.bulk_create(_instances(nomenclature), ignore_conflicts=True)


def creer_etablissement(
    *,
    code: str | None = None,
    nom_fr: str = "LYCEE COLLEGIAL DES ESSAIS",
    nom_ar: str = "الثانوية الاعدادية التجارب",
    type: str = "college",
    cycles: Sequence[str] = ("college",),
    direction: str = TIZNIT,
    commune: str | None = None,
    rattachement: Etablissement | None = None,
    **champs: object,
) -> Etablissement:
    """A school, with an invented code 99xxx unless given."""
    if not Cycle.objects.exists():
        creer_registre()
    commune = commune or {TIZNIT: "09.581.01.07", MARRAKECH: "07.351.01.05"}[direction]
    etablissement = Etablissement(
        gresa=code or gresa(next(_numeros)),
        nom_fr=nom_fr,
        nom_ar=nom_ar,
        type=type,
        cycle_principal=Cycle.objects.get(code=cycles[-1]),
        commune=Commune.objects.get(code=commune),
        direction=Direction.objects.get(code=direction),
        rattachement=rattachement,
        **{"source": "essais", "releve_le": datetime.date(2025, 9, 1), **champs},
    )
    indexer([etablissement])
    etablissement.save()
    etablissement.cycles.set(cycles)
    return etablissement
