"""What the portal changes of Wagtail's rich text."""

from django.utils.html import escape
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from .blocs.chargement import adresse_de


class LienVersUnePage(PageLinkHandler):
    """Leads to a page by the addresses already loaded for the body; a page that is not published is no link."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        """Return the opening tag of each link."""
        adresses = [adresse_de(int(attrs["id"])) if attrs.get("id") else "" for attrs in attrs_list]
        return [f'<a href="{escape(adresse)}">' if adresse else "<a>" for adresse in adresses]


@hooks.register("register_rich_text_features", order=10)
def liens_vers_les_pages(features: FeatureRegistry) -> None:
    """Replace Wagtail's handler, which asks for the page and its address at each link."""
    features.register_link_type(LienVersUnePage)
