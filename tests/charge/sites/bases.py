"""The databases of the bench: one with a school, one with the country, beside the configured one."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

RACINE = Path(__file__).resolve().parents[3]
GRAINE = 1


@dataclass(frozen=True)
class Base:
    """A database of the bench and the folder of its files."""

    ecoles: int
    url: str
    dossier: Path

    @property
    def environnement(self) -> dict[str, str]:
        """What a process needs to work on it."""
        return {
            **os.environ,
            "DATABASE_URL": self.url,
            "VAR_DIR": str(self.dossier),
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
            "ALLOWED_HOSTS": "127.0.0.1",
            "LOG_LEVEL": "ERROR",
            "PYTHONPATH": str(RACINE),
        }

    def gerer(self, *arguments: str) -> None:
        """Run `manage.py` on it."""
        commande = [sys.executable, "manage.py", *arguments]
        subprocess.run(commande, cwd=RACINE, env=self.environnement, stdout=sys.stderr, check=True)


@dataclass(frozen=True)
class Serveur:
    """Where the databases are made: that of `DATABASE_URL`, whose name begins theirs."""

    url: str

    @property
    def nom(self) -> str:
        """Name of the configured database."""
        return urlsplit(self.url).path.strip("/")

    def adresse(self, base: str) -> str:
        """Return the URL of another database of the same server."""
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{base}"))

    def existe(self, base: str) -> bool:
        """Tell whether the server has this database."""
        with psycopg.connect(_pour_libpq(self.url), autocommit=True) as connexion:
            return bool(connexion.execute("SELECT 1 FROM pg_database WHERE datname = %s", (base,)).fetchone())

    def executer(self, ordre: str, *bases: str) -> None:
        """Run an order on databases; their names are checked."""
        if not all(re.fullmatch(r"[a-z0-9_]+", base) for base in bases):
            raise SystemExit(f"{self.nom}: the bench needs a database name of small letters, digits and _.")
        with psycopg.connect(_pour_libpq(self.url), autocommit=True) as connexion:
            connexion.execute(ordre.format(*bases).encode())


def _pour_libpq(url: str) -> str:
    return urlunsplit(urlsplit(url)._replace(scheme="postgresql"))


@contextmanager
def bases(*, url: str, ecoles: int, garder: bool) -> Iterator[tuple[Base, Base]]:
    """Make both databases, give them, drop them.

    Args:
        url: `DATABASE_URL`.
        ecoles: number of schools of the large one.
        garder: keep the country as a template database, for the next run to copy; it follows the migrations.
    """
    serveur = Serveur(url)
    petite, grande, modele = (f"{serveur.nom}_banc_{suffixe}" for suffixe in ("une", "pays", "modele"))
    with _dossier(garder=garder) as dossier:
        une = Base(1, serveur.adresse(petite), dossier / "une")
        pays = Base(ecoles, serveur.adresse(grande), dossier / "pays")
        source = Base(ecoles, serveur.adresse(modele), pays.dossier)
        try:
            for nom in (petite, grande):
                serveur.executer("DROP DATABASE IF EXISTS {0} WITH (FORCE)", nom)
            serveur.executer("CREATE DATABASE {0}", petite)
            _batir(une)
            if not serveur.existe(modele):
                serveur.executer("CREATE DATABASE {0} TEMPLATE {1}", modele, petite)
            _batir(source)
            serveur.executer("CREATE DATABASE {0} TEMPLATE {1}", grande, modele)
            yield une, pays
        finally:
            for nom in (petite, grande) if garder else (petite, grande, modele):
                serveur.executer("DROP DATABASE IF EXISTS {0} WITH (FORCE)", nom)


@contextmanager
def _dossier(*, garder: bool) -> Iterator[Path]:
    """Give the folder of the files of both databases: kept with the country, or thrown away with it."""
    if garder:
        yield Path(os.environ.get("VAR_DIR", RACINE / "var")) / "banc"
    else:
        with tempfile.TemporaryDirectory(prefix="portail-banc-") as dossier:
            yield Path(dossier)


def _batir(base: Base) -> None:
    """Bring the schema up to date, then the country to its number of schools: what is there is kept."""
    base.gerer("migrate", "--verbosity", "0")
    base.gerer("generer_pays", "--ecoles", str(base.ecoles), "--graine", str(GRAINE), "--oui")
