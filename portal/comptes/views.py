"""Where somebody goes after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .espaces import espaces_de
from .identifiants import grouper


@cache_control(private=True, no_store=True)
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    """Lead to the one space of this person; ask when there are several; say what to do when there is none."""
    espaces = espaces_de(request.user)
    if len(espaces) == 1:
        return redirect(espaces[0].route)
    contexte = {"espaces": espaces, "identifiant": grouper(request.user.get_username())}
    return render(request, "comptes/accueil.html", contexte)
