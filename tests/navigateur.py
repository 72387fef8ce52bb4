"""What goes wrong in the pages of the browser, noted when it happens and told at the end of the test.

Raised where it happens, in a listener, it would cut Playwright off from its browser, and fail every later test.
"""

from playwright.sync_api import ConsoleMessage, Error, Page

_fautes: list[str] = []


def surveiller(page: Page, *, console: bool = False) -> None:
    """Have the test fail for what a script of this page throws; with `console`, for what its console complains of."""
    page.on("pageerror", _noter_une_exception)
    if console:
        page.on("console", _noter_un_message)


def relever() -> list[str]:
    """Return what went wrong since the last time."""
    relevees = _fautes[:]
    _fautes.clear()
    return relevees


def _noter_une_exception(erreur: Error) -> None:
    _fautes.append(f"{erreur}")


def _noter_un_message(message: ConsoleMessage) -> None:
    if message.type == "error":
        _fautes.append(f"{message.text} ({message.location['url']})")
