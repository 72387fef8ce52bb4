"""Translate one page of a school, when somebody asks for it."""

from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationLog, TranslationSource

from portal.comptes.models import Utilisateur
from portal.diffusion import cles
from portal.diffusion.api import perimer

from .models import PageDEcole, PageEtablissement
from .models.langues import depassees, est_traduit


class TraductionRefusee(Exception):
    """This page is not one to translate into this language.

    Attributes:
        raison: why, for the person who asks.
    """

    def __init__(self, raison: str | Promise) -> None:
        super().__init__(raison)
        self.raison = raison


@transaction.atomic
def traduire(*, page: PageDEcole, langue: str, auteur: Utilisateur | None) -> PageDEcole:
    """Put beside a page a draft of its translation, which starts as the text on line. Again, it is the same draft.

    The translation of a school's home stands under it, and holds nothing.

    Raises:
        TraductionRefusee: the page is a translation, or not on line, or of a kind that has none, or in this language.
    """
    page = type(page)._default_manager.select_for_update(of=("self",)).select_related("locale").get(pk=page.pk)
    locale = Locale.objects.filter(language_code=langue).first()
    if not page.traduisible or page.origine or locale in (None, page.locale):
        raise TraductionRefusee(_("Cette page ne se traduit pas."))
    if not page.live:
        raise TraductionRefusee(_("Publiez la page avant de la traduire."))
    if deja := page.get_translation_or_none(locale):
        return deja
    titre = page.titre_en(langue)
    traduction: PageDEcole = page.copy(
        to=page.lieu_des_traductions(),
        update_attrs={
            "locale": locale,
            "slug": page.nom_traduit(page.slug, langue),
            "title": titre,
            "draft_title": titre,
        },
        copy_revisions=False,
        keep_live=False,
        reset_translation_key=False,
        user=auteur,
        log_action="wagtail.copy_for_translation",
    )
    _retenir_le_texte(page, locale)
    return traduction


@transaction.atomic
def tenir_pour_a_jour(*, traduction: PageDEcole) -> None:
    """Write that a translation says what its original says today."""
    if traduction.origine is None:
        raise TraductionRefusee(_("Cette page n'est pas une traduction."))
    _retenir_le_texte(traduction.origine.specific, traduction.locale)
    perimer(cles.page(traduction.pk))


def apres_retrait(sender: object, instance: Page, **_: Any) -> None:
    """Receive Wagtail's `page_unpublished`: who withdraws a text, or deletes it, withdraws it in every language."""
    if isinstance(instance, PageDEcole) and instance.traduisible and not est_traduit(instance.slug):
        for traduction in instance.get_translations().live():
            traduction.unpublish()


def traductions_depassees(*, etablissement_id: int) -> list[Page]:
    """Return the translations of a school that are behind their originals. Two queries."""
    accueil = PageEtablissement.objects.filter(etablissement=etablissement_id).order_by("pk").first()
    if accueil is None:
        return []
    pages = Page.objects.filter(path__startswith=accueil.path).select_related("locale")
    return list(depassees(pages).order_by("path"))


def _retenir_le_texte(page: PageDEcole, locale: Locale) -> None:
    """Keep what was translated, and write that it was, into this language."""
    source, cree = TranslationSource.get_or_create_from_instance(page)
    if not cree:
        source.update_from_db()
    TranslationLog.objects.create(source=source, locale=locale)
