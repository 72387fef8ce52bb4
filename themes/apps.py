"""Application configuration."""

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    """Visual identity."""

    name = "themes"
    label = "themes"
    default_auto_field = "django.db.models.BigAutoField"
