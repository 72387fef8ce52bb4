"""Read what is proposed, approve it or send it back with a word."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page, TaskState

from portal.socle.ecrans import EcranDeListe, EcranDeSaisie

from ..annonces import annoncer_la_publication
from ..redaction.genres import genre_de
from ..versions import TexteChange, version_de
from . import circuit
from .circuit import DejaTraite, decider
from .requetes import propositions

COMMENTAIRE_MAX = 1000


class FormulaireDecision(forms.Form):
    """Yes, or no with a reason."""

    decision = forms.ChoiceField(choices=(("approve", ""), ("reject", "")))
    version = forms.CharField(required=False, strip=False)  # of the text that was shown, written by the template
    commentaire = forms.CharField(
        label=gettext_lazy("Un mot pour l'auteur"),
        required=False,
        max_length=COMMENTAIRE_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Obligatoire pour renvoyer le texte : dites ce qu'il faut corriger."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a refusal."""
        donnees = super().clean() or {}
        if donnees.get("decision") == "reject" and not donnees.get("commentaire"):
            self.add_error("commentaire", _("Dites à l'auteur ce qu'il faut corriger."))
        return donnees


class Propositions(EcranDeListe):
    """What waits for the approval of whoever asks."""

    template_name = "bureau/moderation/propositions.html"
    page_title = gettext_lazy("Textes à approuver")
    header_icon = "clipboard-list"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read one page of proposals, with the title that was proposed."""
        return {**super().get_context_data(**kwargs), **self.paginer(propositions(personne=self.request.user))}


class Decider(EcranDeSaisie):
    """One proposal, whole, and the two buttons."""

    template_name = "bureau/moderation/proposition.html"
    page_title = gettext_lazy("Approuver un texte")
    liste = ("bureau:propositions", gettext_lazy("Textes à approuver"))
    header_icon = "clipboard-list"
    form_class = FormulaireDecision

    @cached_property
    def etat(self) -> TaskState:
        """The proposal of the address, if it waits for whoever asks."""
        return get_object_or_404(propositions(personne=self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def page(self) -> Page:
        """The text as it stands: whoever decides may have changed it since it was proposed."""
        return self.etat.workflow_state.content_object.get_latest_revision_as_object()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Leave to the full editor, which has the same two buttons, what has no short form."""
        if genre_de(self.page) is None:
            return redirect("wagtailadmin_pages:edit", self.page.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the text and its photo."""
        auteur = self.etat.workflow_state.requested_by
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "genre": genre_de(self.page),
            "auteur": auteur,
            "version": version_de(self.page),
        }

    def form_valid(self, form: FormulaireDecision) -> HttpResponse:
        """Publish it, or send it back."""
        try:
            decider(etat=self.etat, par=self.request.user, **form.cleaned_data)
        except DejaTraite:
            messages.error(self.request, _("Quelqu'un d'autre a répondu entre-temps."))
            return redirect("wagtailadmin_home")
        except TexteChange:
            form.add_error(None, _("Ce texte a changé depuis que vous l'avez ouvert : relisez-le, puis répondez."))
            return self.form_invalid(form)
        if form.cleaned_data["decision"] == "approve":
            annoncer_la_publication(self.request, self.page, _("C'est publié : tout le monde peut lire ce texte."))
        else:
            messages.success(self.request, _("Le texte est renvoyé à son auteur avec votre mot."))
        return redirect("wagtailadmin_home")


@require_POST
def retirer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own proposal back: it becomes a draft again."""
    page = get_object_or_404(Page, pk=pk)
    etat = page.current_workflow_state
    if (
        etat is None
        or etat.requested_by_id != request.user.pk
        or not page.permissions_for_user(request.user).can_edit()
    ):
        raise Http404
    try:
        circuit.retirer(etat=etat, par=request.user)
    except DejaTraite:
        messages.error(request, _("Quelqu'un d'autre a répondu entre-temps."))
        return redirect("wagtailadmin_home")
    messages.success(request, _("Votre texte est de nouveau un brouillon."))
    genre = genre_de(page.specific)
    return redirect(genre.route if genre else "wagtailadmin_pages:edit", page.pk)
