"""Application configuration."""

from django.apps import AppConfig


class RechercheConfig(AppConfig):
    """Directory of schools."""

    name = "portal.recherche"
    label = "recherche"
    default_auto_field = "django.db.models.BigAutoField"
