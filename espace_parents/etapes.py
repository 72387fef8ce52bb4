"""What an activation remembers from its first step to its second: in the session, for half an hour."""

import time

from django.http import HttpRequest

from etablissements.scolarite.api import CodesBordereau

CLE = "activation"
DUREE = 30 * 60  # seconds


def retenir(request: HttpRequest, codes: CodesBordereau) -> None:
    """Keep the codes of the first step. The slip's own is a keyed hash."""
    request.session[CLE] = {
        "code_massar": codes.code_massar,
        "empreinte": codes.empreinte,
        "jusqu_a": time.time() + DUREE,
    }


def rappeler(request: HttpRequest) -> CodesBordereau | None:
    """Return the codes of the first step, None when there are none or they are too old."""
    retenu = request.session.get(CLE)
    if not isinstance(retenu, dict):
        return None
    if retenu["jusqu_a"] < time.time():
        oublier(request)
        return None
    return CodesBordereau(code_massar=retenu["code_massar"], empreinte=retenu["empreinte"])


def oublier(request: HttpRequest) -> None:
    """Drop the codes."""
    request.session.pop(CLE, None)
