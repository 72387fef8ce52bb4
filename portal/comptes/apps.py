"""Application configuration."""

from django.apps import AppConfig


class ComptesConfig(AppConfig):
    """User accounts."""

    name = "portal.comptes"
    label = "comptes"
    default_auto_field = "django.db.models.BigAutoField"
