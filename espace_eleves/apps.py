"""Application configuration."""

from django.apps import AppConfig


class EspaceElevesConfig(AppConfig):
    """Pupils' space."""

    name = "espace_eleves"
    label = "espace_eleves"
    default_auto_field = "django.db.models.BigAutoField"
