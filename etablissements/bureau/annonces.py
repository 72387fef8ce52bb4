"""What is said to whoever published a text."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page


def annoncer_la_publication(request: HttpRequest, page: Page, publie: str, *boutons: tuple[str, str, bool]) -> None:
    """Say `publie` of a text that readers see, with the way to it; of one that they do not see yet, say why."""
    if page.go_live_at and page.go_live_at > timezone.now():
        moment = date_format(timezone.localtime(page.go_live_at), "DATETIME_FORMAT")
        messages.success(request, _("Ce texte est prêt : il paraîtra le %(moment)s.") % {"moment": moment}, [*boutons])
        return
    section = page.get_parent()
    if section.live:
        voir = messages.button(page.get_url(request), _("Voir la page"))
        messages.success(request, publie, [voir, *boutons])
        return
    retiree = _("Ce texte est publié, mais sa rubrique est retirée du site : personne ne le lit tant qu'elle l'est.")
    ouvrir = messages.button(reverse("wagtailadmin_pages:edit", args=[section.pk]), _("Voir la rubrique"))
    messages.warning(request, retiree, [ouvrir, *boutons])
