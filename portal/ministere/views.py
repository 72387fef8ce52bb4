"""What robots read."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.diffusion import cles
from portal.diffusion.api import garder

RESERVES = ("gestion/", "compte/", "espace-parents/", "activation/", "verification/")
SANS_INTERET = ("/ecoles/*/recherche/", "/ecoles/*/contact/ecrire/")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer `/robots.txt`: the spaces behind a sign-in and the papers are not to be crawled.

    On the host of a school (`sites.hotes`) there are none of these, and the map is the school's own.
    """
    ecole = getattr(request, "ecole_de_l_hote", "")
    sur_une_ecole = bool(ecole)
    base = f"{request.scheme}://{request.get_host()}" if sur_une_ecole else settings.URL_PUBLIQUE
    fermes = [chemin.removeprefix("/ecoles/*/") for chemin in SANS_INTERET] if sur_une_ecole else list(RESERVES)
    langues = [code for code, _nom in settings.LANGUES_DU_CADRE]
    interdits = [f"Disallow: /{code}/{chemin}" for code in langues for chemin in fermes]
    if not sur_une_ecole:
        interdits += [f"Disallow: /{code}{chemin}" for code in langues for chemin in SANS_INTERET]
    lignes = ["User-agent: *", *interdits, f"Sitemap: {base}/sitemap.xml", ""]
    reponse = HttpResponse("\n".join(lignes), content_type="text/plain; charset=utf-8")
    return garder(reponse, cles={cles.ecole(ecole.upper()) if sur_une_ecole else cles.pays()})
