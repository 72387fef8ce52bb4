"""Application configuration."""

from django.apps import AppConfig


class ScolariteConfig(AppConfig):
    """Records core."""

    name = "etablissements.scolarite"
    label = "scolarite"
    default_auto_field = "django.db.models.BigAutoField"
