"""The pages of an activation. They say nothing of a slip before everything matches."""

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from etablissements.scolarite.api import (
    Activation,
    ActivationRefusee,
    CodesBordereau,
    DejaTuteur,
    activer,
    preparer_activation,
)
from portal.comptes.models import Utilisateur

from . import etapes
from .forms import FormulaireCodes, FormulaireCompte, FormulaireEnfant
from .prive import page_privee


@login_not_required
@page_privee
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def codes(request: HttpRequest) -> HttpResponse:
    """First step: both codes of the slip. Whatever they are worth, the next page is the same."""
    if trop := ratelimit.consume_or_429(request, action="activation"):
        return trop
    formulaire = FormulaireCodes(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        etapes.retenir(request, preparer_activation(**formulaire.cleaned_data))
        return redirect("parents:confirmation")
    return _page(request, "codes", {"formulaire": formulaire})


@login_not_required
@page_privee
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def confirmation(request: HttpRequest) -> HttpResponse:
    """Second step: the birth date confirms, the guardian says who she is. One message for all that can be wrong."""
    retenus = etapes.rappeler(request)
    if retenus is None:
        messages.info(request, _("Saisissez les deux codes du bordereau pour commencer."))
        return redirect("parents:activation")
    if trop := ratelimit.consume_or_429(request, action="activation"):
        return trop
    connu = request.user.is_authenticated
    formulaire = (FormulaireEnfant if connu else FormulaireCompte)(request.POST or None)
    contexte = {"formulaire": formulaire, "code_massar": retenus.code_massar, "connu": connu}
    if request.method == "POST" and formulaire.is_valid():
        if trop := ratelimit.consume_or_429(request, action="activation_confirmation", key=retenus.code_massar):
            return trop
        try:
            activation = _activer(request, retenus, formulaire)
        except DejaTuteur:
            etapes.oublier(request)
            messages.warning(
                request,
                _("Cet enfant est déjà dans votre espace. Le bordereau n'a pas servi : il reste valable."),
            )
            return redirect("parents:tableau")
        except ActivationRefusee:
            return _page(request, "confirmation", {**contexte, "refus": True})
        return _accueillir(request, activation)
    return _page(request, "confirmation", contexte)


def _activer(request: HttpRequest, retenus: CodesBordereau, formulaire: FormulaireEnfant) -> Activation:
    donnees = formulaire.cleaned_data
    return activer(
        codes=retenus,
        date_naissance=donnees["date_naissance"],
        lien=donnees["lien"],
        compte=formulaire.compte if isinstance(formulaire, FormulaireCompte) else None,
        utilisateur_id=request.user.pk,
    )


def _accueillir(request: HttpRequest, activation: Activation) -> HttpResponse:
    """Sign a new guardian in through allauth, which changes the session's id; lead a known one to the child."""
    etapes.oublier(request)
    if request.user.is_authenticated:
        messages.success(request, _("L'enfant est ajouté à votre espace."))
        return redirect("parents:enfant", cle_tutelle=activation.tutelle_cle)
    reponse = perform_login(
        request,
        Utilisateur.objects.get(pk=activation.utilisateur_id),
        email_verification="none",
        redirect_url=reverse("parents:bienvenue"),
    )
    request.session.set_expiry(0)
    return reponse


def _page(request: HttpRequest, nom: str, contexte: dict[str, object]) -> HttpResponse:
    formulaire = contexte["formulaire"]
    statut = 400 if getattr(formulaire, "errors", None) or "refus" in contexte else 200
    return render(request, f"espace_parents/{nom}.html", contexte, status=statut)
