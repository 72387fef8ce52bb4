"""Application configuration."""

from django.apps import AppConfig


class MinistereConfig(AppConfig):
    """Public pages of the ministry."""

    name = "portal.ministere"
    label = "ministere"
    default_auto_field = "django.db.models.BigAutoField"
