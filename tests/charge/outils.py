"""What the load scripts share: a fresh database of their own, and figures printed one JSON object per line.

Import it first: it makes the repository importable and sets Django up, in a `VAR_DIR` of its own.
"""

import atexit
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
