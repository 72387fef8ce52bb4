"""A page of the browser that notes what runs in it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture
def onglet(chromium: Browser) -> Iterator[Page]:
    """A page without any policy, that notes every script that ran."""
    contexte = chromium.new_context(bypass_csp=True)
    page = contexte.new_page()
    page.add_init_script("window.executions = []; window.alert = (x) => window.executions.push(x);")
    page.route("**/*", lambda route: route.abort())
    yield page
    contexte.close()
