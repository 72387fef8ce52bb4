"""What the load scripts share: a fresh database of their own, and figures printed one JSON object per line.

Import it first: it makes the repository importable and sets Django up, in a `VAR_DIR` of its own.
"""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

RACINE = Path(__file__).resolve().parents[2]
DOSSIER = Path(tempfile.mkdtemp(prefix="portail-charge-"))

sys.path.insert(0, str(RACINE))
os.environ["VAR_DIR"] = str(DOSSIER)
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.dev"
os.environ.setdefault("LOG_LEVEL", "ERROR")
atexit.register(shutil.rmtree, DOSSIER, ignore_errors=True)

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402

from portal.diffusion.magasin import Magasin  # noqa: E402
from portal.diffusion.nginx import configuration  # noqa: E402


def figure(nom: str, valeur: float, unite: str, n: int) -> None:
    """Print one figure."""
    print(json.dumps({"figure": nom, "value": valeur, "unit": unite, "n": n}, ensure_ascii=False), flush=True)


@contextmanager
def base_neuve() -> Iterator[str]:
    """Create an empty migrated database beside the configured one, give its vendor, and drop it at the end."""
    nom = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(DOSSIER / "banc.sqlite3")
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield connection.vendor
    finally:
        connection.creation.destroy_test_db(nom, verbosity=0)


@contextmanager
def lance(commande: list[str], port: int, chemin: str, journal: Path | None = None, **environ: str) -> Iterator[None]:
    """Run a server, once it answers (gunicorn listens long before it can), until it is no longer needed.

    Args:
        commande: what starts it.
        port: where it listens, on the loopback.
        chemin: what it answers when it is ready.
        journal: file of its messages; ours if there is none.
        environ: variables beside those of this process.
    """
    with open(journal or os.devnull, "ab") as messages:
        sortie = messages if journal else None
        processus = subprocess.Popen(commande, cwd=RACINE, env={**os.environ, **environ}, stderr=sortie)
        try:
            for _essai in range(300):
                with suppress(OSError), urlopen(f"http://127.0.0.1:{port}{chemin}", timeout=60):
                    break
                time.sleep(0.1)
            else:
                raise SystemExit(f"{commande[0]} does not answer {chemin}.")
            yield
        finally:
            processus.terminate()
            processus.wait()


def nginx_devant(magasin: Magasin, port: int, amont: int, autre: str = "") -> list[str]:
    """Write a configuration of nginx, from the store and before the portal; return the command that starts it.

    Args:
        magasin: the store that nginx serves.
        port: where it listens, on the loopback.
        amont: port of the portal.
        autre: another `server` block.
    """
    fichier = DOSSIER / "nginx.conf"
    fichier.write_text(
        f"{'user root;' if os.getuid() == 0 else ''}\ndaemon off;\npid {DOSSIER}/nginx.pid;\nworker_processes 1;\n"
        f"pcre_jit on;\nevents {{}}\nhttp {{\naccess_log off;\n"
        f"{configuration(magasin, ecoute=f'127.0.0.1:{port}', amonts=[f'127.0.0.1:{amont}'])}\n{autre}\n}}\n",
        encoding="utf-8",
    )
    return ["nginx", "-e", f"{DOSSIER}/nginx.log", "-c", str(fichier), "-p", str(DOSSIER)]
