"""What a reader gets when the database does not answer: at once, in both languages, and never kept."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error


def erreur(request: HttpRequest) -> HttpResponse:
    """Answer for an exception that nobody caught: 503 when it is the database's absence, else 500."""
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return server_error(request)
    return HttpResponse(
        render_to_string("503.html"), status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"}
    )
