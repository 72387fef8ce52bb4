"""Application configuration."""

from django.apps import AppConfig


class SitesConfig(AppConfig):
    """Public sites of the schools; the label avoids `django.contrib.sites`."""

    name = "sites"
    label = "portail_sites"
    default_auto_field = "django.db.models.BigAutoField"
