"""A library of media and pages for the examples."""

import pytest
from wagtail.models import Site

from portal.socle.blocs.echantillons import Bibliotheque
from tests.fabriques.mediatheque import creer_document_public, creer_image


@pytest.fixture
def bibliotheque(db, settings, tmp_path) -> Bibliotheque:
    settings.MEDIA_ROOT = tmp_path
    page = Site.objects.get(is_default_site=True).root_page
    return Bibliotheque(image=creer_image().pk, document=creer_document_public().pk, page=page.pk)
