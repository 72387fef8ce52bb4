"""Remember the addresses that pages leave, and lead from there to where they are now, in one hop."""

from typing import Any

from wagtail.models import Page

from ..models import AdresseAncienne, PageDEcole, PageEtablissement
from ..models.anciennes import LONGUEUR_MAX
from ..models.langues import est_traduit, sans_langue


def retenir(instance: Page, ancien_url_path: str) -> None:
    """Write that the page of a school left an address; its last occupant has it."""
    page = instance.specific
    if not isinstance(page, PageDEcole) or isinstance(page, PageEtablissement):
        return  # a school's home is found by its code, whatever its name
    if est_traduit(page.slug):
        return  # its original remembers for both
    ancien = page.reste_de(ancien_url_path)
    if ancien and ancien != page.reste and len(ancien) <= LONGUEUR_MAX:
        AdresseAncienne.objects.update_or_create(
            etablissement=page.etablissement, reste=ancien, defaults={"page_id": page.pk}
        )


def apres_renommage(sender: object, instance: Page, instance_before: Page, **_: Any) -> None:
    """Receive Wagtail's `page_slug_changed`."""
    retenir(instance, instance_before.url_path)


def apres_deplacement(sender: object, instance: Page, url_path_before: str, url_path_after: str, **_: Any) -> None:
    """Receive Wagtail's `post_page_move`."""
    if url_path_before != url_path_after:
        retenir(instance, url_path_before)


def adresse_actuelle(accueil: PageEtablissement, reste: str) -> str | None:
    """Return where the page that was at `reste` is now, below the home of the school; None when it is nowhere.

    The row names the page, not another address: one hop, however many names the page has had. One query.
    """
    ancienne = (
        AdresseAncienne.objects.filter(etablissement=accueil.etablissement, reste=reste, page__live=True)
        .select_related("page")
        .first()
    )
    if ancienne is None or not ancienne.page.path.startswith(accueil.path):
        return None
    return sans_langue(ancienne.page.url_path.removeprefix(accueil.url_path))
