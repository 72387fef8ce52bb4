"""Keeps a copy of the answers that `garder` marked, once they are finished, if they are what they claim to be."""

import logging
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from .adresses import SUFFIXES, Adresse, hote_connu, lire_adresse
from .api import Marque, marque_de
from .copies import CACHE, Copie, inchangee
from .entetes import entetes, normaliser
from .generation import generation
from .magasin import Depart, Magasin, courant

logger = logging.getLogger(__name__)


class Diffusion:
    """The outermost middleware: it sees an answer as the reader will, headers included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.magasin = courant()
        if self.magasin:
            self.magasin.preparer(generation())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note where the journal stands, let the portal answer, then keep the answer."""
        depart = self.magasin.depart() if self.magasin else None
        reponse = self.get_response(request)
        marque = marque_de(reponse)
        if marque is None or reponse.status_code != 200 or reponse.streaming:
            return reponse
        if "no-store" in reponse.get("Cache-Control", "") or "private" in reponse.get("Cache-Control", ""):
            return reponse  # a preview
        if fautes := list(_fautes(request, reponse)):
            logger.error("Page marked as public, not kept: %s: %s", request.path, ", ".join(fautes))
            reponse["Cache-Control"] = "private, no-store"
            return reponse
        reponse["Cache-Control"] = CACHE
        copie = Copie(reponse.content)
        if self.magasin and depart:
            self._garder(request, reponse, copie, marque, self.magasin, depart)
        return _negocier(request, reponse, copie)

    def _garder(
        self,
        request: HttpRequest,
        reponse: HttpResponse,
        copie: Copie,
        marque: Marque,
        magasin: Magasin,
        depart: Depart,
    ) -> None:
        """Store the copy if the request was an anonymous one for an address of ours."""
        environ = request.META
        # Django writes the decoded path there; a server, bytes read as Latin-1.
        adresse = lire_adresse({**environ, "PATH_INFO": environ["PATH_INFO"].encode("utf-8").decode("latin-1")})
        if adresse is None or request.method != "GET" or environ.get("HTTP_COOKIE") or "HTTP_AUTHORIZATION" in environ:
            return
        suffixe = SUFFIXES.get(reponse["Content-Type"], "")
        fichier = adresse.fichier(suffixe)
        if fichier is None or (adresse.page and adresse.page != marque.page) or not hote_connu(adresse.hote):
            return
        if ecarts := _ecarts(adresse, suffixe, reponse):
            logger.error("Page marked as public, not kept: %s: its headers are its own: %s", request.path, ecarts)
            return
        try:
            magasin.garder(
                fichier,
                copie,
                cles=marque.cles,
                depart=depart,
                generation=generation(),
                fin=marque.jusqu_a.timestamp() if marque.jusqu_a else None,
            )
        except OSError:
            logger.exception("Copy not kept: %s", request.path)


def _fautes(request: HttpRequest, reponse: HttpResponse) -> Iterator[str]:
    """Yield what shows that the answer was made for one reader."""
    session = getattr(request, "session", None)
    if session is not None and (session.accessed or session.modified):
        yield "session"
    if hasattr(request, "_cached_user") or hasattr(request, "_acached_user"):
        yield "user"
    if request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
        yield "CSRF token"
    messages = getattr(request, "_messages", None)
    if messages is not None and (messages.used or messages.added_new):
        yield "messages"
    if reponse.cookies:
        yield "cookies"
    if "cookie" in reponse.get("Vary", "").lower() or reponse.get("Vary", "").strip() == "*":
        yield "Vary"


def _ecarts(adresse: Adresse, suffixe: str, reponse: HttpResponse) -> str:
    """Return the names of the headers that are not those of every copy of this kind; empty when there is none."""
    unique = not adresse.langue and suffixe != "html"
    dits, attendus = normaliser(reponse, unique=unique), entetes("" if unique else adresse.langue, suffixe)
    return ", ".join(sorted(nom for nom in dits.keys() | attendus if dits.get(nom) != attendus.get(nom)))


def _negocier(request: HttpRequest, reponse: HttpResponse, copie: Copie) -> HttpResponse:
    """Give the answer as the store will: tag, compressed body, or nothing when the reader already has it."""
    tag, corps, comprime = copie.choisir(request.META)
    autres = [mot for mot in reponse.get("Vary", "").split(",") if mot.strip().lower() not in {"", "accept-encoding"}]
    reponse["Vary"] = ", ".join(["Accept-Encoding", *(mot.strip() for mot in autres)])
    if inchangee(request.META, tag) and request.method in {"GET", "HEAD"}:
        inchange = HttpResponseNotModified(headers=dict(reponse.items()))
        for nom in ("Content-Length", "Content-Type", "Content-Encoding"):
            inchange.headers.pop(nom, None)
        inchange["ETag"] = tag
        return inchange
    reponse["ETag"] = tag
    reponse.content = corps
    reponse["Content-Length"] = str(len(corps))
    if comprime:
        reponse["Content-Encoding"] = "gzip"
    return reponse
