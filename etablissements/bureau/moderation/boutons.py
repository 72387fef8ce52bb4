"""The buttons of the full editor: the first of them does what the short forms do."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem

from .models import accord_exige

# The first of these that somebody is offered comes first.
_PREMIERS = {"approve": 0, "action-publish": 1, "action-submit": 2}


class Proposer(SubmitForModerationMenuItem):
    """Wagtail's button, that says what will become of the text; the name of the circuit is in two languages."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Say whether somebody will have to approve."""
        contexte: dict[str, Any] = super().get_context_data(parent_context)
        page = contexte.get("page")
        lieu = page if page and page.pk else contexte["parent_page"]
        contexte["label"] = _("Envoyer pour accord") if accord_exige(lieu) else _("Publier")
        return contexte


@hooks.register("construct_page_action_menu")
def publier_d_abord(actions: list[ActionMenuItem], request: HttpRequest, contexte: Mapping[str, Any]) -> None:
    """Put first what publishes, approves or proposes: Wagtail's first button keeps a draft, that no reader sees.

    Who publishes has nobody to ask.
    """
    noms = {action.name for action in actions}
    gardees = [action for action in actions if action.name != "action-submit" or "action-publish" not in noms]
    gardees.sort(key=lambda action: _PREMIERS.get(action.name, len(_PREMIERS)))
    actions[:] = [
        Proposer(order=action.order) if isinstance(action, SubmitForModerationMenuItem) else action
        for action in gardees
    ]
