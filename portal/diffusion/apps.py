"""Application configuration."""

from django.apps import AppConfig


class DiffusionConfig(AppConfig):
    """Store of published copies."""

    name = "portal.diffusion"
    label = "diffusion"
    default_auto_field = "django.db.models.BigAutoField"
