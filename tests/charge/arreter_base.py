"""Stops a real PostgreSQL under the portal: what was published is still read, byte for byte; the rest says 503.

`python tests/charge/arreter_base.py`; needs PostgreSQL's server programs and nginx. It makes a cluster of its own in a
temporary folder, and a small country in it; gunicorn serves it, nginx stands in front. The pages are those of the site
map that lie nearest to the doors, which are the most visited. Ends with code 1 if one page changed or was lost.
"""

import http.client
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

from grappe import cluster  # isort: split

from outils import DOSSIER, figure, lance, nginx_devant  # isort: split

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connections
from django.test import Client

from etablissements.acces.models import Affectation
from portal.diffusion.generation import generation
from portal.diffusion.magasin import Magasin

PORT_PORTAIL, PORT_NGINX = 8152, 8153
ECOLES, PAGES = 4, 100
PRIVEES = ("/ar/gestion/", "/fr/gestion/", "/fr/gestion/messages/", "/ar/espace-parents/", "/fr/espace-parents/")
EXCUSES = ("غير متاحة", "indisponible")
PATIENCE = 1.0  # seconds: a private page says at once that it cannot


@dataclass(frozen=True)
class Reponse:
    """What came back, and after how many seconds."""

    statut: int
    entetes: dict[str, str]
    corps: bytes
    duree: float


def lire(port: int, chemin: str, **entetes: str) -> Reponse:
    """Ask for a page, without compression."""
    liaison = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    debut = time.perf_counter()
    try:
        liaison.request("GET", chemin, headers={"Host": f"127.0.0.1:{PORT_NGINX}", **entetes})
        reponse = liaison.getresponse()
        corps = reponse.read()
    finally:
        liaison.close()
    return Reponse(reponse.status, dict(reponse.getheaders()), corps, time.perf_counter() - debut)


def pages_du_plan() -> list[str]:
    """Return the paths of the most visited pages that the site map names: the nearest to the doors come first."""

    def adresses(chemin: str, balise: str) -> list[str]:
        arbre = ElementTree.fromstring(lire(PORT_PORTAIL, chemin).corps)
        trouvees = [urlsplit(lien.text or "").path for lien in arbre.iter() if lien.tag.endswith(f"}}{balise}")]
        return [*trouvees, *(urlsplit(lien.get("href", "")).path for lien in arbre.iter() if lien.tag.endswith("link"))]

    vues = {page for section in adresses("/sitemap.xml", "loc") for page in adresses(section, "loc")}
    if len(vues) < PAGES:
        raise SystemExit(f"The country has {len(vues)} pages only.")
    return sorted(vues, key=lambda chemin: (chemin.count("/"), chemin))[:PAGES]


def cookie() -> str:
    """Return the cookie of a director who is signed in."""
    client = Client()
    client.force_login(
        get_user_model().objects.filter(affectations__role=Affectation.Role.DIRECTEUR).order_by("pk").first()
    )
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def compter(port: int, avant: dict[str, Reponse]) -> int:
    """Return how many pages answer 200 with the very bytes of before."""
    gardees = 0
    for chemin, connue in avant.items():
        lue = lire(port, chemin)
        gardees += (lue.statut, lue.corps) == (200, connue.corps)
        if (lue.statut, lue.corps) != (200, connue.corps):
            print(f"{chemin}: {lue.statut}", file=sys.stderr)
    return gardees


def refusees(port: int, session: str) -> list[Reponse]:
    """Return the answers of the private pages that say in both languages, kept by nobody, that they cannot."""
    lues = [lire(port, chemin, Cookie=session) for chemin in PRIVEES]
    return [
        lue
        for lue in lues
        if (lue.statut, lue.entetes.get("Cache-Control")) == (503, "no-store")
        and all(mot in lue.corps.decode() for mot in EXCUSES)
    ]


def mesurer(port: int, nom: str, avant: dict[str, Reponse], session: str) -> list[str]:
    """Print what a reader gets by this way while the database is stopped; return what does not hold."""
    quand = f"database stopped, {nom}"
    gardees, excuses = compter(port, avant), refusees(port, session)
    lente = max((lue.duree for lue in excuses), default=0)
    figure(f"{quand}: pages identical to the byte", gardees, "pages", len(avant))
    figure(f"{quand}: private pages 503 in both languages", len(excuses), "pages", len(PRIVEES))
    figure(f"{quand}: slowest of these refusals", round(lente * 1000), "ms", len(excuses))
    tenu = gardees == len(avant) and len(excuses) == len(PRIVEES) and lente <= PATIENCE
    return [] if tenu else [quand]


def main() -> None:
    """Visit, stop the database, ask again, start it, ask once more."""
    settings.URL_PUBLIQUE = f"http://127.0.0.1:{PORT_NGINX}"
    magasin = Magasin(Path(settings.DIFFUSION_DIR))
    commun = {
        "URL_PUBLIQUE": settings.URL_PUBLIQUE,
        "ALLOWED_HOSTS": "127.0.0.1",
        "DIFFUSION_DIR": str(magasin.racine),
    }
    serveur = [str(Path(sys.executable).parent / "gunicorn"), "portal.wsgi", "--bind", f"127.0.0.1:{PORT_PORTAIL}"]
    with cluster() as base:
        call_command("migrate", verbosity=0)
        call_command("generer_pays", "--ecoles", str(ECOLES), "--oui", stdout=sys.stderr)
        session = cookie()
        connections.close_all()
        magasin.preparer(generation())
        with (
            lance([*serveur, "--workers", "2"], PORT_PORTAIL, "/robots.txt", DOSSIER / "portail.log", **commun),
            lance(nginx_devant(magasin, PORT_NGINX, PORT_PORTAIL), PORT_NGINX, "/robots.txt"),
        ):
            avant = {chemin: lire(PORT_PORTAIL, chemin) for chemin in pages_du_plan()}
            fautes = [chemin for chemin, lue in avant.items() if lue.statut != 200]
            privees = [lire(PORT_NGINX, chemin, Cookie=session).statut for chemin in PRIVEES]
            base.arreter()
            fautes += mesurer(PORT_PORTAIL, "gunicorn alone", avant, session)
            fautes += mesurer(PORT_NGINX, "nginx", avant, session)
            base.demarrer()
            apres = [lire(PORT_NGINX, chemin, Cookie=session).statut for chemin in PRIVEES]
    rendues = sum(une == autre for une, autre in zip(privees, apres, strict=True))
    figure("database back: private pages as before", rendues, "pages", len(PRIVEES))
    if fautes or rendues != len(PRIVEES) or privees.count(200) != len(PRIVEES):
        raise SystemExit(f"Not held: {fautes}; private pages: {privees}, then {apres}.")


if __name__ == "__main__":
    main()
