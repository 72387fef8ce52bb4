"""Application configuration."""

from django.apps import AppConfig


class MonographieConfig(AppConfig):
    """Facts of a school, confirmed once a year."""

    name = "etablissements.monographie"
    label = "monographie"
    default_auto_field = "django.db.models.BigAutoField"
