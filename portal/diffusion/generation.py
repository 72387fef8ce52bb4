"""What the copies were made by: other code, other settings, or a machine that crashed, and they are made again."""

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

SOURCES = ("portal", "sites", "etablissements", "espace_parents", "espace_eleves", "themes", "uv.lock")
SUFFIXES = {".py", ".html", ".css", ".svg", ".js", ".mo", ".lock", ".txt"}
REGLAGES = (
    "URL_PUBLIQUE",
    "HOTES_PRINCIPAUX",
    "DOMAINE_ECOLES",
    "LANGUAGES",
    "CONTENT_SECURITY_POLICY",
    "STATIC_URL",
    "MEDIA_URL",
)
DEMARRAGE = Path("/proc/sys/kernel/random/boot_id")  # absent outside Linux


@cache
def generation() -> str:
    """Return a short name for the sources, the settings that pages show, the static files and the machine's start.

    After a crash of the machine, and not only of a process, nobody knows which removals reached the disk.
    """
    empreinte = hashlib.sha256(repr([getattr(settings, nom) for nom in REGLAGES]).encode())
    for ligne in _etat_des_sources():
        empreinte.update(ligne.encode())
    if DEMARRAGE.exists():
        empreinte.update(DEMARRAGE.read_bytes())
    return empreinte.hexdigest()


def _etat_des_sources() -> Iterator[str]:
    racine = Path(settings.BASE_DIR)
    for source in (*(racine / nom for nom in SOURCES), Path(settings.STATIC_ROOT) / "staticfiles.json"):
        for fichier in sorted(_fichiers(source)):
            etat = fichier.stat()
            yield f"{fichier} {etat.st_size} {etat.st_mtime_ns}\n"


def _fichiers(source: Path) -> Iterator[Path]:
    if source.is_file():
        yield source
    for dossier, _dossiers, noms in os.walk(source):
        yield from (Path(dossier, nom) for nom in noms if Path(nom).suffix in SUFFIXES)
