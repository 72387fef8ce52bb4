"""Fixtures of the whole suite."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright

from portal.diffusion.entetes import entetes
from portal.diffusion.generation import generation
from portal.diffusion.magasin import Magasin
from tests import decor, navigateur
from tests.base import copier_le_modele
from tests.outils import exiger_programme

# Playwright runs an event loop in the main thread; our synchronous tests use the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The last app that has tables: those of the others and the home page are there when it is called.
post_migrate.connect(decor.poser, sender=[app for app in apps.get_app_configs() if app.models_module][-1])

OPTIONS_CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the store be tried for longer, or again as it was: `tests/portal/diffusion/test_au_hasard.py`."""
    parser.addoption("--gestes", type=int, default=0, help="number of random gestures on the published pages")
    parser.addoption("--graine", type=int, default=0, help="seed of these gestures, as an earlier run printed it")


def _rang(item: pytest.Item) -> int:
    fixtures = set(getattr(item, "fixturenames", ()))
    marque = item.get_closest_marker("django_db")
    if fixtures & {"live_server", "transactional_db"} or (marque and marque.kwargs.get("transaction")):
        return 2
    return int("chromium" in fixtures)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Drive the browser late: its event loop stays in the thread, where pyHanko's own validation wants none.

    Tests that empty the tables stay after all the others, as pytest-django wants them.
    """
    items.sort(key=_rang)


def pytest_collection_finish() -> None:
    """Hide the modules from the garbage collector, which otherwise reads them again at each full collection."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, django_db_createdb, django_db_blocker, pytestconfig
) -> None:
    """Copy the database that the migrations made, unless `--create-db` or `--reuse-db` asks for another."""
    if not (django_db_createdb or pytestconfig.getoption("reuse_db")):
        with django_db_blocker.unblock():
            copier_le_modele(connection, pytestconfig.cache.mkdir("base"))


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """Use the copy that was laid out; on SQLite it goes with the folder of the run."""
    return django_db_keepdb or connection.vendor == "sqlite"


@pytest.fixture(autouse=True)
def monde_propre() -> Iterator[None]:
    """Each test starts in Arabic with empty caches, whatever the one before did."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    translation.activate("ar")
    yield
    translation.activate("ar")


@pytest.fixture
def sans_decor(db) -> None:
    """A database as the migrations leave it: no registry, no node of the tree."""
    decor.oter()


@pytest.fixture
def magasin(settings, tmp_path: Path) -> Magasin:
    """A store of published copies of the test's own."""
    settings.DIFFUSION_DIR = str(tmp_path / "publie")
    entetes.cache_clear()
    neuf = Magasin(Path(settings.DIFFUSION_DIR))
    neuf.preparer(generation())
    return neuf


@pytest.fixture(scope="session")
def chromium_lance() -> Iterator[Browser]:
    """The Chromium of the machine, driven by Playwright."""
    executable = exiger_programme("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        lance = playwright.chromium.launch(executable_path=executable, args=OPTIONS_CHROMIUM)
        yield lance
        lance.close()


@pytest.fixture
def chromium(chromium_lance: Browser) -> Iterator[Browser]:
    """The browser for one test: what it opened is closed after it, and what went wrong in a watched page fails it."""
    navigateur.relever()
    yield chromium_lance
    fautes = navigateur.relever()
    for contexte in chromium_lance.contexts:
        contexte.close()
    assert fautes == []
