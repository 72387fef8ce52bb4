"""The guardianships of a school, in the Wagtail admin: read, confirm, end."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from etablissements.scolarite.api import (
    LigneTutelle,
    TutelleIntrouvable,
    TutelleTerminee,
    classes_des_tutelles,
    confirmer_tutelle,
    gere_des_tutelles,
    terminer_tutelle,
    tutelle_de_l_etablissement,
)
from portal.socle.ecrans import EcranDeListe, EcranDeSaisie

from .forms import FormulaireFiltre, FormulaireFin, FormulaireRecherche
from .pages import TutellesPaginees

RECHERCHE = "bureau_tutelles_nom"


class ListeTutelles(EcranDeListe):
    """The guardianships of the schools that this person manages."""

    template_name = "bureau/tutelles/liste.html"
    page_title = gettext_lazy("Tutelles")
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read the filters from the address, the name from the session."""
        utilisateur_id = self.request.user.pk
        if not gere_des_tutelles(utilisateur_id=utilisateur_id):
            raise Http404
        filtre = FormulaireFiltre(self.request.GET, classes=classes_des_tutelles(utilisateur_id=utilisateur_id))
        criteres = filtre.cleaned_data if filtre.is_valid() else {}
        nom = self.request.session.get(RECHERCHE, "")
        tutelles = TutellesPaginees(
            utilisateur_id=utilisateur_id,
            recherche=nom,
            classe=criteres.get("classe", ""),
            statut=criteres.get("statut", ""),
        )
        liste = self.paginer(tutelles)
        return {
            **super().get_context_data(**kwargs),
            "filtre": filtre,
            "recherche": FormulaireRecherche(initial={"nom": nom}),
            "nom": nom,
            **liste,
            "plusieurs_ecoles": len({ligne.gresa for ligne in liste["page"]}) > 1,
        }


@require_POST
def rechercher(request: HttpRequest) -> HttpResponse:
    """Keep the name to look for, and show the list again."""
    formulaire = FormulaireRecherche(request.POST)
    request.session[RECHERCHE] = formulaire.cleaned_data["nom"] if formulaire.is_valid() else ""
    return redirect("bureau:tutelles")


@require_POST
def confirmer(request: HttpRequest, cle: UUID) -> HttpResponse:
    """Write that the school checked the link."""
    try:
        confirmer_tutelle(utilisateur_id=request.user.pk, tutelle_cle=cle)
    except TutelleIntrouvable:
        raise Http404 from None
    except TutelleTerminee:
        messages.error(request, _("Cette tutelle a pris fin entre-temps."))
    else:
        messages.success(request, _("La tutelle est confirmée."))
    return redirect("bureau:tutelles")


class FinTutelle(EcranDeSaisie):
    """Ask for the reason, then end the guardianship."""

    template_name = "bureau/tutelles/terminer.html"
    page_title = gettext_lazy("Mettre fin à une tutelle")
    liste = ("bureau:tutelles", gettext_lazy("Tutelles"))
    header_icon = "cross"
    form_class = FormulaireFin
    success_url = reverse_lazy("bureau:tutelles")

    @cached_property
    def tutelle(self) -> LigneTutelle:
        """The guardianship, if it is in the schools of whoever asks."""
        try:
            return tutelle_de_l_etablissement(utilisateur_id=self.request.user.pk, tutelle_cle=self.kwargs["cle"])
        except TutelleIntrouvable:
            raise Http404 from None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show whose guardianship it is."""
        return {**super().get_context_data(**kwargs), "tutelle": self.tutelle}

    def form_valid(self, form: FormulaireFin) -> HttpResponse:
        """End it."""
        try:
            terminer_tutelle(
                utilisateur_id=self.request.user.pk, tutelle_cle=self.kwargs["cle"], motif=form.cleaned_data["motif"]
            )
        except TutelleIntrouvable:
            raise Http404 from None
        except TutelleTerminee:
            messages.error(self.request, _("Cette tutelle a pris fin entre-temps."))
        else:
            messages.success(self.request, _("La tutelle a pris fin : cette personne n'a plus accès au dossier."))
        return super().form_valid(form)
