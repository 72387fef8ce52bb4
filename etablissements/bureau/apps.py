"""Application configuration."""

from django.apps import AppConfig


class BureauConfig(AppConfig):
    """Back office."""

    name = "etablissements.bureau"
    label = "bureau"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say to whom the back office is open, and keep the circuit of approval in its place."""
        from django.db.models.signals import post_migrate
        from django.utils.translation import gettext_lazy as _
        from wagtail.signals import task_submitted

        from portal.comptes.espaces import Espace, inscrire_espace

        from .moderation.circuit import assurer_le_circuit
        from .moderation.courriels import prevenir_la_direction

        post_migrate.connect(assurer_le_circuit, sender=self)
        task_submitted.connect(prevenir_la_direction)
        inscrire_espace(
            Espace(
                nom=_("Espace de gestion"),
                route="wagtailadmin_home",
                ouvert_a=lambda personne: personne.has_perm("wagtailadmin.access_admin"),
            )
        )
