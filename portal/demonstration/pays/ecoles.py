"""Invents the schools of the country: where, which kind, which name, which units, what equipment.

Codes. A GRESA code is five digits and a letter. The codes that we know of begin below 30 000, the tests and the
demonstration take 98 000 and above. The country takes 40 000 to 97 999: four codes a school, the school's own and those
of its units, hence `CAPACITE` schools.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from etablissements.registre.gresa import lettre_de_controle
from etablissements.registre.index import indexer
from etablissements.registre.models import Commune, Dotation, Etablissement

from .tirage import lire, tirage

PREMIER, APRES_LE_DERNIER = 40_000, 98_000
CODES_PAR_ECOLE = 4
CAPACITE = (APRES_LE_DERNIER - PREMIER) // CODES_PAR_ECOLE
SOURCE = "بلد متخيل للعرض والقياس · Pays inventé pour la démonstration et la mesure"
RELEVE_LE = datetime.date(2025, 10, 15)

SECTEUR, ECOLE, COMMUNAUTAIRE, COLLEGE, LYCEE = "secteur", "ecole", "communautaire", "college", "lycee"
Genre = Commune.Genre
# Schools of a commune, in proportion: there are 1 282 rural communes, 215 towns and 41 districts of cities.
POIDS = {Genre.RURALE: 6, Genre.MUNICIPALITE: 14, Genre.ARRONDISSEMENT: 40}
# Kinds of schools, in parts of a hundred.
PARTS_RURALES = {SECTEUR: 62, ECOLE: 12, COMMUNAUTAIRE: 4, COLLEGE: 14, LYCEE: 8}
PARTS_URBAINES = {ECOLE: 55, COLLEGE: 27, LYCEE: 18}
CYCLES: dict[str, tuple[str, ...]] = {
    SECTEUR: ("prescolaire", "primaire"),
    ECOLE: ("prescolaire", "primaire"),
    COMMUNAUTAIRE: ("primaire",),
    COLLEGE: ("college",),
    LYCEE: ("qualifiant",),
}
PREFIXES = {
    SECTEUR: ("SS {}", "م.م {}"),
    ECOLE: ("ECOLE {}", "م. {}"),
    COMMUNAUTAIRE: ("EC {}", "م.ج {}"),
    COLLEGE: ("LYCEE COLLEGIAL {}", "الثانوية الاعدادية {}"),
    LYCEE: ("LYCEE QUALIFIANT {}", "الثانوية التأهيلية {}"),
}
PART_DE_LYCEES_A_CPGE, PART_DE_LYCEES_A_BTS = 0.05, 0.06
RACCORDEMENTS = (Dotation.Genre.EAU, Dotation.Genre.ELECTRICITE, Dotation.Genre.CLOTURE, Dotation.Genre.ASSAINISSEMENT)


@dataclass(frozen=True)
class EcoleInventee:
    """A school not yet written, its units, and what it has."""

    ecole: Etablissement
    cycles: tuple[str, ...]
    unites: tuple[Etablissement, ...]
    dotations: tuple[Dotation, ...]


def code(rang: int, unite: int = 0) -> str:
    """Return the GRESA code of the school of rank `rang`, or of its unit number `unite`, 1 to 3."""
    numero = PREMIER + rang * CODES_PAR_ECOLE + unite
    return f"{numero}{lettre_de_controle(numero)}"


def inventer(*, graine: int, rang: int, communes: Sequence[Commune], poids: Sequence[int]) -> EcoleInventee:
    """Invent the school of rank `rang`: the same for the same seed, however many schools there are."""
    hasard = tirage(graine, "ecole", rang)
    commune = hasard.choices(communes, poids)[0]
    rurale = commune.genre == Genre.RURALE
    parts = PARTS_RURALES if rurale else PARTS_URBAINES
    genre = hasard.choices(list(parts), list(parts.values()))[0]
    patron = hasard.choice(lire("pays/patrons.csv"))
    douars = hasard.sample(lire("pays/douars.csv"), 4)
    nom_fr, nom_ar = (
        prefixe.format(patron[cle]) for prefixe, cle in zip(PREFIXES[genre], ("nom_fr", "nom_ar"), strict=True)
    )
    unites: tuple[Etablissement, ...] = ()
    ecole = _etablissement(code(rang), genre, "primaire", commune, nom_fr, nom_ar)
    if genre == SECTEUR:
        unites = tuple(
            _etablissement(
                code(rang, numero),
                "satellite",
                "primaire",
                commune,
                f"{nom_fr} UNITE {douar['nom_fr']}",
                f"{nom_ar} فرعية {douar['nom_ar']}",
            )
            for numero, douar in enumerate(douars[: hasard.choice((1, 2, 2, 3, 3))], start=1)
        )
        ecole.nom_fr, ecole.nom_ar = f"{nom_fr} CENTRE {douars[3]['nom_fr']}", f"{nom_ar} مركزية {douars[3]['nom_ar']}"
    cycles = _cycles(genre, hasard)
    ecole.cycle_principal_id = "primaire" if "primaire" in cycles else cycles[0]
    ecole.courriel = f"{ecole.gresa.lower()}@ecoles.example"
    indexer((ecole, *unites))
    return EcoleInventee(ecole, cycles, unites, _dotations(ecole, rurale=rurale, hasard=hasard))


def _etablissement(gresa: str, genre: str, cycle: str, commune: Commune, nom_fr: str, nom_ar: str) -> Etablissement:
    return Etablissement(
        gresa=gresa,
        type=genre,
        cycle_principal_id=cycle,
        commune=commune,
        direction=commune.direction,
        nom_fr=nom_fr,
        nom_ar=nom_ar,
        source=SOURCE,
        releve_le=RELEVE_LE,
    )


def _cycles(genre: str, hasard: Random) -> tuple[str, ...]:
    cycles = CYCLES[genre]
    if genre == LYCEE:
        cycles += ("cpge",) * (hasard.random() < PART_DE_LYCEES_A_CPGE)
        cycles += ("bts",) * (hasard.random() < PART_DE_LYCEES_A_BTS)
    return cycles


def _dotations(ecole: Etablissement, *, rurale: bool, hasard: Random) -> tuple[Dotation, ...]:
    """What the school has; what is not said is unknown, as in the registry."""
    d = Dotation.Genre
    secondaire = ecole.type in (COLLEGE, LYCEE)
    nombres = {genre: int(hasard.random() < (0.85 if rurale else 0.99)) for genre in RACCORDEMENTS}
    nombres[d.SALLES] = hasard.randint(12, 34) if secondaire else hasard.randint(4, 20)
    nombres[d.SPORT] = hasard.randint(0, 3)
    nombres[d.BIBLIOTHEQUE] = int(hasard.random() < 0.6)
    if secondaire:
        nombres |= {d.LABORATOIRE: hasard.randint(1, 5), d.INFORMATIQUE: hasard.randint(0, 2)}
        nombres[d.INTERNAT] = int(hasard.random() < (0.5 if rurale else 0.2))
    else:
        nombres[d.CANTINE] = int(hasard.random() < (0.8 if rurale else 0.2))
    if rurale:
        nombres[d.TRANSPORT] = int(hasard.random() < 0.5)
    return tuple(
        Dotation(etablissement=ecole, genre=genre, nombre=nombre, source=SOURCE, releve_le=RELEVE_LE)
        for genre, nombre in nombres.items()
    )


def ecrire(inventees: Sequence[EcoleInventee]) -> list[Etablissement]:
    """Write schools, cycles, units and equipment; return the schools."""
    ecoles = Etablissement.objects.bulk_create([inventee.ecole for inventee in inventees])
    for inventee in inventees:
        for unite in inventee.unites:
            unite.rattachement = inventee.ecole
    unites = Etablissement.objects.bulk_create([unite for inventee in inventees for unite in inventee.unites])
    lien = Etablissement.cycles.through
    liens = [(inventee.ecole.pk, cycle) for inventee in inventees for cycle in inventee.cycles]
    liens += [(unite.pk, "primaire") for unite in unites]
    lien.objects.bulk_create([lien(etablissement_id=pk, cycle_id=cycle) for pk, cycle in liens])
    for inventee in inventees:
        for dotation in inventee.dotations:
            dotation.etablissement = inventee.ecole
    Dotation.objects.bulk_create([dotation for inventee in inventees for dotation in inventee.dotations])
    return ecoles


def deja_ecrites() -> set[str]:
    """Return the codes of the schools of the country that the database holds."""
    return set(Etablissement.objects.filter(source=SOURCE, rattachement=None).values_list("gresa", flat=True))


def etrangeres() -> int:
    """Return the number of schools that the database holds and the country does not."""
    return Etablissement.objects.exclude(source=SOURCE).count()
