"""The limit on what may be handed in, applied while it arrives: nothing larger is held in memory or on disk."""

from collections.abc import Callable
from functools import wraps

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from etablissements.scolarite.api import TAILLE_MAXIMALE

Vue = Callable[..., HttpResponse]


class LimiteDepot(FileUploadHandler):
    """Reads past the rest of a file that grows over the limit, and says so on the request."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Let the chunk through to the next handler, or give the file up."""
        if start + len(raw_data) > TAILLE_MAXIMALE:
            self.request.META[DEPASSEMENT] = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""


DEPASSEMENT = "portail.depot_trop_lourd"


def depot_limite(vue: Vue) -> Vue:
    """Install the limit before anything reads the request; the CSRF check, which reads it, comes after."""
    protegee = csrf_protect(vue)

    @csrf_exempt
    @wraps(vue)
    def limitee(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.upload_handlers.insert(0, LimiteDepot(request))
        return protegee(request, *args, **kwargs)

    return limitee


def trop_lourd(request: HttpRequest) -> bool:
    """Tell whether a file of this request went over the limit."""
    return bool(request.META.get(DEPASSEMENT))
