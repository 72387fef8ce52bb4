"""From the posts of whoever is signed in to what they reach, and back."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from etablissements.acces.models import Affectation
from etablissements.acces.perms import PUBLIENT_SANS_MODERATION
from etablissements.acces.requetes import Portee, portee_des, postes_de

from ..models import ReglagesEcole

_MEMOIRE = "_portail_ecoles_moderees"


def portee_de(utilisateur: Any, roles: Collection[str]) -> Portee:
    """Return what this person reaches with one of `roles`."""
    return portee_des(postes_de(utilisateur), roles=roles)


def moderees_de(utilisateur: Any) -> frozenset[int]:
    """Return the schools where this person is an editor and the director approves before anything is published.

    Read once and kept on the object, as the posts are: pages, images and documents ask for it in one request.
    """
    redigees = portee_de(utilisateur, PUBLIENT_SANS_MODERATION).etablissements
    if not redigees:
        return frozenset()
    if not hasattr(utilisateur, _MEMOIRE):
        exigent = ReglagesEcole.objects.filter(etablissement__in=redigees, moderation_exigee=True)
        setattr(utilisateur, _MEMOIRE, frozenset(exigent.values_list("etablissement", flat=True)))
    moderees: frozenset[int] = getattr(utilisateur, _MEMOIRE)
    return moderees


def agents(roles: Collection[str], portee: Q | None = None, *, superutilisateurs: bool = True) -> QuerySet[Any]:
    """Return the active accounts that hold one of `roles` today, on posts that meet `portee`, and the superusers.

    Args:
        roles: values of `Affectation.Role`.
        portee: condition on the posts; any post when None.
        superutilisateurs: whether to add the superusers.
    """
    postes = Affectation.objects.en_cours().filter(role__in=roles)
    if portee is not None:
        postes = postes.filter(portee)
    condition = Q(pk__in=postes.values("utilisateur"))
    if superutilisateurs:
        condition |= Q(is_superuser=True)
    return get_user_model()._default_manager.filter(condition, is_active=True)
