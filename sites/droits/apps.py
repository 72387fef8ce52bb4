"""Application configuration."""

from django.apps import AppConfig
from django.db.models.signals import pre_save


class DroitsConfig(AppConfig):
    """Rights in the admin. The last of the installed apps: its policies replace those that Wagtail registers."""

    name = "sites.droits"
    label = "droits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the policies, and give each upload its owner."""
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from .medias import PolitiqueMedias, attribuer
        from .pages import PolitiquePages

        register_permission_policy(Page, PolitiquePages())
        for modele in (get_image_model(), get_document_model()):
            register_permission_policy(modele, PolitiqueMedias(modele))
            pre_save.connect(attribuer, sender=modele)
