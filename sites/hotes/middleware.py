"""Refuses the hosts that are not ours, and leads those of schools to their pages."""

import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.request import split_domain_port, validate_host

from .carte import carte
from .noms import base_de
from .rebasage import Rebasage, communs, langues

A_LA_RACINE = frozenset({"/", "/robots.txt", "/sitemap.xml"})


class HotesDesEcoles:
    """Stands first, because `ALLOWED_HOSTS` lets every host in: judging 12,000 names is done here, by a dictionary.

    On the portal's hosts nothing changes. On a school's host only `path_info` is rewritten, `/ar/actualites/` to
    `/ar/ecoles/<code>/actualites/`: whatever is not a page of that school is not found there. Nobody signs in on such a
    host: it takes no POST, and an answer that would set a cookie is read on the portal's own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Judge the host; `X-Forwarded-Host` is never read."""
        hote, _port = split_domain_port(request.META.get("HTTP_HOST") or request.META["SERVER_NAME"])
        if hote and validate_host(hote, settings.HOTES_PRINCIPAUX):
            return self.get_response(request)
        code = carte.ecole_de(hote) if hote else None
        if code is None:
            raise DisallowedHost("Hôte inconnu.")
        return self._servir(request, code, Rebasage(code, base_de(hote)))

    def _servir(self, request: HttpRequest, code: str, rebasage: Rebasage) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        chemin = request.path_info
        prefixee = re.match(rf"/({langues()})/(.*)$", chemin, re.DOTALL)
        if prefixee:
            request.path_info = f"/{prefixee[1]}/ecoles/{code.lower()}/{prefixee[2]}"
        elif chemin not in A_LA_RACINE and not chemin.startswith(communs()):
            return HttpResponseRedirect(f"/{settings.LANGUAGE_CODE}{request.get_full_path()}")
        request.ecole_de_l_hote = code  # type: ignore[attr-defined]
        reponse = self.get_response(request)
        if reponse.cookies and reponse.status_code == 200:
            requete = request.META.get("QUERY_STRING", "")
            suite = f"?{requete}" if requete else ""
            return HttpResponseRedirect(f"{settings.URL_PUBLIQUE}{request.path_info}{suite}")
        reponse.cookies.clear()
        if chemin != "/":  # there the answer leads to a language
            rebasage.reponse(reponse, demande=request.get_full_path())
        return reponse
