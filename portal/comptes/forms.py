"""The forms of allauth, in our words."""

from typing import Any

from allauth.account import forms as allauth_forms
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

_lien_oubli = lazy(
    lambda: format_html('<a href="{}">{}</a>', reverse_lazy("account_reset_password"), _("Mot de passe oublié ?")), str
)


class _SansTexteFantome:
    """Labels are above the fields: a placeholder that repeats them goes, and codes read from left to right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for champ in self.fields.values():  # type: ignore[attr-defined]
            champ.widget.attrs.pop("placeholder", None)
            champ.widget.attrs["dir"] = "ltr"
        for nom, libelle in LIBELLES.items():
            if nom in self.fields:  # type: ignore[attr-defined]
                self.fields[nom].label = libelle  # type: ignore[attr-defined]


LIBELLES = {
    "login": _("Identifiant"),
    "password": _("Mot de passe"),
    "oldpassword": _("Mot de passe actuel"),
    "password1": _("Nouveau mot de passe"),
    "password2": _("Nouveau mot de passe, une seconde fois"),
    "email": _("Adresse électronique"),
}


class FormulaireConnexion(_SansTexteFantome, allauth_forms.LoginForm):
    """Sign-in: the identifier may be typed with spaces and in Arabic digits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].help_text = _("Les dix chiffres reçus à l'activation.")
        self.fields["password"].help_text = _lien_oubli()


class FormulaireChangement(_SansTexteFantome, allauth_forms.ChangePasswordForm):
    """A new password in place of the current one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""


class FormulaireOubli(_SansTexteFantome, allauth_forms.ResetPasswordForm):
    """A link by e-mail, for those who gave an address."""


class FormulaireNouveau(_SansTexteFantome, allauth_forms.ResetPasswordKeyForm):
    """The new password of whoever followed the link."""


class FormulaireReprise(_SansTexteFantome, allauth_forms.ReauthenticateForm):
    """The password again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class FormulaireCourriel(_SansTexteFantome, allauth_forms.AddEmailForm):
    """An optional address."""
