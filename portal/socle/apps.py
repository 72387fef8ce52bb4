"""Application configuration."""

from django.apps import AppConfig
from django.core.checks import register


class SocleConfig(AppConfig):
    """Ground floor."""

    name = "portal.socle"
    label = "socle"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the rules of the house as system checks; listen to what outdates published copies."""
        from .confidentialite import verifier_annotations
        from .pages import verifier_pages
        from .publication import brancher

        register(verifier_annotations)
        register(verifier_pages)
        brancher()
