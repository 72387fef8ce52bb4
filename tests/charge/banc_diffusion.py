"""What a published page costs to read: by nginx from the store, nginx from a plain file, gunicorn with and without.

`python tests/charge/banc_diffusion.py`; needs nginx and wrk. One JSON object a figure; the budget is the ratio.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from outils import DOSSIER, base_neuve, figure, lance, nginx_devant

# isort: split
from django.conf import settings
from django.db import connection
from django.test import Client

from portal.diffusion.generation import generation
from portal.diffusion.magasin import Magasin
from sites.createur import Createur
from tests import fabriques

SECONDES, TOURS = 1, 10  # short turns, in alternation: what else runs on the machine weighs on both
PORT_NGINX, PORT_PORTAIL = 8147, 8148


def debit(port: int, chemin: str) -> float:
    """Return requests a second, by wrk, for a browser that takes gzip; refuse a run with errors."""
    commande = [
        "wrk",
        "-t1",
        "-c16",
        f"-d{SECONDES}s",
        "-H",
        "Accept-Encoding: gzip",
        f"http://127.0.0.1:{port}{chemin}",
    ]
    sortie = subprocess.run(commande, capture_output=True, text=True, check=True).stdout
    par_seconde = float(re.search(r"Requests/sec:\s+([0-9.]+)", sortie)[1])
    if "Non-2xx" in sortie or not par_seconde:
        raise SystemExit(f"{chemin}: {sortie}")
    return par_seconde


def nginx(magasin: Magasin, chemin: str) -> tuple[float, float]:
    """Return requests a second from the store and from a plain file of the same bytes, in turn, best of each."""
    simple = DOSSIER / "simple"
    simple.mkdir()
    copie = next(magasin.pages.rglob(",index.html.gz"))
    shutil.copy(copie, simple / "page.html.gz")
    shutil.copy(copie.with_suffix(""), simple / "page.html")
    serveur = f"server {{ listen 127.0.0.1:{PORT_NGINX + 2}; root {simple}; gzip_static on; }}"
    with lance(nginx_devant(magasin, PORT_NGINX, PORT_PORTAIL, serveur), PORT_NGINX, chemin):
        mesures = [(debit(PORT_NGINX, chemin), debit(PORT_NGINX + 2, "/page.html")) for _tour in range(TOURS)]
    return max(gardee for gardee, _simple in mesures), max(simple for _gardee, simple in mesures)


def main() -> None:
    """Keep the home of a school, then measure each way to read it."""
    settings.URL_PUBLIQUE = f"http://127.0.0.1:{PORT_PORTAIL}"
    settings.HOTES_PRINCIPAUX = ["127.0.0.1"]
    magasin = Magasin(Path(settings.DIFFUSION_DIR))
    with base_neuve():
        fabriques.creer_registre()
        ecole = fabriques.creer_etablissement(nom_fr="COLLEGE DES ESSAIS")
        Createur().creer(ecole)
        chemin = f"/ar/ecoles/{ecole.slug_public}/"
        magasin.preparer(generation())
        Client(HTTP_HOST=f"127.0.0.1:{PORT_PORTAIL}").get(chemin)
        gardee, simple = nginx(magasin, chemin)
        figure("published page, nginx from the store", round(gardee), "requests/s", TOURS)
        figure("the same bytes as a plain file, nginx", round(simple), "requests/s", TOURS)
        figure("published page, nginx: store / plain file", round(gardee / simple, 2), "ratio", TOURS)
        nom = connection.settings_dict["NAME"]
        base = (
            f"sqlite:///{nom}"
            if connection.vendor == "sqlite"
            else os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{nom}"
        )
        serveur = [
            str(Path(sys.executable).parent / "gunicorn"),
            "portal.wsgi",
            "-w",
            "1",
            "-b",
            f"127.0.0.1:{PORT_PORTAIL}",
        ]
        commun = {"DATABASE_URL": base, "URL_PUBLIQUE": settings.URL_PUBLIQUE, "ALLOWED_HOSTS": "127.0.0.1"}
        for titre, dossier in (("with the store", settings.DIFFUSION_DIR), ("without", "")):
            with lance([*serveur, "--log-level", "error"], PORT_PORTAIL, chemin, DIFFUSION_DIR=str(dossier), **commun):
                debit(PORT_PORTAIL, chemin)
                figure(
                    f"published page, gunicorn, 1 process, {titre}", round(debit(PORT_PORTAIL, chemin)), "requests/s", 1
                )
    if gardee < 0.8 * simple:
        raise SystemExit("Below 0.8 of a plain file.")


if __name__ == "__main__":
    main()
