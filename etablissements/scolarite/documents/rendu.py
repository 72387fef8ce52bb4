"""Typesetting: a Typst template and data in, a tagged PDF/A-2a + PDF/UA-1 out.

Typst holds Python's global lock while it works: throughput comes from processes. Its threads do not survive a fork, so
nothing is typeset before the server has forked: the compiler is made on first use, in the process that uses it.
"""

import datetime
import hashlib
import json
import os
import tempfile
import threading
from functools import cache
from pathlib import Path

import pymupdf_fonts
import typst
from django.conf import settings

from .lisibilite import rendre_lisible

GABARITS = Path(__file__).with_name("gabarits")
_POLICES = {"FiraGO-Regular.ttf": "figo", "FiraGO-Bold.ttf": "figbo"}
_verrou = threading.Lock()


class GabaritEnDefaut(Exception):
    """The template does not compile with these data, or produces a warning.

    Attributes:
        detail: what Typst says. It may quote the data, so people's names: it is not part of the message.
    """

    def __init__(self, gabarit: str, detail: str) -> None:
        super().__init__(f"the template {gabarit} refuses its data")
        self.detail = detail


def _dossier_polices() -> Path:
    """Return the folder that holds the fonts of the papers, written there once.

    The fonts come compressed inside a Python package and Typst reads files. Each file is put in place by a rename:
    two processes may start together and none reads half a font.
    """
    dossier = Path(settings.VAR_DIR) / "polices"
    dossier.mkdir(parents=True, exist_ok=True)
    for nom, cle in _POLICES.items():
        contenu = pymupdf_fonts.myfont(cle)
        place = dossier / f"{hashlib.sha256(contenu).hexdigest()[:16]}-{nom}"
        if not place.exists():
            descripteur, provisoire = tempfile.mkstemp(dir=dossier, prefix=".", suffix=".partiel")
            with os.fdopen(descripteur, "wb") as sortie:
                sortie.write(contenu)
            os.replace(provisoire, place)
    return dossier


@cache
def _compilateur(pid: int, gabarit: str) -> typst.Compiler:
    """Return the warm compiler of one template in this process (`pid` keeps a child from using its parent's)."""
    return typst.Compiler(
        input=str(GABARITS / f"{gabarit}.typ"),
        root=str(GABARITS),
        font_paths=[str(_dossier_polices())],
        ignore_system_fonts=True,
    )


def composer(
    *, gabarit: str, donnees: dict[str, object], titre: str, instant: datetime.datetime | None = None
) -> bytes:
    """Typeset `gabarits/<gabarit>.typ` with `donnees` and return the PDF.

    The template reads its data with `#import "commun.typ": donnees, titre`. `titre` becomes the title of the document,
    shown by readers in place of the file name. `instant` dates the file (now by default).

    Raises:
        GabaritEnDefaut: the template refuses the data or warns.
    """
    with _verrou:
        try:
            pdf, avertissements = _compilateur(os.getpid(), gabarit).compile_with_warnings(
                format="pdf",
                pdf_standards=["a-2a", "ua-1"],
                sys_inputs={"donnees": json.dumps(donnees, ensure_ascii=False), "titre": titre},
                timestamp=int(instant.timestamp()) if instant else None,
            )
        except typst.TypstError as erreur:
            raise GabaritEnDefaut(gabarit, str(erreur)) from None
    if avertissements:
        raise GabaritEnDefaut(gabarit, "; ".join(str(a) for a in avertissements))
    if not isinstance(pdf, bytes):
        raise GabaritEnDefaut(gabarit, "no file came out")
    return rendre_lisible(pdf)
