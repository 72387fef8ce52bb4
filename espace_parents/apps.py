"""Application configuration."""

from django.apps import AppConfig


class EspaceParentsConfig(AppConfig):
    """Guardians' space."""

    name = "espace_parents"
    label = "espace_parents"
    default_auto_field = "django.db.models.BigAutoField"
