"""Application configuration."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """Demonstration country."""

    name = "portal.demonstration"
    label = "demonstration"
    default_auto_field = "django.db.models.BigAutoField"
