"""Reads `/zgh/ecoles/…` as `/ar/ecoles/…` with the texts of the school in Tamazight (ADR 27)."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from portal.socle.langues import SANS_CADRE, langue_sans_cadre, lire_en, sous

_PREFIXE = re.compile(rf"/({'|'.join(map(re.escape, sorted(SANS_CADRE)))})(?=/|$)")
# The routes that answer with the text of a school.
_TEXTES = frozenset({"sites:ecole", "sites:page"})


class TextesSansCadre:
    """The addresses of a language that has texts and no frame: the frame is that of the default language.

    After `HotesDesEcoles`, which has made the short addresses of a school's host whole. Only `path_info` is rewritten.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the frame's language; what was found is in the one that was asked."""
        prefixe = _PREFIXE.match(request.path_info)
        if prefixe is None:
            return self.get_response(request)
        request.path_info = sous(settings.LANGUAGE_CODE, request.path_info)
        with lire_en(prefixe[1]):
            reponse = self.get_response(request)
        if reponse.status_code == 200:
            reponse["Content-Language"] = prefixe[1]
        return reponse

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Lead whatever is not the text of a school to the default language."""
        trouvee = request.resolver_match
        if not langue_sans_cadre() or (trouvee and trouvee.view_name in _TEXTES):
            return None
        requete = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{request.path_info}?{requete}" if requete else request.path_info)
