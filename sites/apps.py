"""Application configuration."""

from django.apps import AppConfig


class SitesConfig(AppConfig):
    """Public sites of the schools; the label avoids `django.contrib.sites`."""

    name = "sites"
    label = "portail_sites"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give a site to every imported school, name the hosts, follow what pages become."""
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

        from etablissements.registre.signaux import etablissements_importes
        from portal.diffusion.adresses import declarer_hotes

        from .hotes.noms import est_a_une_ecole
        from .introuvables.adresses import apres_deplacement, apres_renommage
        from .reception import creer_les_sites_importes
        from .sections import apres_publication
        from .traductions import apres_retrait

        etablissements_importes.connect(creer_les_sites_importes)
        declarer_hotes(est_a_une_ecole)
        page_slug_changed.connect(apres_renommage)
        post_page_move.connect(apres_deplacement)
        page_unpublished.connect(apres_retrait)
        page_published.connect(apres_publication)
