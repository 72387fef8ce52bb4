"""The database that the migrations make: made once for a state of the code, then copied by each worker and each run.

The copy is migrated again as Django always does, which finds nothing left to do. `--create-db` migrates from nothing.
"""

import fcntl
import hashlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from tests import decor
from tests.fabriques import registre

# What the tables and their first rows come from: migrations, what these import, catalogues, tables of the registry.
SOURCES = {".py", ".po", ".csv", ".json"}


def empreinte() -> str:
    """Say in one word the code of the portal, its libraries and the Python under it."""
    racine = Path(settings.BASE_DIR)
    paquets = {racine / config.name.partition(".")[0] for config in apps.get_app_configs()}
    fichiers = [fichier for paquet in paquets for fichier in paquet.rglob("*") if fichier.suffix in SOURCES]
    fichiers += [Path(decor.__file__), Path(registre.__file__)]
    somme = hashlib.sha256(sys.version.encode())
    for fichier in (racine / "uv.lock", *sorted(fichiers)):
        somme.update(str(fichier.relative_to(racine)).encode() + b"\0" + fichier.read_bytes())
    return somme.hexdigest()[:20]


def copier_le_modele(connexion: BaseDatabaseWrapper, dossier: Path) -> None:
    """Make the model if this code has none yet, and lay out the copy that the tests will use.

    Args:
        connexion: the database whose test database is about to be set up.
        dossier: a folder that the workers share; others wait while one makes the model.
    """
    faire = {"sqlite": _copier_sqlite, "postgresql": _copier_postgresql}[connexion.vendor]
    with (dossier / f"{connexion.vendor}.verrou").open("w") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        faire(connexion, dossier)


def _copier_sqlite(connexion: BaseDatabaseWrapper, dossier: Path) -> None:
    modele = dossier / f"{empreinte()}.sqlite3"
    if not modele.exists():
        for perime in dossier.glob("*.sqlite3*"):
            perime.unlink()
        ebauche = dossier / "ebauche.sqlite3"
        with _migree(connexion, str(ebauche)):
            pass
        ebauche.rename(modele)
    shutil.copyfile(modele, connexion.settings_dict["TEST"]["NAME"])


def _copier_postgresql(connexion: BaseDatabaseWrapper, _dossier: Path) -> None:
    """PostgreSQL copies by itself; the comment of the model says of which code it is."""
    modele, cle = f"test_{connexion.settings_dict['NAME']}_modele", empreinte()
    with connexion._nodb_cursor() as curseur:
        curseur.execute(
            "SELECT shobj_description(oid, 'pg_database') = %s FROM pg_database WHERE datname = %s", [cle, modele]
        )
        if curseur.fetchone() != (True,):
            with _migree(connexion, modele):
                curseur.execute(f"COMMENT ON DATABASE {connexion.ops.quote_name(modele)} IS '{cle}'")
    connexion.settings_dict["TEST"]["TEMPLATE"] = modele


@contextmanager
def _migree(connexion: BaseDatabaseWrapper, nom: str) -> Iterator[None]:
    """A database of that name, made by the migrations from nothing; then leave the settings as they were."""
    reglages = connexion.settings_dict
    avant = reglages["NAME"], reglages["TEST"]["NAME"]
    reglages["TEST"]["NAME"] = nom
    try:
        connexion.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connexion.close()
        yield
    finally:
        connexion.close()
        reglages["NAME"], reglages["TEST"]["NAME"] = avant
