"""The headers of a copy: those that Django gives to any public answer of its language and type, asked of Django once.

A copy is kept only if its answer had exactly these: the store, nginx and the application then say the same.
"""

from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from .adresses import TYPES
from .copies import CACHE

CALCULES = {"content-length", "etag", "content-encoding"}


def environ_de(hote: str, chemin: str, requete: str = "") -> dict[str, Any]:
    """Return the WSGI request of an anonymous reader at the public port and scheme of the portal."""
    publique = urlsplit(settings.URL_PUBLIQUE)
    port = publique.port or {"http": 80, "https": 443}[publique.scheme]
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": chemin.encode().decode("latin-1"),
        "QUERY_STRING": requete,
        "SERVER_NAME": hote,
        "SERVER_PORT": str(port),
        "HTTP_HOST": hote if port in (80, 443) else f"{hote}:{port}",
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": publique.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if settings.SECURE_PROXY_SSL_HEADER and publique.scheme == "https":
        entete, sure = settings.SECURE_PROXY_SSL_HEADER
        environ[entete] = sure
    return environ


@cache
def entetes(langue: str, suffixe: str) -> dict[str, str]:
    """Return the headers of a copy under `/<langue>/`, those that depend on its bytes left out.

    Args:
        langue: language code that begins the path, empty for `/robots.txt` and the like.
        suffixe: kind of the copy, a key of `TYPES`.
    """
    chemin = f"/{langue}/temoin/" if langue else "/temoin.txt"
    with translation.override(langue or settings.LANGUAGE_CODE):
        reponse = _temoin(suffixe).get_response(
            WSGIRequest(environ_de(urlsplit(settings.URL_PUBLIQUE).hostname or "", chemin))
        )
    return normaliser(reponse, unique=not langue)


def _temoin(suffixe: str) -> BaseHandler:
    """Return the portal with every middleware, around a view that answers nothing."""

    class Temoin(BaseHandler):
        def _get_response(self, request: HttpRequest) -> HttpResponse:
            return HttpResponse(content_type=TYPES[suffixe], headers={"Cache-Control": CACHE})

    porteur = Temoin()
    porteur.load_middleware()
    return porteur


def normaliser(reponse: Any, *, unique: bool) -> dict[str, str]:
    """Return the headers of an answer as its copy must bear them.

    Args:
        reponse: what Django answered.
        unique: whether the address has no language: what `garder` marked there is the same in all of them, though
            Django cannot know it.
    """
    dits = {nom.title(): valeur for nom, valeur in reponse.items() if nom.lower() not in CALCULES}
    varie = {mot.strip().lower() for mot in dits.pop("Vary", "").split(",") if mot.strip()} - {"accept-encoding"}
    if unique:
        varie.discard("accept-language")
        dits.pop("Content-Language", None)
    dits["Vary"] = ", ".join(["Accept-Encoding", *sorted(varie)])
    return dits
