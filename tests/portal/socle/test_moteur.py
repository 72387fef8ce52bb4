"""The database search finds what was written, and weighs titles without measuring all of them."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from modelsearch.backends import get_search_backend
from wagtail.search.models import IndexEntry

from portal.socle.models import ImagePortail

pytestmark = pytest.mark.django_db


def image(titre: str) -> ImagePortail:
    return ImagePortail.objects.create(title=titre, file="cour.png", width=1, height=1)


def test_ce_qui_est_ecrit_est_trouve() -> None:
    trouvee, _autre = image("Fête du printemps"), image("Cour")
    assert list(get_search_backend().search("printemps", ImagePortail)) == [trouvee]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL alone weighs titles")
def test_un_titre_est_pese_sur_un_echantillon() -> None:
    courte = image("Cour")
    with CaptureQueriesContext(connection) as requetes:
        longue = image("Une longue fête du printemps dans la cour")
    assert "LIMIT 1000" in next(requete["sql"] for requete in requetes if "AVG" in requete["sql"])
    genre = ContentType.objects.get_for_model(ImagePortail)
    poids = {
        pk: IndexEntry.objects.get(content_type=genre, object_id=str(pk)).title_norm for pk in (courte.pk, longue.pk)
    }
    assert poids[courte.pk] > poids[longue.pk] > 0
