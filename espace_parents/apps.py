"""Application configuration."""

from django.apps import AppConfig


class EspaceParentsConfig(AppConfig):
    """Guardians' space."""

    name = "espace_parents"
    label = "espace_parents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say to whom this space is open."""
        from django.utils.translation import gettext_lazy as _

        from etablissements.scolarite.api import est_tuteur
        from portal.comptes.espaces import Espace, inscrire_espace

        inscrire_espace(
            Espace(
                nom=_("Espace des familles"),
                route="parents:tableau",
                ouvert_a=lambda personne: est_tuteur(utilisateur_id=personne.pk),
            )
        )
