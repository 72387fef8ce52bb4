"""Set up the site of one school."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, UpdateView
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from etablissements.acces.perms import ou_regler_le_site
from etablissements.registre.models import Etablissement
from portal.socle.ecrans import Ecran

from ..hotes.operations import HotePris, TropTot, demander_hote, prouver_hote, rendre_hote
from ..hotes.verification import CHEMIN, PreuveAbsente
from ..models import HoteEcole, ReglagesEcole, reglages_de
from .forms import FormulaireHote, FormulaireReglages


class Choisir(Ecran, TemplateView):
    """Which school to set up, for who runs several."""

    template_name = "sites/gestion/choisir.html"
    page_title = gettext_lazy("Réglages du site")
    header_icon = "cogs"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Go straight to the school of who runs one."""
        self.ecoles = list(ou_regler_le_site(utilisateur_id=request.user.pk))
        if not self.ecoles:
            raise Http404
        if len(self.ecoles) == 1:
            return redirect("gestion_sites:reglages", gresa=self.ecoles[0].gresa)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List the schools."""
        return {**super().get_context_data(**kwargs), "ecoles": self.ecoles}


class DansUneEcole(Ecran):
    """What these pages have in common: one school, that of whoever asks, and its place in the admin."""

    @cached_property
    def ecole(self) -> Etablissement:
        """The school, if whoever asks runs it."""
        ecoles = ou_regler_le_site(utilisateur_id=self.request.user.pk).select_related("reglages__logo", "hote")
        trouvee = ecoles.filter(gresa=self.kwargs["gresa"].upper()).first()
        if trouvee is None:
            raise Http404
        return trouvee

    def get_page_subtitle(self) -> str:
        """Name the school."""
        return self.ecole.nom_public


class ReglagesDuSite(DansUneEcole, UpdateView):
    """The settings of a school's site, for its director. Another's school is not found."""

    model = ReglagesEcole
    form_class = FormulaireReglages
    template_name = "wagtailadmin/generic/form.html"
    page_title = gettext_lazy("Réglages du site")
    header_icon = "cogs"

    def get_object(self, queryset: Any = None) -> ReglagesEcole:
        """Return the settings, made when they are first saved."""
        return reglages_de(self.ecole)

    def get_header_buttons(self) -> list[HeaderButton]:
        """Lead to the host name."""
        adresse = reverse("gestion_sites:hote", kwargs={"gresa": self.ecole.gresa})
        return [HeaderButton(_("Nom de domaine"), url=adresse, icon_name="site")]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say who fills the form."""
        return {**super().get_form_kwargs(), "for_user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the generic form what it shows around the fields."""
        contexte = super().get_context_data(**kwargs)
        contexte.update(
            action_url=self.request.path,
            media=contexte["form"].media,
            submit_button_label=_("Enregistrer"),
            submit_button_active_label=_("Enregistrement…"),
        )
        return contexte

    def get_success_url(self) -> str:
        """Stay on the form."""
        return reverse("gestion_sites:reglages", kwargs={"gresa": self.ecole.gresa})

    def form_valid(self, form: FormulaireReglages) -> HttpResponse:
        """Write, and say so."""
        messages.success(self.request, _("Les réglages du site sont enregistrés."))
        return super().form_valid(form)

    def form_invalid(self, form: FormulaireReglages) -> HttpResponse:
        """Say that nothing was written."""
        messages.validation_error(self.request, _("Rien n'a été enregistré : corrigez les champs signalés."), form)
        return super().form_invalid(form)


class HoteDuSite(DansUneEcole, FormView):
    """Ask for a host name, prove it, give it up."""

    form_class = FormulaireHote
    template_name = "sites/gestion/hote.html"
    page_title = gettext_lazy("Nom de domaine")
    header_icon = "site"

    @cached_property
    def demande(self) -> HoteEcole | None:
        """What the school asked for, None before it asks."""
        return getattr(self.ecole, "hote", None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what to publish, or that it is done."""
        return {**super().get_context_data(**kwargs), "demande": self.demande, "chemin_preuve": CHEMIN}

    def get_success_url(self) -> str:
        """Stay here."""
        return reverse("gestion_sites:hote", kwargs={"gresa": self.ecole.gresa})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Prove, give up, or ask, after the button that was used."""
        if "prouver" in request.POST and self.demande:
            self._prouver(self.demande)
            return redirect(self.get_success_url())
        if "rendre" in request.POST and self.demande:
            rendre_hote(etablissement=self.ecole)
            messages.success(request, _("Le site répond de nouveau à l'adresse du portail."))
            return redirect(self.get_success_url())
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: FormulaireHote) -> HttpResponse:
        """Write the wish."""
        demander_hote(etablissement=self.ecole, hote=form.cleaned_data["hote"])
        return super().form_valid(form)

    def _prouver(self, demande: HoteEcole) -> None:
        try:
            prouver_hote(demande=demande)
        except TropTot:
            messages.error(self.request, _("Attendez une demi-minute avant de vérifier de nouveau."))
        except PreuveAbsente:
            messages.error(self.request, _("Le fichier n'a pas été trouvé à cette adresse. Rien n'a changé."))
        except HotePris:
            messages.error(self.request, _("Un autre établissement a déjà prouvé ce nom. Rien n'a changé."))
        else:
            messages.success(self.request, _("Ce nom est à vous : le site y répond."))
