"""Application configuration."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    """Public verification of papers."""

    name = "portal.verification"
    label = "verification"
    default_auto_field = "django.db.models.BigAutoField"
