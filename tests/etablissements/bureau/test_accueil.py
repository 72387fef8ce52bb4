"""The home of the admin and its menu: to each only what works for them."""

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from wagtail.admin.menu import admin_menu

from sites.createur import creer_sites
from tests.fabriques import creer_affectation, creer_utilisateur

pytestmark = pytest.mark.django_db


def menu_de(utilisateur) -> set[str]:
    demande = RequestFactory().get("/")
    demande.user = utilisateur
    return {entree.name for entree in admin_menu.menu_items_for_request(demande)}


def test_le_directeur_n_a_que_ce_qui_marche_pour_lui(client) -> None:
    affectation = creer_affectation()
    list(creer_sites([affectation.etablissement]))
    entrees = menu_de(affectation.utilisateur)
    assert {"tutelles", "explorer", "images", "documents"} <= entrees
    assert not {"settings", "reports", "help"} & entrees
    client.force_login(affectation.utilisateur)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("bureau:tutelles") in page
    assert 'role="search"' not in page


def test_un_superutilisateur_garde_tout_sauf_les_tutelles(client) -> None:
    superutilisateur = creer_utilisateur(is_superuser=True)
    entrees = menu_de(superutilisateur)
    assert "tutelles" not in entrees
    assert {"explorer", "settings"} <= entrees
    client.force_login(superutilisateur)
    page = client.get(reverse("wagtailadmin_home"))
    assert page.status_code == 200
    assert reverse("bureau:tutelles") not in page.content.decode()


@pytest.mark.parametrize(("langue", "voir"), [("ar", "عرض الصفحة"), ("fr", "Voir la page")])
def test_ce_que_wagtail_dit_mal_est_redit(langue: str, voir: str) -> None:
    """Beside what was just published Wagtail writes "look into reality" in Arabic."""
    with translation.override(langue):
        assert translation.gettext("View live") == voir
