"""A page of the browser that notes what runs in it, and a school whose every word is a script."""

import pytest
from playwright.sync_api import Browser, Page

from tests.fabriques.pages import creer_site_complet
from tests.sites.droits.monde import NOTRE, creer_ecole

from .acteurs import Lieu, peupler
from .poison import empoisonner_la_base

NOTER_CE_QUI_S_EXECUTE = "window.executions = []; window.alert = (x) => window.executions.push(x);"


@pytest.fixture
def onglet(chromium: Browser) -> Page:
    """A page without any policy, that notes every script that ran."""
    page = chromium.new_context(bypass_csp=True).new_page()
    page.add_init_script(NOTER_CE_QUI_S_EXECUTE)
    page.route("**/*", lambda route: route.abort())
    return page


@pytest.fixture
def lieu(db, settings, tmp_path) -> Lieu:
    """A school with everything, and scripts for words."""
    settings.MEDIA_ROOT = tmp_path
    ecole = creer_ecole(NOTRE)
    creer_site_complet(ecole.etablissement)
    lieu = peupler(ecole, NOTRE)
    assert empoisonner_la_base() == {"Classe.libelle"}, "the database itself wants a class name to be one"
    lieu.ecole.etablissement.refresh_from_db()
    return lieu
