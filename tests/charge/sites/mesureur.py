"""The process that measures one database: reads an order a line, answers a line of JSON.

The bench keeps one a database and asks them in turn, so that what else the machine does weighs on both alike.
"""

import gc
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402

from portal.comptes.models import Utilisateur  # noqa: E402
from portal.diffusion.devant import Devant  # noqa: E402
from tests.charge.sites import reperes  # noqa: E402

settings.ALLOWED_HOSTS = ["127.0.0.1"]
COMPAGNONS = {".gz", ".fin"}  # files beside a copy
django_wsgi = get_wsgi_application()
gc.collect()
gc.freeze()  # as portal.wsgi does
_clients: dict[str, Client] = {}


def client(role: str) -> Client:
    """Return the browser of a role, signed in; an empty role is a reader."""
    if role not in _clients:
        _clients[role] = Client(raise_request_exception=False, HTTP_HOST="127.0.0.1")
        if role:
            compte = Utilisateur.objects.get(username=reperes.compte(role))
            _clients[role].force_login(compte)
    return _clients[role]


def mesurer(appel: Callable[[], Any]) -> dict[str, Any]:
    """Run `appel`; return milliseconds, milliseconds of CPU, queries, and what it returned."""
    requetes = 0

    def noter(executer: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal requetes
        requetes += 1
        return executer(*arguments)

    with connection.execute_wrapper(noter):
        debut, debut_cpu = time.perf_counter(), time.process_time()
        resultat = appel()
        duree, cpu = time.perf_counter() - debut, time.process_time() - debut_cpu
    return {"ms": 1000 * duree, "cpu": 1000 * cpu, "requetes": requetes, "resultat": resultat}


def lire(role: str, adresse: str, froid: bool = False) -> dict[str, Any]:
    """Read a page; `froid` empties the caches first."""
    if froid:
        cache.clear()
        ContentType.objects.clear_cache()
    if not role:
        environ = _environ(adresse)
        mesure = mesurer(lambda: _repondre(django_wsgi, environ))
        statut, corps = mesure.pop("resultat")
        return {**mesure, "statut": statut, "octets": len(corps)}
    mesure = mesurer(lambda: client(role).get(adresse))
    reponse = mesure.pop("resultat")
    octets = sum(map(len, reponse.streaming_content)) if reponse.streaming else len(reponse.content)
    return {**mesure, "statut": reponse.status_code, "octets": octets}


def servir(adresse: str, fois: int) -> float:
    """Read a public page many times in a row; return the median of their milliseconds of CPU."""
    return statistics.median(lire("", adresse)["cpu"] for _fois in range(fois))


def agir(nom: str) -> dict[str, Any]:
    """Do one of the writings of `reperes`."""
    mesure = mesurer(getattr(reperes, nom))
    mesure.pop("resultat")
    return mesure


def fraicheur(adresses: list[str], suivies: list[str]) -> dict[str, Any]:
    """Keep copies of public pages, publish a news item under a new title, read the pages again.

    Args:
        adresses: what is kept.
        suivies: those of them that show the title.

    Returns:
        Milliseconds from before the publication until those were read fresh, and numbers: `gardees`, `perimees`,
        `fausses` (copies that still had the old title, 0 or the store is wrong).
    """
    with tempfile.TemporaryDirectory() as dossier:
        settings.DIFFUSION_DIR = dossier
        application = Devant(get_wsgi_application())
        for adresse in adresses:
            _repondre(application, _environ(adresse))
        gardees = _copies(dossier)
        debut = time.perf_counter()
        titre = reperes.publier()
        restantes = _copies(dossier)
        corps = {adresse: _repondre(application, _environ(adresse))[1] for adresse in suivies}
        duree = time.perf_counter() - debut
        settings.DIFFUSION_DIR = ""
    return {
        "ms": 1000 * duree,
        "gardees": len(gardees),
        "perimees": len(gardees - restantes),
        "fausses": sum(titre.encode() not in corps[adresse] for adresse in suivies),
    }


def _environ(adresse: str) -> dict[str, Any]:
    """Return the request of a reader, as a server makes it."""
    environ: dict[str, Any] = RequestFactory(HTTP_HOST="127.0.0.1").get(adresse).environ
    del environ["HTTP_COOKIE"]  # always there in a factory, empty; the store keeps nothing for a request that has one
    return environ


def _repondre(application: Any, environ: dict[str, Any]) -> tuple[int, bytes]:
    """Answer as a server does: the status and the whole body."""
    statuts: list[str] = []
    reponse = application(environ, lambda statut, _entetes, _erreur=None: statuts.append(statut))
    try:
        return int(statuts[0].split()[0]), b"".join(reponse)
    finally:
        if hasattr(reponse, "close"):
            reponse.close()


def _copies(dossier: str) -> set[str]:
    return {
        str(copie)
        for copie in (Path(dossier) / "pages").rglob("*")
        if copie.is_file() and copie.suffix not in COMPAGNONS
    }


ORDRES: dict[str, Callable[..., Any]] = {
    "lire": lire,
    "servir": servir,
    "agir": agir,
    "adresses": reperes.adresses,
    "fraicheur": fraicheur,
}


def main() -> None:
    """Obey until the input ends."""
    sortie, sys.stdout = sys.stdout, sys.stderr
    for ligne in sys.stdin:
        ordre, arguments = json.loads(ligne)
        print(json.dumps(ORDRES[ordre](**arguments)), file=sortie, flush=True)


if __name__ == "__main__":
    main()
