"""The directory of schools."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from etablissements.registre.requetes import choix_de_l_annuaire
from portal.diffusion import cles
from portal.diffusion.api import garder
from portal.socle.langues import sous
from portal.socle.pages import Adresse

from .requetes import chercher, lire_criteres

PAR_PAGE = 20


@login_not_required
@require_safe
def annuaire(request: HttpRequest) -> HttpResponse:
    """Answer `?q=…&commune=…&cycle=…&page=…` with the schools found; without criteria, all of them.

    The list of all the schools has published copies; answers to a question have none.
    """
    criteres = lire_criteres(request.GET.dict())
    pages = Paginator(chercher(criteres), PAR_PAGE).get_page(request.GET.get("page"))
    # A question has no other address than its own (`themes.cadre`); the list has one a language, for each of its pages.
    adresses = [Adresse(code, nom, sous(code, request.path)) for code, nom in settings.LANGUES_DU_CADRE]
    if pages.number > 1:
        adresses = [adresse.a_la_page(pages.number) for adresse in adresses]
    reponse = render(
        request,
        "recherche/annuaire.html",
        {
            "criteres": criteres,
            "choix": choix_de_l_annuaire(),
            "pages": pages,
            "langue": get_language(),
            "publique": True,
            "adresses": adresses if criteres.vides else None,
        },
    )
    return garder(reponse, cles={cles.pays()} if criteres.vides else (), page=pages.number)
