"""The entries of the menu: each for who holds a post that uses it, some with the number of what waits there."""

from collections.abc import Callable, Collection
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from etablissements.acces.perms import (
    GERENT_LES_TUTELLES,
    LISENT_LES_MESSAGES,
    PUBLIENT,
    REPONDENT_AUX_SIGNALEMENTS,
    ou_lire_les_messages,
)
from etablissements.acces.requetes import Portee
from etablissements.monographie.requetes import signalements_a_traiter
from portal.comptes.models import Utilisateur
from sites.courrier.requetes import nombre_a_traiter
from sites.droits.affectations import portee_de

from .moderation.requetes import propositions


def _messages(personne: Utilisateur) -> int:
    ecoles = ou_lire_les_messages(utilisateur_id=personne.pk)
    return nombre_a_traiter(etablissements=ecoles.values("pk"))


def _propositions(personne: Utilisateur) -> int:
    return propositions(personne=personne).count()


def _signalements(personne: Utilisateur) -> int:
    return signalements_a_traiter(utilisateur_id=personne.pk).count()


class Entree(MenuItem):
    """An entry for who holds one of `roles`; a superuser without a post sees none.

    The posts of whoever asks are read once a request, for their rights: to hide an entry costs no query.
    """

    def __init__(
        self,
        libelle: str | Promise,
        route: str,
        *,
        icone: str,
        rang: int,
        roles: Collection[str],
        atteint: Callable[[Portee], Any] = bool,
        attente: Callable[[Utilisateur], int] | None = None,
    ) -> None:
        """Describe the entry.

        Args:
            libelle: what it is called.
            route: name of the route where it leads.
            icone: name of its icon.
            rang: its place in the menu.
            roles: who sees it.
            atteint: whether what they reach with these roles has anything to show there.
            attente: how many things wait there for a person.
        """
        super().__init__(libelle, "", name=route.rpartition(":")[2], icon_name=icone, order=rang)
        self._route, self._roles, self._atteint, self._attente = route, roles, atteint, attente

    def is_shown(self, request: HttpRequest) -> bool:
        """Read the posts of whoever asks."""
        return bool(self._atteint(portee_de(request.user, self._roles)))

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Write the address in the language of this request, and the number beside the name.

        The entry itself serves every request: nothing of this one may stay on it.
        """
        nombre = self._attente(request.user) if self._attente else 0  # type: ignore[arg-type]
        libelle = _("%(entree)s (%(nombre)d)") % {"entree": self.label, "nombre": nombre} if nombre else self.label
        return LinkMenuItem(self.name, libelle, reverse(self._route), icon_name=self.icon_name)


def entrees() -> list[Entree]:
    """Return the entries of the back office."""
    return [
        Entree(
            gettext_lazy("Établissements"),
            "bureau:ecoles",
            icone="home",
            rang=110,
            roles=REPONDENT_AUX_SIGNALEMENTS,
        ),
        Entree(
            gettext_lazy("À approuver"),
            "bureau:propositions",
            icone="clipboard-list",
            rang=120,
            roles=PUBLIENT,
            attente=_propositions,
        ),
        Entree(
            gettext_lazy("Faits signalés"),
            "bureau:signalements",
            icone="warning",
            rang=130,
            roles=REPONDENT_AUX_SIGNALEMENTS,
            attente=_signalements,
        ),
        Entree(
            gettext_lazy("Messages reçus"),
            "bureau:messages",
            icone="mail",
            rang=140,
            roles=LISENT_LES_MESSAGES,
            atteint=lambda portee: portee.etablissements,
            attente=_messages,
        ),
        Entree(
            gettext_lazy("Tutelles"),
            "bureau:tutelles",
            icone="group",
            rang=150,
            roles=GERENT_LES_TUTELLES,
            atteint=lambda portee: portee.etablissements,
        ),
    ]
