"""The user model, ours from the first migration."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from portal.socle.confidentialite import Confidentialite


class Utilisateur(AbstractUser):
    """A person who signs in: guardian, pupil or member of staff.

    `username` is issued by the portal (see `operations.creer_compte`); phone and e-mail are optional.
    """

    confidentialite: ClassVar = Confidentialite(
        finalite="Reconnaître la personne qui se connecte.",
        conservation="Tant qu'un droit est ouvert, puis cinq ans.",
        personnelles=("username", "first_name", "last_name", "email", "password", "last_login", "date_joined"),
        ordinaires=("id", "is_superuser", "is_staff", "is_active"),
    )

    @property
    def nom_complet(self) -> str:
        """Given and family names, as a password must not be."""
        return self.get_full_name()

    class Meta(AbstractUser.Meta):
        verbose_name = _("utilisateur")
        verbose_name_plural = _("utilisateurs")
