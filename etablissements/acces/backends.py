"""The authentication backend that turns assignments into permissions."""

from django.contrib.auth.backends import BaseBackend

from portal.comptes.models import Utilisateur

from .requetes import postes_de

PERMISSIONS_DU_PERSONNEL = frozenset({"wagtailadmin.access_admin"})


class AffectationBackend(BaseBackend):
    """Opens the back office to whoever holds an assignment today. It signs nobody in."""

    def has_perm(self, user_obj: Utilisateur, perm: str, obj: object | None = None) -> bool:
        """Grant the staff permissions to an active user with a current assignment."""
        return perm in PERMISSIONS_DU_PERSONNEL and bool(postes_de(user_obj))
