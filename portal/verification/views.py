"""The public verification: anybody may check a paper, and learns nothing that is not printed on it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from etablissements.scolarite.api import (
    EtatPapier,
    Papier,
    Verification,
    examiner_fichier,
    lire_identifiant,
    verifier,
)

from .depot import depot_limite, trop_lourd
from .forms import FormulaireFichier, FormulaireIdentifiant
from .presentation import groupes_de_lignes


@login_not_required
@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
@depot_limite
def accueil(request: HttpRequest) -> HttpResponse:
    """Ask for an identifier or a file. An identifier leads to its own address; a file is answered here."""
    identifiant, fichier = FormulaireIdentifiant(), FormulaireFichier()
    if request.method == "POST":
        fichier = FormulaireFichier(request.POST, request.FILES)
        if trop_lourd(request):
            fichier.errors.clear()
            fichier.add_error("fichier", _("Ce fichier dépasse 2 Mo : ce n'est pas un document du portail."))
        if fichier.is_valid():
            return _examen(request, fichier.cleaned_data["fichier"].read())
    elif "identifiant" in request.GET:
        identifiant = FormulaireIdentifiant(request.GET)
        if identifiant.is_valid():
            return redirect("verification:document", document_id=identifiant.cleaned_data["identifiant"])
    en_erreur = identifiant.is_bound or fichier.is_bound
    return _page(
        request,
        "verification/accueil.html",
        {"identifiant": identifiant, "fichier": fichier},
        status=400 if en_erreur else 200,
    )


@login_not_required
@cache_control(private=True, no_store=True)
@require_safe
def document(request: HttpRequest, document_id: str) -> HttpResponse:
    """Show what the register says of one identifier; the same calm page, with status 404, when it says nothing."""
    identifiant = lire_identifiant(document_id)
    if identifiant and identifiant != document_id:
        return redirect("verification:document", document_id=identifiant)
    reponse = verifier(document_id=document_id)
    return _page(
        request,
        "verification/document.html",
        _contexte(reponse, saisi=document_id),
        status=404 if reponse.etat is EtatPapier.INCONNU else 200,
    )


def _examen(request: HttpRequest, contenu: bytes) -> HttpResponse:
    examen = examiner_fichier(contenu=contenu)
    contexte = _contexte(examen.verification or Verification(EtatPapier.INCONNU))
    return _page(request, "verification/examen.html", {**contexte, "examen": examen})


def _contexte(reponse: Verification, saisi: str = "") -> dict[str, Any]:
    papier: Papier | None = reponse.papier
    groupes = groupes_de_lignes(papier) if papier else []
    return {
        "verification": reponse,
        "papier": papier,
        "groupes": groupes,
        "identifiant": FormulaireIdentifiant(initial={"identifiant": saisi} if papier is None else None),
        "fichier": FormulaireFichier(),
    }


def _page(request: HttpRequest, gabarit: str, contexte: dict[str, Any], status: int = 200) -> HttpResponse:
    reponse = render(request, gabarit, contexte, status=status)
    reponse["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return reponse
