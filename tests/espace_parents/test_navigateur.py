"""A scanned slip in a real browser: the fragment fills the form, then leaves the address bar."""

import pytest
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_le_fragment_remplit_puis_disparait(chromium: Browser, live_server) -> None:
    contexte = chromium.new_context(locale="fr-FR")
    page = contexte.new_page()
    demandes: list[str] = []
    page.on("request", lambda requete: demandes.append(requete.url))
    page.goto(f"{live_server.url}/activation/#Z991234567.7KQ2MX94TB")
    expect(page.locator("#id_code_massar")).to_have_value("Z991234567")
    expect(page.locator("#id_code_bordereau")).to_have_value("7KQ2M-X94TB")
    assert page.url == f"{live_server.url}/fr/activation/"
    assert not any("Z991234567" in adresse.partition("#")[0] for adresse in demandes)
    page.locator("form[data-activation] button[type=submit]").click()
    page.wait_for_url("**/activation/confirmation/")
    page.go_back()
    assert "#" not in page.url


def test_un_fragment_fait_pour_nuire_ne_remplit_rien(chromium: Browser, live_server) -> None:
    contexte = chromium.new_context(locale="ar-MA")
    page = contexte.new_page()
    page.goto(f"{live_server.url}/ar/activation/#Z991234567.<img src=x onerror=alert(1)>")
    expect(page.locator("#id_code_massar")).to_have_value("")


def test_sans_script_on_recopie(chromium: Browser, live_server) -> None:
    contexte = chromium.new_context(locale="ar-MA", java_script_enabled=False)
    page = contexte.new_page()
    page.goto(f"{live_server.url}/activation/#Z991234567.7KQ2MX94TB")
    page.fill("#id_code_massar", "Z991234567")
    page.fill("#id_code_bordereau", "7KQ2M X94TB")
    page.click("form[data-activation] button[type=submit]")
    page.wait_for_url("**/ar/activation/confirmation/")
    expect(page.locator("main")).to_contain_text("Z991234567")
