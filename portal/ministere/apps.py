"""Application configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MinistereConfig(AppConfig):
    """Public pages of the ministry."""

    name = "portal.ministere"
    label = "ministere"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make sure of the home page once the tables exist."""
        from .accueil import assurer_accueil

        post_migrate.connect(assurer_accueil, sender=self)
