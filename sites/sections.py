"""The sections of a school's site: which exist, which it may open, and opening one."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from wagtail.models import Page

from etablissements.registre.models import Etablissement

from .models import (
    PageActualites,
    PageAdmissions,
    PageAgenda,
    PageAssociation,
    PageContact,
    PageDeSection,
    PageEtablissement,
    PageGalerie,
    PageLibre,
    PageResultats,
    PageRubrique,
    PageServices,
)
from .variantes import LIBELLES, RUBRIQUES, Section, offre

MODELES: dict[Section, type[PageDeSection]] = {
    **{
        modele.section: modele
        for modele in (
            PageActualites,
            PageAgenda,
            PageGalerie,
            PageServices,
            PageAssociation,
            PageResultats,
            PageAdmissions,
            PageContact,
        )
        if modele.section
    },
    **dict.fromkeys(RUBRIQUES, PageRubrique),
}


class SectionRefusee(Exception):
    """The school may not have this section; the message says why, in the reader's language."""


@dataclass(frozen=True)
class EtatSection:
    """A section of a school's site.

    Attributes:
        section: which one.
        libelle: what it is called.
        page: primary key of its page, None while it is not open.
        en_ligne: whether readers see it.
        attend_un_texte: whether readers will see it with the first text that is published in it.
        offerte: whether the school may open it (or could, had it not yet).
        traduisible: whether its page has words to translate.
    """

    section: Section
    libelle: Promise | str
    page: int | None
    en_ligne: bool
    attend_un_texte: bool
    offerte: bool
    traduisible: bool


def sections_de(*, etablissement: Etablissement) -> list[EtatSection]:
    """Return the sections that a school has or may open, in the order of the tabs. Free pages are not among them."""
    accueil = _accueil(PageEtablissement.objects.all(), etablissement)
    pages = {page.slug: page for page in accueil.get_children().not_type(PageLibre)}
    etats = []
    for section in MODELES:
        page = pages.get(section.value)
        offerte = offre(etablissement, section)
        if page or offerte:
            etats.append(
                EtatSection(
                    section,
                    LIBELLES[section],
                    page=page and page.pk,
                    en_ligne=bool(page and page.live),
                    attend_un_texte=bool(page and _attend_un_texte(page)),
                    offerte=offerte,
                    traduisible=MODELES[section].traduisible,
                )
            )
    return etats


@transaction.atomic
def ouvrir(*, etablissement: Etablissement, section: Section, en_ligne: bool = True) -> Page:
    """Return the page of a section, made if the school had none; a page withdrawn stays so.

    Args:
        etablissement: the school.
        section: which one.
        en_ligne: whether readers see a new page at once, or with the first text that is published in it.

    Raises:
        SectionRefusee: the cycle of the school does not have it, or it is not one that opens (a free page is written).
    """
    modele = MODELES.get(section)
    if modele is None:
        raise SectionRefusee(gettext("Une page libre s'ajoute depuis l'accueil de l'établissement."))
    # Locked, so that two openings at once make one page.
    accueil = _accueil(PageEtablissement.objects.select_for_update(of=("self",)), etablissement)
    page = accueil.get_children().filter(slug=section.value).first()
    if page is not None:
        return page.specific
    if not offre(etablissement, section):
        raise SectionRefusee(
            gettext("Le cycle de l'établissement n'a pas la section « %(section)s ».") % {"section": LIBELLES[section]}
        )
    with override(accueil.locale.language_code):
        titre = str(LIBELLES[section])
    nouvelle = modele(title=titre, slug=section.value, locale=accueil.locale, etablissement=etablissement)
    nouvelle.live, nouvelle.has_unpublished_changes = en_ligne, not en_ligne
    if isinstance(nouvelle, PageRubrique):
        nouvelle.rubrique = section.value
    return accueil.add_child(instance=nouvelle)


def apres_publication(instance: Page, **_: Any) -> None:
    """Show a section with the first text that is published in it. One that the school withdrew with its texts stays so.

    Whoever might publish the text, or approved it, decided that readers see it.
    """
    dessus = instance.get_parent()
    deja_lu = instance.first_published_at != instance.last_published_at
    if not dessus.live and not deja_lu and _attend_un_texte(dessus, sauf=instance):
        dessus.specific.save_revision().publish(skip_permission_checks=True)


def _attend_un_texte(page: Page, *, sauf: Page | None = None) -> bool:
    """Whether a section that is not on line holds texts, and none was ever on line, this one apart."""
    modele = page.specific_class
    if page.live or modele is None or not issubclass(modele, PageDeSection) or not modele.subpage_types:
        return False
    textes = page.get_children().filter(first_published_at__isnull=False)
    return not textes.exclude(pk=sauf.pk if sauf else None).exists()


def _accueil(accueils: QuerySet[PageEtablissement], etablissement: Etablissement) -> PageEtablissement:
    """Return the home as the school first wrote it."""
    accueil = accueils.filter(etablissement=etablissement).order_by("pk").first()
    if accueil is None:
        raise SectionRefusee(gettext("L'établissement n'a pas encore de site."))
    return accueil
