"""The home page exists as soon as the tables do: made after each migration, never twice."""

from typing import Any

from django.conf import settings
from wagtail.models import Locale, Page, Site

from .models import PageMinistere

TITRES = {
    "ar": "وزارة التربية الوطنية والتعليم الأولي والرياضة",
    "fr": "Ministère de l'Éducation nationale, du Préscolaire et des Sports",
}


def assurer_accueil(**_: Any) -> PageMinistere:
    """Make sure of the languages, the home page in each of them and the one site; return the Arabic home.

    Wagtail's own first migration leaves a "Welcome" page at the root: it goes, as nobody wrote it.
    """
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _nom in settings.LANGUAGES}
    source = locales[settings.LANGUAGE_CODE]
    accueil = PageMinistere.objects.filter(locale=source).first()
    if accueil is None:
        racine = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root", locale=source))
        accueil = racine.add_child(
            instance=PageMinistere(title=TITRES[source.language_code], slug="accueil", locale=source)
        )
    for code, _nom in settings.LANGUES_DU_CADRE:
        locale = locales[code]
        if locale != source and not accueil.get_translations().filter(locale=locale).exists():
            copie = accueil.copy_for_translation(locale)
            copie.title = copie.draft_title = TITRES[code]
            copie.slug = f"accueil-{code}"
            copie.save()
            copie.save_revision().publish()
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", is_default_site=True, root_page=accueil)
    elif site.root_page_id != accueil.pk:
        ancienne = site.root_page
        site.root_page = accueil
        site.save()
        if type(ancienne.specific) is Page and ancienne.depth > 1 and not ancienne.get_children().exists():
            ancienne.delete()
    return accueil
