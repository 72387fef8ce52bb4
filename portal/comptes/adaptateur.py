"""How allauth behaves here: accounts are opened with a slip or by an administration, never by a public form."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .identifiants import normaliser_identifiant


class AdaptateurCompte(DefaultAccountAdapter):
    """Closes public sign-up, reads identifiers as people write them, speaks our words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "enter_current_password": _("Ce n'est pas votre mot de passe actuel."),
        "incorrect_password": _("Ce n'est pas votre mot de passe."),
        "rate_limited": _("Trop de demandes : patientez quelques minutes."),
        "too_many_login_attempts": _("Trop d'essais manqués : réessayez dans quelques minutes."),
        "username_password_mismatch": _("L'identifiant ou le mot de passe n'est pas le bon."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up without a slip."""
        return False

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the home page in the language that the reader was using, which no cookie remembers."""
        return reverse("wagtail_serve", args=("",))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Authenticate under the identifier that was meant, so that all spellings share one limit on wrong tries."""
        if "username" in credentials:
            credentials["username"] = normaliser_identifiant(credentials["username"])
        return super().authenticate(request, **credentials)
