"""The authentication backend that turns assignments into permissions."""

from django.contrib.auth.backends import BaseBackend

from portal.comptes.models import Utilisateur

from .models import Affectation

PERMISSIONS_DU_PERSONNEL = frozenset({"wagtailadmin.access_admin"})


class AffectationBackend(BaseBackend):
    """Opens the back office to whoever holds an assignment today. It signs nobody in."""

    def has_perm(self, user_obj: Utilisateur, perm: str, obj: object | None = None) -> bool:
        """Grant the staff permissions to an active user with a current assignment."""
        if perm not in PERMISSIONS_DU_PERSONNEL or not user_obj.is_active or user_obj.is_anonymous:
            return False
        return Affectation.objects.filter(utilisateur=user_obj).en_cours().exists()
