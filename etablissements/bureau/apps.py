"""Application configuration."""

from django.apps import AppConfig


class BureauConfig(AppConfig):
    """Back office."""

    name = "etablissements.bureau"
    label = "bureau"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say to whom the back office is open."""
        from django.utils.translation import gettext_lazy as _

        from portal.comptes.espaces import Espace, inscrire_espace

        inscrire_espace(
            Espace(
                nom=_("Espace de gestion"),
                route="wagtailadmin_home",
                ouvert_a=lambda personne: personne.has_perm("wagtailadmin.access_admin"),
            )
        )
