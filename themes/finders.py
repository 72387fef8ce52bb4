"""One style sheet out of many: authors write small files in `styles/`, readers make one request."""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

NOM = "themes/portail.css"
SOURCES = Path(__file__).parent / "styles"
_COMMENTAIRE = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANCS = re.compile(r"\s*\n\s*")


def assembler() -> str:
    """Join the sources in the order of their paths, files before folders, without comments or indentation."""
    fichiers = sorted(SOURCES.rglob("*.css"), key=lambda chemin: (len(chemin.relative_to(SOURCES).parts), chemin))
    joints = "\n".join(fichier.read_text(encoding="utf-8") for fichier in fichiers)
    return _BLANCS.sub("\n", _COMMENTAIRE.sub("", joints)).strip() + "\n"


class FeuilleFinder(BaseFinder):
    """Finds `themes/portail.css`, assembled under `VAR_DIR` whenever a source is newer."""

    def __init__(self, app_names: object = None, *args: Any, **kwargs: Any) -> None:
        self.stockage = FileSystemStorage(location=settings.VAR_DIR / "feuilles")

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to configure."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | list[str] | None:  # type: ignore[override]
        """Return where the sheet is when `path` is its name."""
        if path != NOM:
            return [] if find_all else None
        chemin = str(self._a_jour())
        return [chemin] if find_all else chemin

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Give the sheet to `collectstatic` and to WhiteNoise."""
        self._a_jour()
        if not matches_patterns(NOM, ignore_patterns or []):
            yield NOM, self.stockage

    def _a_jour(self) -> Path:
        destination = Path(self.stockage.path(NOM))
        modifiee = max(entree.stat().st_mtime for entree in (SOURCES, *SOURCES.rglob("*")))
        if not destination.exists() or destination.stat().st_mtime < modifiee:
            destination.parent.mkdir(parents=True, exist_ok=True)
            descripteur, provisoire = tempfile.mkstemp(dir=destination.parent, suffix=".css")
            with os.fdopen(descripteur, "w", encoding="utf-8") as sortie:
                sortie.write(assembler())
            os.chmod(provisoire, 0o644)
            os.replace(provisoire, destination)
        return destination
