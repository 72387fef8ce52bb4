"""What tells one version of a text from the next, for whoever writes or decides on what they read."""

from wagtail.models import Page


class TexteChange(Exception):
    """Somebody saved this text after it was read: to act now would lose, or publish, what was never seen."""


def version_de(page: Page) -> str:
    """Return what tells one version of a text from the next: the latest revision, and when it was written.

    The full editor saves again and again over one revision, so that its number would not be enough.
    """
    ecrite = page.latest_revision_created_at
    return f"{page.latest_revision_id or ''} {ecrite.isoformat() if ecrite else ''}"


def retenir(*, cle: int, version: str) -> Page:
    """Return a page, locked until the transaction ends, if its text is still the one that was read.

    Raises:
        TexteChange: it is not. Nothing was written.
        Page.DoesNotExist: the page is gone.
    """
    page = Page.objects.select_for_update().get(pk=cle)
    if version_de(page) != version:
        raise TexteChange
    return page
