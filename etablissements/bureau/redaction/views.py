"""The short forms: write, publish or propose, change."""

import uuid
from abc import ABC, abstractmethod
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.base import ContextMixin
from wagtail.admin import messages
from wagtail.models import Page, WorkflowState

from portal.socle.ecrans import EcranDeSaisie
from sites.models import PageEtablissement
from sites.sections import ouvrir

from ..annonces import annoncer_la_publication
from ..moderation.models import accord_exige
from ..versions import TexteChange, version_de
from .depots import deposer, vignette
from .forms import FormulaireCourt
from .genres import ACTUALITE, Genre
from .operations import Geste, PhotoRefusee, TexteVerrouille, cle_de_creation, creer, modifier
from .texte import en_texte


class _Redaction(EcranDeSaisie, ABC):
    """What writing and changing have in common."""

    template_name = "bureau/redaction/formulaire.html"
    header_icon = "edit"

    genre: Genre = ACTUALITE
    page: Page
    peut_publier: bool

    def get_form_class(self) -> type[FormulaireCourt]:
        """Return the short form of this kind of text."""
        return self.genre.formulaire

    def get_form_kwargs(self) -> dict[str, Any]:
        """Bind the form to the page and to who writes."""
        return {**super().get_form_kwargs(), "instance": self.page, "utilisateur": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the photo to show and the buttons to offer."""
        contexte = super().get_context_data(**kwargs)
        depot = contexte["form"].depot
        return {
            **contexte,
            "page": self.page,
            "attend_un_accord": not self.peut_publier and accord_exige(self.page),
            "vignette": depot and vignette(depot),
        }

    def form_valid(self, form: FormulaireCourt) -> HttpResponse:
        """Write, and say what became of it."""
        if "brouillon" in self.request.POST:
            geste = Geste.BROUILLON
        else:
            geste = Geste.PUBLIER if self.peut_publier else Geste.PROPOSER
        try:
            page = self.ecrire(form, geste)
        except PhotoRefusee as refus:
            for raison in refus.raisons:
                form.add_error("photo", raison)
            return self.form_invalid(form)
        except TexteVerrouille as verrou:
            messages.error(self.request, _("Ce texte attend l'accord de la direction : retirez-le pour le modifier."))
            return redirect(self.genre.route, verrou.page.pk)
        self.annoncer(page, geste)
        return redirect("wagtailadmin_home")

    def annoncer(self, page: Page, geste: Geste) -> None:
        """Say what became of the text, with the way to it."""
        bouton = messages.button(reverse(self.genre.route, args=[page.pk]), _("Modifier"))
        if geste is Geste.BROUILLON:
            messages.success(self.request, _("Votre brouillon est gardé ; aucun lecteur ne le voit encore."), [bouton])
        elif geste is Geste.PROPOSER and page.current_workflow_state:
            messages.success(self.request, _("Votre texte attend l'accord de la direction de l'école."))
        else:
            annoncer_la_publication(self.request, page, str(self.genre.publie), bouton)

    @abstractmethod
    def ecrire(self, form: FormulaireCourt, geste: Geste) -> Page:
        """Save the form."""

    def form_invalid(self, form: FormulaireCourt, **contexte: Any) -> HttpResponse:
        """Show the form again with everything that was typed, and keep the photo if it is a good one."""
        if form.cleaned_data.get("photo") and "photo" not in form.errors:
            form.depot = deposer(utilisateur=self.request.user, fichier=form.cleaned_data["photo"])
        form.data = form.data.copy()
        form.data["depot_photo"] = str(form.depot.pk) if form.depot else ""
        return super().form_invalid(form, **contexte)


class Ecrire(_Redaction):
    """A new text."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Prepare a page that does not exist yet."""
        super().setup(request, *args, **kwargs)
        self.page = self.genre.modele()

    def get_page_title(self) -> str:
        """Say what is done."""
        return str(self.genre.ecrire)

    @cached_property
    def parent(self) -> Page:
        """The page of the school that will hold the text, if this person may add to it.

        A section that the school has not opened yet opens with its first text, when that one is on line.
        """
        gresa = self.kwargs["gresa"].upper()
        siennes = Q(etablissement__gresa=gresa)
        parent = self.genre.parent.objects.filter(siennes).first() or PageEtablissement.objects.filter(siennes).first()
        if parent is None or not parent.permissions_for_user(self.request.user).can_add_subpage():
            raise Http404
        return parent

    @cached_property
    def peut_publier(self) -> bool:
        """Whether this person publishes without asking anybody."""
        return self.parent.permissions_for_user(self.request.user).can_publish_subpage()

    @cached_property
    def jeton(self) -> uuid.UUID:
        """What makes this form one form, however many times it is sent."""
        try:
            return uuid.UUID(self.request.POST.get("jeton", ""))
        except ValueError:
            return uuid.uuid4()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Prepare a page of this school that does not exist yet."""
        self.page.etablissement_id = self.parent.etablissement_id
        self.page.translation_key = cle_de_creation(utilisateur=self.request.user, jeton=self.jeton)
        return super().get_form_kwargs()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Send the token with the form."""
        return {**super().get_context_data(**kwargs), "jeton": self.jeton}

    def ecrire(self, form: FormulaireCourt, geste: Geste) -> Page:
        """Create the page."""
        parent = self.parent
        with transaction.atomic():
            if not isinstance(parent, self.genre.parent):
                parent = ouvrir(
                    etablissement=parent.etablissement,
                    section=self.genre.section,
                    en_ligne=geste is Geste.PUBLIER,
                )
            return creer(utilisateur=self.request.user, parent=parent, formulaire=form, geste=geste)


class Modifier(_Redaction):
    """A text that exists."""

    def get_page_title(self) -> str:
        """Say what is done."""
        return str(self.genre.modifier)

    @cached_property
    def page(self) -> Page:
        """The latest revision of the text, if this person may change it."""
        page = self.genre.modele.objects.filter(pk=self.kwargs["pk"]).first()
        if page is None or not page.permissions_for_user(self.request.user).can_edit():
            raise Http404
        return page.get_latest_revision_as_object()

    @cached_property
    def peut_publier(self) -> bool:
        """Whether this person publishes without asking anybody."""
        return self.page.permissions_for_user(self.request.user).can_publish()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Leave to the full editor what the short form would lose; show what waits for an approval.

        What was typed meanwhile is not thrown away with a redirection: the form comes back with it.
        """
        if request.method == "POST":
            if self.verrouillee:
                return self.refuser(_("Ce texte attend maintenant l'accord de la direction : il ne peut être modifié."))
            if self.mis_en_forme:
                return self.refuser(_("Ce texte a été mis en forme dans l'éditeur complet : modifiez-le là-bas."))
        elif self.verrouillee:
            return self.en_attente()
        elif self.mis_en_forme:
            return redirect("wagtailadmin_pages:edit", self.page.pk)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def mis_en_forme(self) -> bool:
        """Whether the body holds more than the short form can show."""
        return en_texte(self.page.corps) is None

    @cached_property
    def verrouillee(self) -> bool:
        """Whether the text waits for somebody else's answer."""
        verrou = self.page.get_lock()
        return bool(verrou and verrou.for_user(self.request.user))

    def en_attente(self) -> HttpResponse:
        """Show the text as it waits, with the way to take it back."""
        etat = self.page.current_workflow_state
        contexte = {
            **ContextMixin.get_context_data(self),
            "page_title": self.get_page_title(),
            "header_title": self.get_page_title(),
            "header_icon": self.header_icon,
            "breadcrumbs_items": self.get_breadcrumbs_items(),
            "page": self.page,
            "la_mienne": bool(etat and etat.requested_by_id == self.request.user.pk),
        }
        return TemplateResponse(self.request, "bureau/moderation/en_attente.html", contexte)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the version that the form shows, and the word with which the text was sent back."""
        etat = self.page.current_workflow_state
        renvoi = etat and etat.status == WorkflowState.STATUS_NEEDS_CHANGES and etat.current_task_state
        montree = self.request.POST.get("version", version_de(self.page))
        return {
            "version": montree,
            "renvoi": renvoi,
            "autres_gestes": self.autres_gestes(),
            **super().get_context_data(**kwargs),
        }

    def autres_gestes(self) -> list[tuple[str, str]]:
        """Return what this person may do with the text besides writing it: where, and what it is called."""
        droits, cle = self.page.permissions_for_user(self.request.user), self.page.pk
        gestes = [
            (reverse("wagtailadmin_pages:edit", args=[cle]), _("Mettre en forme, changer la date, programmer")),
            (reverse("bureau:traduction", args=[cle]), _("Traductions")),
        ]
        if self.page.live:
            gestes.insert(0, (self.page.get_url(self.request), _("Voir la page")))
        if droits.can_unpublish():
            gestes.append((reverse("wagtailadmin_pages:unpublish", args=[cle]), _("Retirer du site")))
        if droits.can_delete():
            gestes.append((reverse("wagtailadmin_pages:delete", args=[cle]), _("Supprimer")))
        return gestes

    def form_valid(self, form: FormulaireCourt) -> HttpResponse:
        """Write, unless somebody else did since the form was opened."""
        try:
            return super().form_valid(form)
        except TexteChange:
            return self.refuser(
                _(
                    "Ce texte a été enregistré ailleurs pendant que vous écriviez. Votre version est toujours là, mais "
                    "n'est pas écrite : comparez avec l'autre, puis enregistrez la vôtre si elle doit la remplacer."
                ),
                form,
            )

    def refuser(self, raison: str, form: FormulaireCourt | None = None) -> HttpResponse:
        """Show again all that was typed, why it is not written, and the text that somebody else saved."""
        form = form or self.get_form()
        form.is_valid()
        form.add_error(None, raison)
        autre = self.genre.modele.objects.get(pk=self.page.pk).get_latest_revision_as_object()
        auteur = autre.latest_revision and autre.latest_revision.user
        reponse = self.form_invalid(form, autre=autre, auteur=auteur, version=version_de(autre))
        reponse.status_code = HTTPStatus.CONFLICT
        return reponse

    def ecrire(self, form: FormulaireCourt, geste: Geste) -> Page:
        """Save a revision of the page."""
        version = self.request.POST.get("version", "")
        return modifier(utilisateur=self.request.user, formulaire=form, geste=geste, version=version)
