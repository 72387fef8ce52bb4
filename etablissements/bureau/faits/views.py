"""Confirm the monograph, report a wrong fact, answer reports."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from etablissements.acces.perms import ou_regler_le_site, ou_repondre_aux_signalements
from etablissements.monographie.operations import (
    EtablissementIntrouvable,
    FaitsChanges,
    SignalementIntrouvable,
    SignalementsOuverts,
    confirmer_monographie,
    repondre_au_signalement,
    signaler_fait,
)
from etablissements.monographie.requetes import liste_de_travail, signalements_a_traiter, signalements_de
from etablissements.registre.models import Etablissement
from portal.socle.ecrans import EcranDeListe, EcranDeSaisie
from sites.fiche import fiche_de

from .forms import FormulaireReponse, FormulaireSignalement
from .presentation import lignes

SIGNALEMENTS_MONTRES = 25


def _ecole(request: HttpRequest, gresa: str) -> Etablissement:
    """Return the school, if whoever asks runs it."""
    ecoles = ou_regler_le_site(utilisateur_id=request.user.pk).select_related("commune", "direction__academie")
    ecole = ecoles.filter(gresa=gresa.upper()).first()
    if ecole is None:
        raise Http404
    return ecole


class Monographie(EcranDeSaisie):
    """The facts of a school: the button that confirms them all, and the form that says one is wrong."""

    template_name = "bureau/faits/monographie.html"
    page_title = gettext_lazy("Monographie")
    header_icon = "list-ul"
    form_class = FormulaireSignalement

    @cached_property
    def ecole(self) -> Etablissement:
        """The school of the address."""
        return _ecole(self.request, self.kwargs["gresa"])

    def get_page_subtitle(self) -> str:
        """Name the school."""
        return self.ecole.nom_public

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show each fact, and what was said of it."""
        (travail,) = liste_de_travail(ecoles=Etablissement.objects.filter(pk=self.ecole.pk))
        return {
            **super().get_context_data(**kwargs),
            "ecole": self.ecole,
            "travail": travail,
            "lignes": lignes(fiche_de(etablissement=self.ecole), travail),
            "signalements": signalements_de(ecoles=[self.ecole])[:SIGNALEMENTS_MONTRES],
        }

    def form_valid(self, form: FormulaireSignalement) -> HttpResponse:
        """Send the report to the direction."""
        try:
            signaler_fait(utilisateur_id=self.request.user.pk, etablissement_id=self.ecole.pk, **form.cleaned_data)
        except EtablissementIntrouvable:
            raise Http404 from None
        messages.success(self.request, _("Votre direction provinciale est prévenue ; la réponse s'affichera ici."))
        return redirect("bureau:monographie", gresa=self.kwargs["gresa"])


@require_POST
def confirmer(request: HttpRequest, gresa: str) -> HttpResponse:
    """Write that the director found the facts right."""
    ecole = _ecole(request, gresa)
    try:
        confirmer_monographie(
            utilisateur_id=request.user.pk, etablissement_id=ecole.pk, empreinte=request.POST.get("empreinte", "")
        )
    except FaitsChanges:
        messages.error(request, _("Un fait a changé depuis l'affichage : relisez la monographie, puis confirmez."))
    except SignalementsOuverts:
        messages.error(request, _("Un signalement attend la réponse de la direction : la confirmation vient après."))
    else:
        messages.success(request, _("La monographie est confirmée pour cette année."))
    return redirect("bureau:monographie", gresa=gresa)


class Signalements(EcranDeListe):
    """The reports that wait for the answer of a direction, of an academy or of the ministry."""

    template_name = "bureau/faits/signalements.html"
    page_title = gettext_lazy("Faits signalés par les écoles")
    header_icon = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read one page of reports."""
        identifiant = self.request.user.pk
        if not ou_repondre_aux_signalements(utilisateur_id=identifiant).exists():
            raise Http404
        return {
            **super().get_context_data(**kwargs),
            **self.paginer(signalements_a_traiter(utilisateur_id=identifiant)),
        }


class Repondre(EcranDeSaisie):
    """Answer one report."""

    template_name = "bureau/faits/repondre.html"
    page_title = gettext_lazy("Répondre à un signalement")
    liste = ("bureau:signalements", gettext_lazy("Faits signalés par les écoles"))
    header_icon = "warning"
    form_class = FormulaireReponse

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the report, if it is for this person."""
        attente = signalements_a_traiter(utilisateur_id=self.request.user.pk)
        signalement = attente.filter(pk=self.kwargs["pk"]).first()
        if signalement is None:
            raise Http404
        return {**super().get_context_data(**kwargs), "signalement": signalement}

    def form_valid(self, form: FormulaireReponse) -> HttpResponse:
        """Close the report."""
        try:
            repondre_au_signalement(
                utilisateur_id=self.request.user.pk,
                signalement_id=self.kwargs["pk"],
                corrige=form.cleaned_data["corrige"] == "oui",
                reponse=form.cleaned_data["reponse"],
            )
        except SignalementIntrouvable:
            raise Http404 from None
        messages.success(self.request, _("L'école voit votre réponse."))
        return redirect("bureau:signalements")
