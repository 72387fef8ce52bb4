"""Print the budgets of the sites and of their back office, one JSON object per figure on a line.

    DATABASE_URL=postgres://… python -m tests.charge.sites [--ecoles 12000] [--mesures 15] [--garder]

Each page is read in turn in both databases and figures are medians, so that a ratio of elapsed times stays fair on a
busy machine; CPU is that of the process. `--parties` chooses among public, ecritures, gestion, reseau.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from .bases import RACINE, Base, bases
from .figures import figure
from .navigateur import plus_grand_element, poids

ROLES = ("redacteur", "directeur", "communicateur", "ministere", "superuser")
EDITEURS = ("redacteur", "directeur")
RAPPORT, REQUETES_PUBLIQUES, CPU_PUBLIC = 1.1, 8, 6
EN_SERVICE = 100  # readings in a row, for the CPU of a page: a server answers thousands between two deployments
GESTION_MS, GESTION_KO = 300, 200
CREATION_MS, CREATION_REQUETES = 100, 60
FRAICHEUR_MS = 1_000
AGREGATS = ("direction", "sitemap index", "sitemap of an academy")  # they list schools: no ratio to keep
PARTIES = ("public", "ecritures", "gestion", "reseau")
BRUIT_MS = 3  # below this difference a ratio says nothing


@dataclass
class Mesureur:
    """The process that measures one database."""

    processus: "subprocess.Popen[str]"

    def demander(self, ordre: str, **arguments: object) -> Any:
        """Give an order and wait for its answer."""
        entree, sortie = self.processus.stdin, self.processus.stdout
        assert entree
        assert sortie
        entree.write(json.dumps([ordre, arguments]) + "\n")
        entree.flush()
        return json.loads(sortie.readline())


@contextmanager
def mesureur(base: Base) -> Iterator[Mesureur]:
    """Start the process that measures `base`, stop it at the end."""
    commande = [sys.executable, "-m", "tests.charge.sites.mesureur"]
    with subprocess.Popen(
        commande,
        cwd=RACINE,
        env=base.environnement | {"DIFFUSION_DIR": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as processus:
        yield Mesureur(processus)
        if processus.stdin:
            processus.stdin.close()


def mediane(mesures: Sequence[dict[str, Any]], quoi: str) -> float:
    """Return the median of one thing measured."""
    return statistics.median(mesure[quoi] for mesure in mesures)


@dataclass
class Banc:
    """Both databases, asked in turn."""

    une: Mesureur
    pays: Mesureur
    adresses_une: dict[str, dict[str, str]]
    adresses_pays: dict[str, dict[str, str]]
    mesures: int

    def lire(self, genre: str, nom: str, role: str = "", *, froid: bool = False) -> tuple[list[Any], list[Any]]:
        """Read a page in turn in both, after one reading that warms up."""
        lectures: tuple[list[Any], list[Any]] = ([], [])
        for tour in range(self.mesures + 1):
            for liste, mesureur_, adresses in zip(
                lectures, (self.une, self.pays), (self.adresses_une, self.adresses_pays), strict=True
            ):
                mesure = mesureur_.demander("lire", role=role, adresse=adresses[genre][nom], froid=froid)
                if tour:
                    liste.append(mesure)
        return lectures

    def publiques(self) -> None:
        """Public pages, nothing published kept: warm, then with empty caches."""
        for nom in self.adresses_pays["public"]:
            if nom not in self.adresses_une["public"]:
                continue
            for froid in (False, True):
                une, pays = self.lire("public", nom, froid=froid)
                if {mesure["statut"] for mesure in (*une, *pays)} != {200}:
                    raise SystemExit(f"{nom}: {pays[0]['statut']}")
                titre = f"{nom}, {'cold cache' if froid else 'warm'}"
                if nom in AGREGATS:
                    self._agregat(titre, une, pays)
                else:
                    self._publique(titre, une, pays, froid=froid)
            if nom not in AGREGATS:
                self._cpu(nom)

    def _agregat(self, nom: str, une: list[Any], pays: list[Any]) -> None:
        figure(
            f"{nom}, time", mediane(pays, "ms"), "ms", self.mesures, at_1=round(mediane(une, "ms"), 1),
            queries=mediane(pays, "requetes"), queries_at_1=mediane(une, "requetes"),
            kB=round(mediane(pays, "octets") / 1000, 1),
        )  # fmt: skip

    def _publique(self, nom: str, une: list[Any], pays: list[Any], *, froid: bool) -> None:
        requetes_une, requetes = mediane(une, "requetes"), mediane(pays, "requetes")
        rapport = mediane(pays, "ms") / mediane(une, "ms")
        ecart = mediane(pays, "ms") - mediane(une, "ms")
        figure(
            f"{nom}, time", mediane(pays, "ms"), "ms", self.mesures, at_1=round(mediane(une, "ms"), 1),
            ratio=round(rapport, 2), budget_ratio=RAPPORT, tenu=rapport <= RAPPORT or ecart < BRUIT_MS,
        )  # fmt: skip
        figure(
            f"{nom}, queries", requetes, "queries", self.mesures, at_1=requetes_une,
            **({} if froid else {"budget": REQUETES_PUBLIQUES}),
            tenu=requetes == requetes_une and (froid or requetes <= REQUETES_PUBLIQUES),
        )  # fmt: skip

    def _cpu(self, nom: str) -> None:
        """Print what a page costs in CPU to a process that serves it: in turn, each would find its memory cold."""
        une, pays = (
            mesureur_.demander("servir", adresse=adresses["public"][nom], fois=EN_SERVICE)
            for mesureur_, adresses in ((self.une, self.adresses_une), (self.pays, self.adresses_pays))
        )
        figure(
            f"{nom}, CPU in service", pays, "ms", EN_SERVICE, at_1=round(une, 1), budget=CPU_PUBLIC,
            tenu=pays <= CPU_PUBLIC,
        )  # fmt: skip

    def ecritures(self) -> None:
        """Publish, then the first view; create a site."""
        for action, nom in (("publier", "publish"), ("creer_un_site", "create a school site")):
            lectures: tuple[list[Any], list[Any]] = ([], [])
            premieres: tuple[list[Any], list[Any]] = ([], [])
            for _tour in range(self.mesures):
                for rang, (mesureur_, adresses) in enumerate(
                    ((self.une, self.adresses_une), (self.pays, self.adresses_pays))
                ):
                    lectures[rang].append(mesureur_.demander("agir", nom=action))
                    premieres[rang].append(
                        mesureur_.demander("lire", role="", adresse=adresses["public"]["school home"])
                    )
            self._ecriture(nom, *lectures)
            if action == "publier":
                self._publique("school home, first view after a publication", *premieres, froid=True)

    def fraicheur(self) -> None:
        """Publish a news item while copies of the school's pages are kept: when is every reader's page fresh?"""
        suivies = ("school home", "school home in French", "news", "news item")
        lectures: tuple[list[Any], list[Any]] = ([], [])
        for _tour in range(self.mesures):
            for liste, mesureur_, adresses in zip(
                lectures, (self.une, self.pays), (self.adresses_une, self.adresses_pays), strict=True
            ):
                publiques = adresses["public"]
                liste.append(
                    mesureur_.demander(
                        "fraicheur", adresses=list(publiques.values()), suivies=[publiques[nom] for nom in suivies]
                    )
                )
        une, pays = lectures
        ms, fausses = mediane(pays, "ms"), max(mesure["fausses"] for mesure in (*une, *pays))
        figure(
            "publish, until every public copy is fresh", ms, "ms", self.mesures, at_1=round(mediane(une, "ms"), 1),
            budget=FRAICHEUR_MS, tenu=ms <= FRAICHEUR_MS and not fausses,
        )  # fmt: skip
        figure(
            "publish, copies dropped", mediane(pays, "perimees"), "copies", self.mesures,
            at_1=mediane(une, "perimees"), kept=mediane(pays, "gardees"), stale=fausses,
        )  # fmt: skip

    def _ecriture(self, nom: str, une: list[Any], pays: list[Any]) -> None:
        budgets = {"create a school site": (CREATION_MS, CREATION_REQUETES), "publish": (FRAICHEUR_MS, None)}
        duree, requetes = budgets[nom]
        ms, nombre = mediane(pays, "ms"), mediane(pays, "requetes")
        figure(
            f"{nom}, time", ms, "ms", self.mesures, at_1=round(mediane(une, "ms"), 1), budget=duree, tenu=ms <= duree
        )
        figure(
            f"{nom}, queries", nombre, "queries", self.mesures, at_1=mediane(une, "requetes"),
            **({"budget": requetes, "tenu": nombre <= requetes} if requetes else {}),
        )  # fmt: skip

    def gestion(self, roles: Sequence[str]) -> None:
        """The back office, for each role: elapsed time, queries, weight. What is not for a role is said so."""
        for nom in self.adresses_pays["gestion"]:
            for role in roles:
                une, pays = self.lire("gestion", nom, role)
                if pays[0]["statut"] != 200:
                    print(json.dumps({"figure": f"{nom}, {role}", "refused": pays[0]["statut"]}), flush=True)
                    continue
                self._gestion(f"{nom}, {role}", une, pays, editeur=role in EDITEURS)

    def _gestion(self, nom: str, une: list[Any], pays: list[Any], *, editeur: bool) -> None:
        ms, ms_une, ko = mediane(pays, "ms"), mediane(une, "ms"), mediane(pays, "octets") / 1000
        rapport = ms / ms_une
        tenu = ms <= GESTION_MS and ko <= GESTION_KO
        tenu &= not editeur or rapport <= RAPPORT or ms - ms_une < BRUIT_MS
        figure(
            nom, ms, "ms", self.mesures, at_1=round(ms_une, 1), ratio=round(rapport, 2), budget=GESTION_MS,
            queries=mediane(pays, "requetes"), queries_at_1=mediane(une, "requetes"), kB=round(ko, 1),
            budget_kB=GESTION_KO, **({"budget_ratio": RAPPORT} if editeur else {}), tenu=tenu,
        )  # fmt: skip


def main() -> None:
    """Make the databases, print every figure."""
    analyse = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    analyse.add_argument("--ecoles", type=int, default=12_000)
    analyse.add_argument("--mesures", type=int, default=15, help="Readings of each page in each database.")
    analyse.add_argument("--garder", action="store_true", help="Keep the country as a template for the next run.")
    analyse.add_argument("--parties", nargs="+", default=PARTIES, choices=PARTIES)
    options = analyse.parse_args()
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        raise SystemExit("The bench of the sites needs PostgreSQL: DATABASE_URL=postgres://… make bench-sites")
    debut = time.perf_counter()
    with bases(url=url, ecoles=options.ecoles, garder=options.garder) as (une, pays):
        figure(f"databases ready, {options.ecoles} schools", time.perf_counter() - debut, "s", 1)
        with mesureur(une) as petit, mesureur(pays) as grand:
            banc = Banc(petit, grand, petit.demander("adresses"), grand.demander("adresses"), options.mesures)
            if "public" in options.parties:
                banc.publiques()
            if "ecritures" in options.parties:
                banc.ecritures()
                banc.fraicheur()
            if "gestion" in options.parties:
                banc.gestion(ROLES)
            accueil = banc.adresses_pays["public"]["school home"]
        if "reseau" in options.parties:
            poids(pays, accueil)
            plus_grand_element(pays, accueil)


if __name__ == "__main__":
    main()
