"""Password rules of Django, said in both languages (its Arabic catalogue lacks some)."""

from django.contrib.auth import password_validation as django_rules
from django.utils.translation import gettext as _


class LongueurMinimale(django_rules.MinimumLengthValidator):
    """Long enough."""

    def get_error_message(self) -> str:
        """Say how long."""
        return _("Ce mot de passe est trop court : il en faut un d'au moins %(min_length)d caractères.") % {
            "min_length": self.min_length
        }

    def get_help_text(self) -> str:
        """Say how long."""
        return _("Au moins %(min_length)d caractères.") % {"min_length": self.min_length}


class PasDevinable(django_rules.UserAttributeSimilarityValidator):
    """Not the person's own name or identifier."""

    def get_error_message(self) -> str:
        """Say why."""
        return _("Ce mot de passe ressemble trop à votre nom ou à votre identifiant.")

    def get_help_text(self) -> str:
        """Say what to avoid."""
        return _("Ni votre nom ni votre identifiant.")


class PasCourant(django_rules.CommonPasswordValidator):
    """Not one of the twenty thousand that everybody tries first."""

    def get_error_message(self) -> str:
        """Say why."""
        return _("Ce mot de passe est trop courant.")

    def get_help_text(self) -> str:
        """Say what to avoid."""
        return _("Pas un mot de passe courant.")


class PasSeulementDesChiffres(django_rules.NumericPasswordValidator):
    """Not digits alone."""

    def get_error_message(self) -> str:
        """Say why."""
        return _("Ce mot de passe n'a que des chiffres.")

    def get_help_text(self) -> str:
        """Say what to avoid."""
        return _("Pas seulement des chiffres.")
