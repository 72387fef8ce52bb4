"""Application configuration."""

from django.apps import AppConfig


class AccesConfig(AppConfig):
    """Rights."""

    name = "etablissements.acces"
    label = "acces"
    default_auto_field = "django.db.models.BigAutoField"
