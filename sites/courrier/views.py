"""Write to a school. These pages carry a form and a cookie: they are never kept by a cache."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from ..entree import accueil_a
from ..models import PageEtablissement, reglages_de
from ..models.plan import onglets_de
from ..variantes import Section, theme_de
from .forms import FormulaireMessage
from .limites import ATTENTE, Accueil, admettre
from .operations import recevoir

ECRIRE = "contact/ecrire/"
ENVOYE = "contact/ecrire/envoye/"
_REFUS = {
    Accueil.A_RENVOYER: gettext_lazy(
        "Beaucoup de messages arrivent à cette école. Le vôtre est resté ici : envoyez-le de nouveau dans deux minutes."
    ),
    Accueil.REFUSE: gettext_lazy("Trop de messages en peu de temps : réessayez dans une heure, ou téléphonez."),
}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables("formulaire")
def ecrire(request: HttpRequest, racine: str) -> HttpResponse:
    """Show the form, or put the message in the inbox of the school. What was written stays when it is refused."""
    accueil = _accueil_ouvert(request, racine, ECRIRE)
    if isinstance(accueil, HttpResponse):
        return accueil
    ecole = accueil.etablissement
    formulaire = FormulaireMessage(request.POST or None, ecole=ecole.gresa)
    statut = 200
    if request.method == "POST" and formulaire.is_valid():
        accueilli = admettre(request, ecole=ecole.gresa, attendu=formulaire.ouvert_depuis(ATTENTE))
        if accueilli is Accueil.ADMIS:
            champs = ("objet", "nom", "courriel", "telephone", "texte")
            recevoir(etablissement=ecole, **{champ: formulaire.cleaned_data[champ] for champ in champs})
            return redirect("sites:envoye", racine=racine)
        formulaire.add_error(None, _REFUS[accueilli])
        statut = 429
    return _page(request, accueil, "ecrire", ECRIRE, statut=statut, formulaire=formulaire)


@login_not_required
@never_cache
@require_safe
def envoye(request: HttpRequest, racine: str) -> HttpResponse:
    """Say that the message arrived."""
    accueil = _accueil_ouvert(request, racine, ENVOYE)
    return accueil if isinstance(accueil, HttpResponse) else _page(request, accueil, "envoye", ENVOYE)


def _accueil_ouvert(request: HttpRequest, racine: str, reste: str) -> PageEtablissement | HttpResponse:
    """Return the home of a school that takes messages."""
    accueil = accueil_a(request, racine, reste)
    if isinstance(accueil, HttpResponse):
        return accueil
    en_ligne = any(enfant.section == Section.CONTACT for enfant in accueil.enfants)
    if not en_ligne or not reglages_de(accueil.etablissement).formulaire_ouvert:
        raise Http404
    return accueil


def _page(
    request: HttpRequest, accueil: PageEtablissement, nom: str, reste: str, *, statut: int = 200, **contexte: object
) -> HttpResponse:
    ecole = accueil.etablissement
    cadre = {
        "ecole": ecole,
        "racine": ecole.slug_public,
        "reste": reste,
        "theme": theme_de(ecole),
        "reglages": reglages_de(ecole),
        "onglets": onglets_de(accueil.enfants, ecole=ecole, reste=reste),
    }
    return render(request, f"sites/{nom}.html", {**cadre, **contexte}, status=statut)
