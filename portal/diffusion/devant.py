"""The layer in front of Django: a stored copy is answered here, without middleware, session, database or template."""

import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from .adresses import Adresse, lire_adresse
from .copies import accepte_gzip, etiquette, inchangee
from .entetes import entetes
from .magasin import Magasin, courant

Application = Callable[..., Iterable[bytes]]


class Devant:
    """A WSGI application around the portal's own."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.magasin = courant()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer with the copy if there is one, else let the portal answer."""
        if self.magasin and environ.get("REQUEST_METHOD") in {"GET", "HEAD"} and (adresse := lire_adresse(environ)):
            comprimee = accepte_gzip(environ)
            for suffixe, fichier in adresse.fichiers():
                if lue := _lire(self.magasin, fichier, comprimee):
                    return _repondre(environ, start_response, adresse, suffixe, *lue, comprimee)
        return self.application(environ, start_response)


def _lire(magasin: Magasin, fichier: str, comprimee: bool) -> tuple[str, bytes] | None:
    """Return the tag and the bytes of a copy that is still true."""
    chemin = f"{magasin.pages}/{fichier}"
    with suppress(FileNotFoundError):
        if os.stat(f"{chemin}.fin").st_mtime <= time.time():
            return None
    try:
        descripteur = os.open(f"{chemin}.gz" if comprimee else chemin, os.O_RDONLY)
    except OSError:
        return None
    with open(descripteur, "rb", buffering=0) as copie:
        etat = os.fstat(descripteur)
        return etiquette(int(etat.st_mtime), etat.st_size), copie.readall()


def _repondre(
    environ: dict[str, Any],
    start_response: Callable[..., Any],
    adresse: Adresse,
    suffixe: str,
    tag: str,
    corps: bytes,
    comprimee: bool,
) -> list[bytes]:
    unique = not adresse.langue and suffixe != "html"
    lignes = [*entetes("" if unique else adresse.langue, suffixe).items(), ("Etag", tag)]
    if inchangee(environ, tag):
        start_response("304 Not Modified", [ligne for ligne in lignes if ligne[0] != "Content-Type"])
        return []
    lignes.append(("Content-Length", str(len(corps))))
    if comprimee:
        lignes.append(("Content-Encoding", "gzip"))
    start_response("200 OK", lignes)
    return [corps] if environ["REQUEST_METHOD"] == "GET" else []
