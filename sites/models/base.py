"""What every page of a school's site has in common: its short address, its languages, its theme, its sections."""

from dataclasses import replace
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site
from wagtail.search.index import BaseField as SearchField
from wagtail.url_routing import RouteResult

from etablissements.registre.models import Etablissement
from portal.diffusion import cles
from portal.socle.langues import SANS_CADRE, sous
from portal.socle.pages import Adresse, PagePortail

from ..adresses import adresse
from ..hotes.noms import base_de_l_ecole
from ..variantes import LIBELLES, Section, offre, theme_de, variante_de
from .langues import depassees, est_traduit, langue_propre, sans_langue, slug_traduit
from .plan import Enfant, enfants_de, onglets_de
from .reglages import reglages_de

# /accueil/etablissements/<academy>/<direction>/<school>/: rank of the school's segment in a `url_path`.
NIVEAU_D_UNE_ECOLE = 5


# What editing asks of a page and reading does not: no public page reads these columns.
NON_LUES = (
    "latest_revision",
    "has_unpublished_changes",
    "first_published_at",
    "live_revision",
    "go_live_at",
    "expire_at",
    "expired",
    "locked",
    "locked_at",
    "locked_by",
    "draft_title",
    "owner",
    "latest_revision_created_at",
    "alias_of",
    "show_in_menus",
    "seo_title",
)
# What a list shows of a page, beside what is its kind's own.
LUES_EN_LISTE = (
    "title",
    "url_path",
    "translation_key",
    "locale__language_code",
    "etablissement__gresa",
    "etablissement__nom_fr",
    "etablissement__nom_ar",
)


def slug_de(etablissement: Etablissement) -> str:
    """Return the readable part of a school's address: its code, then its French name."""
    return etablissement.slug_public


class PageDEcole(PagePortail):
    """A page of a school's site. It answers at `/<language>/ecoles/<code>-<name>/…`, in both languages.

    A page is written in one language; until somebody translates it, the frame and the facts around it are shown in the
    reader's language and the text keeps its own `lang` and `dir`.
    """

    etablissement = models.ForeignKey(Etablissement, on_delete=models.PROTECT, related_name="+", editable=False)
    etablissement.wagtail_reference_index_ignore = True  # a fact of the registry, not a choice of an editor
    etablissement_id: int | None

    # The section of the site that this kind of page is, or belongs to: none may be added where the cycle has it not.
    section: ClassVar[Section | None] = None
    # Whether an editor may translate one page of this kind.
    traduisible: ClassVar[bool] = False
    # What a page of this kind is for those who share it (Open Graph).
    genre_partage: ClassVar[str] = "website"

    class Meta:
        abstract = True

    @classmethod
    def a_servir(cls) -> models.QuerySet[Any]:
        """Return the live pages of this kind with what their template reads."""
        return cls.objects.live().select_related("locale").defer(*NON_LUES)

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Offer a new page only in a section that the school's cycle has; a translation holds no page."""
        if est_traduit(parent.slug) or not super().can_create_at(parent):
            return False
        ecole = getattr(parent.specific_deferred, "etablissement", None)
        return cls.section is None or ecole is None or offre(ecole, cls.section)

    def can_move_to(self, parent: Page) -> bool:
        """A page stays in its school."""
        ecole = getattr(parent.specific_deferred, "etablissement_id", None)
        return ecole == self.etablissement_id and not est_traduit(parent.slug) and super().can_move_to(parent)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Take the school of the parent page when none is set."""
        if self.etablissement_id is None:
            self.etablissement_id = self.get_parent().specific.etablissement_id
        super().save(*args, **kwargs)
        if self.traduisible and kwargs.get("update_fields") is None:
            self._renommer_la_traduction()

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """A translation has the name of its original, in the tree as in its address."""
        if self.traduisible and self.pk:
            self.__dict__.pop("origine", None)
            if origine := self.origine:
                self.slug = self.nom_traduit(origine.slug, self.locale.language_code)
        super().full_clean(*args, **kwargs)

    @classmethod
    def nom_traduit(cls, slug: str, langue: str) -> str:
        """Return the name in the tree of the translation of a page of this kind, named `slug`."""
        return slug_traduit(slug, langue)

    def titre_en(self, langue: str) -> str:
        """Return the title with which a translation of this page begins."""
        return self.title

    def lieu_des_traductions(self) -> Page:
        """Return the page under which the translations of this one stand."""
        return self.get_parent()

    def clean(self) -> None:
        """Refuse to a page the name of a translation, which would hide it from lists."""
        super().clean()
        autres = Page.objects.filter(translation_key=self.translation_key).exclude(pk=self.pk)
        if est_traduit(self.slug) and not autres.exists():
            raise ValidationError(
                {"slug": _("Cette fin d'adresse est celle d'une traduction : choisissez une autre adresse.")}
            )

    def _renommer_la_traduction(self) -> None:
        for traduction in self.get_translations().filter(pk__gt=self.pk):
            if sans_langue(traduction.slug) != self.slug:
                traduction.save()

    @cached_property
    def origine(self) -> Page | None:
        """The page that this one translates, None when it was written first."""
        return (
            Page.objects.filter(translation_key=self.translation_key, pk__lt=self.pk)
            .select_related("locale")
            .order_by("pk")
            .first()
        )

    @cached_property
    def depassee(self) -> bool:
        """Whether the original was published again since somebody translated it. The view of a home has read it."""
        return depassees(Page.objects.filter(pk=self.pk)).exists()

    @property
    def reste(self) -> str:
        """The part of the address below the school's home, `actualites/rentree/`, empty for the home itself."""
        return self.reste_de(self.url_path)

    def reste_de(self, url_path: str) -> str:
        """Return the same part of a place in the tree where this page was."""
        return sans_langue("/".join(url_path.split("/")[NIVEAU_D_UNE_ECOLE + 1 :]))

    @property
    def racine(self) -> str:
        """First segment of the address under `ecoles/`; a page that was met in a link tells it without its school."""
        if PageDEcole.etablissement.is_cached(self):
            return slug_de(self.etablissement)
        return self.url_path.split("/")[NIVEAU_D_UNE_ECOLE]

    @cached_property
    def enfants(self) -> list[Enfant]:
        """The live pages below the home of the school: its tabs. The view that serves this page has read them."""
        profondeur = NIVEAU_D_UNE_ECOLE + 1
        return enfants_de(self if self.depth == profondeur else self.get_ancestors().get(depth=profondeur))

    @cached_property
    def langues_du_texte(self) -> set[str]:
        """The languages in which this page is live. The view that serves it has read them with it."""
        pages = Page.objects.live().filter(translation_key=self.translation_key)
        return set(pages.values_list("locale__language_code", flat=True))

    def chemin(self) -> str:
        """Return the path of this page in the active language, or in its own when that one has no frame."""
        return adresse(self.racine, self.reste, langue=langue_propre(self.url_path))

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Answer with the short address instead of the place in the tree, on the school's own host when it has one."""
        parties = super().get_url_parts(request)
        if parties and (base := base_de_l_ecole(self.etablissement)):
            langue = langue_propre(self.url_path) or get_language() or settings.LANGUAGE_CODE
            return parties[0], base, self._chemin_sur_son_hote(langue)
        return parties and (parties[0], parties[1], self.chemin())

    def get_url(self, request: HttpRequest | None = None, current_site: Site | None = None) -> str:
        """Return the address on the portal's own host: `sites.hotes` puts links right on the others."""
        return self.chemin()

    url = property(get_url)

    def _chemin_sur_son_hote(self, langue: str) -> str:
        return f"/{langue}/{self.reste}"

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The place in the tree is not an address: a school has one, served by `sites.views`."""
        raise Http404

    def adresse_en(self, langue: str) -> str | None:
        """Every page of a school answers in every language of the frame, and in others where it was translated."""
        if langue in SANS_CADRE and langue not in self.langues_du_texte:
            return None
        return sous(langue, self.chemin())

    def adresses(self) -> list[Adresse]:
        """Announce the school's own host, when it has one, as where its pages live."""
        adresses = super().adresses()
        base = base_de_l_ecole(self.etablissement)
        if not base:
            return adresses
        return [replace(une, absolue=f"{base}{self._chemin_sur_son_hote(une.code)}") for une in adresses]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the school, its settings, the variant and the theme of its cycle."""
        contexte = super().get_context(request, *args, **kwargs)
        contexte["ecole"] = self.etablissement
        contexte["racine"], contexte["reste"] = self.racine, self.reste
        contexte["reglages"] = reglages_de(self.etablissement)
        contexte["variante"] = variante_de(self.etablissement)
        contexte["theme"] = theme_de(self.etablissement)
        contexte["onglets"] = onglets_de(self.enfants, ecole=self.etablissement, reste=self.reste)
        contexte["flux"] = {onglet.section for onglet in contexte["onglets"]}
        if est_traduit(self.slug) and self.origine and self.depassee:
            contexte["original"] = self.origine.locale.language_code
            contexte["adresse_originale"] = self.adresse_en(contexte["original"])
        return contexte

    def cles_de_diffusion(self) -> set[str]:
        """Add the frame of the school: its name, its tabs, its settings; and the original of a translation."""
        return super().cles_de_diffusion() | {cles.ecole(self.etablissement.gresa)} | self._cles_de_l_origine()

    def cles_perimees(self) -> set[str]:
        """Add the map of the site, which dates each page."""
        return super().cles_perimees() | {cles.plan(self.etablissement.gresa)}

    def _cles_de_l_origine(self) -> set[str]:
        return {cles.page(self.origine.pk)} if est_traduit(self.slug) and self.origine else set()

    def cles_du_cadre(self) -> set[str]:
        """Every page of the school has a tab that names this one.

        The original is served at the address of the translation while there is none, and says which languages it has.
        """
        return {cles.ecole(self.etablissement.gresa)} | self._cles_de_l_origine()


class PageDeSection(PageDEcole):
    """The page that is a whole section: one in a school, under the home, at an address that does not change."""

    parent_page_types = ("portail_sites.PageEtablissement",)
    subpage_types: tuple[str, ...] = ()
    max_count_per_parent: int | None = 1
    promote_panels: tuple[Any, ...] = ()  # neither its address nor its heading is for the school to choose
    search_fields: ClassVar[list[SearchField]] = []

    class Meta:
        abstract = True

    @property
    def section_tenue(self) -> Section:
        """The section that this page is."""
        assert self.section is not None  # noqa: S101 - every subclass names its own
        return self.section

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Keep the address of the section, whatever its title."""
        if not est_traduit(self.slug):
            self.slug = self.section_tenue.value
        super().full_clean(*args, **kwargs)

    def titre_en(self, langue: str) -> str:
        """Return what the section is called."""
        with translation.override(langue):
            return str(LIBELLES[self.section_tenue])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the heading of the section, in the reader's language."""
        contexte = super().get_context(request, *args, **kwargs)
        contexte["section"] = self.section_tenue
        contexte["intitule"] = LIBELLES[self.section_tenue]
        return contexte

    def cles_de_diffusion(self) -> set[str]:
        """Add the facts that sections show beside the school's words."""
        return super().cles_de_diffusion() | {cles.faits(self.etablissement.gresa)}

    def cles_du_cadre(self) -> set[str]:
        """A tab has the frame's words: a translation changes none, but those that lead to its own addresses."""
        sans_onglet = est_traduit(self.slug) and not langue_propre(self.url_path)
        return self._cles_de_l_origine() if sans_onglet else super().cles_du_cadre()
