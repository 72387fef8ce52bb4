"""Find the school that an address names, or where the address should have been."""

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import get_language

from etablissements.registre.models import Etablissement
from etablissements.registre.requetes import ecole_qui_repond

from .models import PageEtablissement, slug_de


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
    if accueil is None or accueil.etablissement.successeur_id:
        return _vers_l_ecole_de(code)
    if racine != slug_de(accueil.etablissement) and not par_son_hote:
        return rediriger(accueil.etablissement, reste)
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


def _vers_l_ecole_de(code: str) -> HttpResponse:
    """Redirect the code of a unit to its school's page, that of a closed school to its successor's; else not found."""
    ecole = ecole_qui_repond(code)
    if ecole is None or ecole.gresa == code:
        raise Http404
    return rediriger(ecole, "")


def rediriger(etablissement: Etablissement, reste: str) -> HttpResponse:
    """Lead for ever to an address of a school, in the active language."""
    noms = {"racine": slug_de(etablissement)}
    if not reste:
        return HttpResponsePermanentRedirect(reverse("sites:ecole", kwargs=noms))
    return HttpResponsePermanentRedirect(reverse("sites:page", kwargs={**noms, "reste": reste}))
