"""The guardians' pages: each asks the records core with who is asking, and renders."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from etablissements.scolarite.api import (
    DocumentIntrouvable,
    InscriptionIntrouvable,
    PapierImpossible,
    TutelleIntrouvable,
    delivrer_attestation,
    documents,
    enfants,
    lire_document,
)
from etablissements.scolarite.api import enfant as lire_enfant
from portal.comptes.identifiants import grouper
from portal.socle.texte import isoler

from .prive import page_privee


@page_privee
@require_safe
def tableau(request: HttpRequest) -> HttpResponse:
    """The children of a guardian."""
    contexte = {
        "enfants": enfants(utilisateur_id=request.user.pk),
        "identifiant": grouper(request.user.get_username()),
    }
    return render(request, "espace_parents/tableau.html", contexte)


@page_privee
@require_safe
def bienvenue(request: HttpRequest) -> HttpResponse:
    """The issued identifier, to be noted down: the page that follows an activation, and stays reachable."""
    contexte = {
        "enfants": enfants(utilisateur_id=request.user.pk),
        "identifiant": grouper(request.user.get_username()),
    }
    return render(request, "espace_parents/bienvenue.html", contexte)


@page_privee
@require_safe
def enfant(request: HttpRequest, cle_tutelle: UUID) -> HttpResponse:
    """One child: facts, and the papers."""
    try:
        contexte = {
            "enfant": lire_enfant(utilisateur_id=request.user.pk, tutelle_cle=cle_tutelle),
            "documents": documents(utilisateur_id=request.user.pk, tutelle_cle=cle_tutelle),
        }
    except TutelleIntrouvable:
        raise Http404 from None
    return render(request, "espace_parents/enfant.html", contexte)


@page_privee
@require_POST
def attestation(request: HttpRequest, cle_tutelle: UUID) -> HttpResponse:
    """Issue the attestation of the year, and come back to the child, where it is listed."""
    try:
        emis = delivrer_attestation(tutelle_cle=cle_tutelle, utilisateur_id=request.user.pk)
    except TutelleIntrouvable:
        raise Http404 from None
    except InscriptionIntrouvable:
        messages.error(
            request, _("L'élève n'est inscrit nulle part cette année : il n'y a rien à attester. Voyez son école.")
        )
    except PapierImpossible:
        messages.error(request, _("Ce dossier ne peut pas être imprimé : demandez l'attestation à l'école."))
    else:
        if emis.nouveau:
            messages.success(request, _("L'attestation n° %(numero)s est prête.") % {"numero": isoler(emis.numero)})
        else:
            messages.info(request, _("L'attestation d'aujourd'hui existe déjà : la voici."))
    adresse = reverse("parents:enfant", kwargs={"cle_tutelle": cle_tutelle})
    return redirect(f"{adresse}#documents")


@page_privee
@require_safe
def telecharger(request: HttpRequest, document_id: str) -> HttpResponse:
    """Hand a valid paper of one's own child over, under a name that says nothing of the child."""
    try:
        fichier = lire_document(document_id=document_id, utilisateur_id=request.user.pk)
    except DocumentIntrouvable:
        raise Http404 from None
    return HttpResponse(
        fichier.contenu,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{fichier.nom}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
