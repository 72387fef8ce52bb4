"""Read the messages of a school and mark them dealt with. An address holds a number, never a name or a word."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages

from etablissements.acces.perms import ou_lire_les_messages
from portal.socle.ecrans import Ecran, EcranDeListe
from sites.courrier.operations import rouvrir, traiter
from sites.courrier.requetes import MessageIntrouvable, acceder_message, messages_de
from sites.models import MessageRecu


def _acceder(request: HttpRequest, pk: int) -> MessageRecu:
    """Return the message, if whoever asks reads the inbox of its school."""
    try:
        return acceder_message(
            identifiant=pk, etablissements=ou_lire_les_messages(utilisateur_id=request.user.pk).values("pk")
        )
    except MessageIntrouvable:
        raise Http404 from None


class Boite(EcranDeListe):
    """The messages that wait, or all of them."""

    template_name = "bureau/courrier/boite.html"
    page_title = gettext_lazy("Messages reçus")
    header_icon = "mail"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read one page of messages."""
        ecoles = list(ou_lire_les_messages(utilisateur_id=self.request.user.pk).values_list("pk", flat=True))
        if not ecoles:
            raise Http404
        tous = "tous" in self.request.GET
        recus = messages_de(etablissements=ecoles, a_traiter=not tous).defer("texte")
        liste = self.paginer(recus)
        return {
            **super().get_context_data(**kwargs),
            **liste,
            "tous": tous,
            "plusieurs_ecoles": len({message.etablissement_id for message in liste["page"]}) > 1,
        }


class Lire(Ecran, TemplateView):
    """One message, whole, with how to answer."""

    template_name = "bureau/courrier/message.html"
    page_title = gettext_lazy("Message reçu")
    liste = ("bureau:messages", gettext_lazy("Messages reçus"))
    header_icon = "mail"

    @cached_property
    def message(self) -> MessageRecu:
        """The message of the address."""
        return _acceder(self.request, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show it."""
        return {**super().get_context_data(**kwargs), "message": self.message}


@require_POST
@sensitive_variables("message")
def marquer(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a message dealt with, or put it back among those that wait."""
    message = _acceder(request, pk)
    if "rouvrir" in request.POST:
        rouvrir(message=message)
        messages.success(request, _("Le message attend de nouveau une réponse."))
    else:
        traiter(message=message, par=request.user)
        messages.success(request, _("Le message est marqué comme traité."))
    return redirect("bureau:messages")
