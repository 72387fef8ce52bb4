"""Application configuration."""

from django.apps import AppConfig


class RegistreConfig(AppConfig):
    """Registry."""

    name = "etablissements.registre"
    label = "registre"
    default_auto_field = "django.db.models.BigAutoField"
