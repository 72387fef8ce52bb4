"""What robots read."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from etablissements.registre.models import Etablissement
from portal.diffusion import cles
from portal.diffusion.api import garder

RESERVES = ("gestion/", "compte/", "espace-parents/", "activation/", "verification/")
SANS_INTERET = ("/ecoles/*/recherche/", "/ecoles/*/contact/ecrire/")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer `/robots.txt`: the spaces behind a sign-in and the papers are not to be crawled.

    On the host of a school (`sites.hotes`) there are none of these, and the map is the school's own. A host is made of
    any valid code: one that no school has is not found, and so leaves no copy in the store.
    """
    ecole = getattr(request, "ecole_de_l_hote", "").upper()
    sur_une_ecole = bool(ecole)
    if sur_une_ecole and not Etablissement.objects.filter(gresa=ecole, rattachement=None).exists():
        raise Http404
    base = f"{request.scheme}://{request.get_host()}" if sur_une_ecole else settings.URL_PUBLIQUE
    fermes = [chemin.removeprefix("/ecoles/*/") for chemin in SANS_INTERET] if sur_une_ecole else list(RESERVES)
    langues = [code for code, _nom in settings.LANGUES_DU_CADRE]
    interdits = [f"Disallow: /{code}/{chemin}" for code in langues for chemin in fermes]
    if not sur_une_ecole:
        interdits += [f"Disallow: /{code}{chemin}" for code in langues for chemin in SANS_INTERET]
    lignes = ["User-agent: *", *interdits, f"Sitemap: {base}/sitemap.xml", ""]
    reponse = HttpResponse("\n".join(lignes), content_type="text/plain; charset=utf-8")
    return garder(reponse, cles={cles.ecole(ecole) if sur_une_ecole else cles.pays()})
