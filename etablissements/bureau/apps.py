"""Application configuration."""

from django.apps import AppConfig


class BureauConfig(AppConfig):
    """Back office."""

    name = "etablissements.bureau"
    label = "bureau"
    default_auto_field = "django.db.models.BigAutoField"
