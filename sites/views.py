"""Serve the pages of a school at their short address, without walking the tree."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page

from etablissements.registre.models import Etablissement

from .models import PageDEcole, PageEtablissement, slug_de


@login_not_required
@require_safe
def servir(request: HttpRequest, racine: str, reste: str) -> HttpResponse:
    """Serve the page of the school named by the code that begins `racine`.

    An old name, capitals or a missing slash lead to the right address (301); the code of a satellite or an annexe leads
    to its school. A page that exists in one language answers in both.
    """
    voulu = reste if not reste or reste.endswith("/") else f"{reste}/"
    accueil = accueil_a(racine, voulu, par_son_hote=hasattr(request, "ecole_de_l_hote"))
    if isinstance(accueil, HttpResponse):
        return accueil
    if voulu != reste:
        return _rediriger(accueil.etablissement, voulu)
    page = _descendante(accueil, voulu) if voulu else accueil
    return page.serve(request)


def accueil_a(racine: str, reste: str, *, par_son_hote: bool = False) -> PageEtablissement | HttpResponse:
    """Return the home of the school named by `racine`, or the answer that leads to where `reste` really is.

    Args:
        racine: first segment of the address: code and name.
        reste: what follows it.
        par_son_hote: whether the school's own host was asked, which knows the code alone.

    Raises:
        Http404: no school has this code.
    """
    code = racine.partition("-")[0].upper()
    accueil = _accueil(code)
    if accueil is None:
        return _vers_l_ecole_de(code)
    if racine != slug_de(accueil.etablissement) and not par_son_hote:
        return _rediriger(accueil.etablissement, reste)
    return accueil


def _accueil(code: str) -> PageEtablissement | None:
    """Return the live home of a school: in the active language if there is one, else as written."""
    accueils = PageEtablissement.objects.live().filter(etablissement__gresa=code)
    liens = (
        "locale",
        "etablissement__commune",
        "etablissement__direction__academie",
        "etablissement__reglages__logo",
        "etablissement__hote",
    )
    trouves = {accueil.langue: accueil for accueil in accueils.select_related(*liens)}
    return trouves.get(get_language() or "") or next(iter(trouves.values()), None)


def _descendante(accueil: PageEtablissement, reste: str) -> PageDEcole:
    segments = reste.strip("/").split("/")
    candidates = Page.objects.live().filter(
        path__startswith=accueil.path, depth=accueil.depth + len(segments), slug=segments[-1]
    )
    for candidate in candidates.specific():
        if isinstance(candidate, PageDEcole):
            candidate.etablissement = accueil.etablissement
            candidate.accueil = accueil
            if candidate.reste == reste:
                return candidate
    raise Http404


def _vers_l_ecole_de(code: str) -> HttpResponse:
    """Redirect the code of a unit to its school's page; anything else is not found."""
    unite = Etablissement.objects.filter(gresa=code, rattachement__ouvert=True).select_related("rattachement").first()
    if unite is None or not unite.rattachement:
        raise Http404
    return _rediriger(unite.rattachement, "")


def _rediriger(etablissement: Etablissement, reste: str) -> HttpResponse:
    noms = {"racine": slug_de(etablissement)}
    if not reste:
        return HttpResponsePermanentRedirect(reverse("sites:ecole", kwargs=noms))
    return HttpResponsePermanentRedirect(reverse("sites:page", kwargs={**noms, "reste": reste}))
