"""No screen of the back office can mirror the tree of pages in another language (ADR 21)."""

import pytest
from django.apps import apps
from django.test import Client
from wagtail.models import Locale

from tests.fabriques import creer_utilisateur


def test_l_ecran_qui_double_l_arbre_n_est_pas_installe() -> None:
    assert not apps.is_installed("wagtail_localize.locales")
    assert apps.is_installed("wagtail.locales")


@pytest.mark.django_db
def test_regler_une_langue_ne_propose_aucune_synchronisation(client: Client) -> None:
    client.force_login(creer_utilisateur(is_superuser=True, is_staff=True))
    langue = Locale.objects.get(language_code="fr")
    reponse = client.get(f"/fr/gestion/locales/edit/{langue.pk}/")
    assert reponse.status_code == 200
    assert "sync_from" not in reponse.content.decode()
