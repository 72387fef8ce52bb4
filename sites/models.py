"""The pages of a school's site, and the nodes of the tree that lead to it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.images import get_image_model_string
from wagtail.search.index import BaseField as SearchField
from wagtail.url_routing import RouteResult

from etablissements.registre.models import Academie, Direction, Etablissement
from portal.socle.champs import CorpsField
from portal.socle.pages import PagePortail

ACTUALITES_A_LA_UNE = 3
ACTUALITES_PAR_PAGE = 20


def slug_de(etablissement: Etablissement) -> str:
    """Return the readable part of a school's address: its code, then its French name."""
    return etablissement.slug_public


class PageEtablissements(PagePortail):
    """The root of the schools: one child per academy."""

    parent_page_types = ("ministere.PageMinistere",)
    subpage_types = ("portail_sites.PageAcademie",)
    max_count_per_parent = 1
    template = "sites/etablissements.html"

    class Meta:
        verbose_name = _("établissements par région")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the academies that have schools, with their count."""
        contexte = super().get_context(request, *args, **kwargs)
        contexte["academies"] = Academie.objects.annotate(
            nombre=models.Count(
                "directions__etablissements",
                filter=models.Q(directions__etablissements__rattachement=None, directions__etablissements__ouvert=True),
            )
        ).filter(nombre__gt=0)
        return contexte


class PageAcademie(PagePortail):
    """An academy: its directions."""

    academie = models.ForeignKey(Academie, on_delete=models.PROTECT, related_name="+")

    parent_page_types = ("portail_sites.PageEtablissements",)
    subpage_types = ("portail_sites.PageDirection",)
    template = "sites/academie.html"

    class Meta:
        verbose_name = _("académie")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the directions that have schools, with their count."""
        contexte = super().get_context(request, *args, **kwargs)
        contexte["directions"] = self.academie.directions.annotate(
            nombre=models.Count(
                "etablissements", filter=models.Q(etablissements__rattachement=None, etablissements__ouvert=True)
            )
        ).filter(nombre__gt=0)
        return contexte


class PageDirection(PagePortail):
    """A direction: its schools."""

    direction = models.ForeignKey(Direction, on_delete=models.PROTECT, related_name="+")

    parent_page_types = ("portail_sites.PageAcademie",)
    subpage_types = ("portail_sites.PageEtablissement",)
    template = "sites/direction.html"

    class Meta:
        verbose_name = _("direction provinciale")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the schools, by name of commune."""
        contexte = super().get_context(request, *args, **kwargs)
        contexte["etablissements"] = (
            Etablissement.objects.autonomes()
            .filter(direction=self.direction)
            .select_related("commune", "cycle_principal")
            .order_by("commune__nom_fr", "cycle_principal__ordre", "nom_fr")
        )
        return contexte


class PageDEcole(PagePortail):
    """A page of a school's site. It answers at `/<language>/ecoles/<code>-<name>/…`, in both languages.

    A page is written in one language; until somebody translates it, the frame and the facts around it are shown in the
    reader's language and the text keeps its own `lang` and `dir`.
    """

    etablissement = models.ForeignKey(Etablissement, on_delete=models.PROTECT, related_name="+", editable=False)
    etablissement_id: int | None

    # Made by the creator out of checked facts: its first save spares the seven queries of a validation.
    composee = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Take the school of the parent page when none is set."""
        if self.composee and self.pk is None:
            self.draft_title = self.title
            kwargs["clean"] = False
        if self.etablissement_id is None:
            self.etablissement_id = self.get_parent().specific.etablissement_id
        super().save(*args, **kwargs)

    @property
    def reste(self) -> str:
        """The part of the address below the school's home, `actualites/rentree/`, empty for the home itself."""
        _avant, _code, suite = self.url_path.partition(f"/{self.etablissement.gresa.lower()}-")
        return suite.partition("/")[2]

    @property
    def racine(self) -> str:
        """First segment of the address under `ecoles/`."""
        return slug_de(self.etablissement)

    def chemin(self) -> str:
        """Return the path of this page in the active language."""
        if self.reste:
            return reverse("sites:page", kwargs={"racine": self.racine, "reste": self.reste})
        return reverse("sites:ecole", kwargs={"racine": self.racine})

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Answer with the short address instead of the place in the tree."""
        parties = super().get_url_parts(request)
        return parties and (parties[0], parties[1], self.chemin())

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The place in the tree is not an address: a school has one, served by `sites.views`."""
        raise Http404

    def adresse_en(self, langue: str) -> str | None:
        """Every page of a school answers in every language."""
        with translation.override(langue):
            return self.chemin()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the school and the theme of its cycle."""
        contexte = super().get_context(request, *args, **kwargs)
        contexte["ecole"] = self.etablissement
        contexte["theme"] = theme_de(self.etablissement)
        return contexte


def theme_de(etablissement: Etablissement) -> str:
    """Return the theme of a school: `primaire`, `college` or `lycee`, from its main cycle."""
    return {"college": "college", "prescolaire": "primaire", "primaire": "primaire"}.get(
        etablissement.cycle_principal_id, "lycee"
    )


class PageEtablissement(PageDEcole):
    """A school's home: a living monograph. The registry and the records give the facts, the school its words."""

    langue = models.CharField(max_length=10, editable=False)
    presentation = CorpsField(blank=True, verbose_name=_("présentation"))

    parent_page_types = ("portail_sites.PageDirection",)
    subpage_types = ("portail_sites.PageActualites", "portail_sites.PageContact")
    template = "sites/etablissement.html"
    content_panels = (*PagePortail.content_panels, FieldPanel("presentation"))

    class Meta:
        verbose_name = _("accueil d'établissement")
        constraints = (models.UniqueConstraint(fields=("etablissement", "langue"), name="accueil_unique_par_langue"),)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Copy the language beside the school, so that the database can keep one home per language."""
        self.langue = self.locale.language_code
        super().save(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the facts and the latest news."""
        from .fiche import fiche_de

        contexte = super().get_context(request, *args, **kwargs)
        contexte["fiche"] = fiche_de(etablissement=self.etablissement)
        contexte["actualites"] = PageActualite.de(self.etablissement)[:ACTUALITES_A_LA_UNE]
        return contexte


class PageActualites(PageDEcole):
    """The news of a school."""

    search_fields: list[SearchField] = []
    parent_page_types = ("portail_sites.PageEtablissement",)
    subpage_types = ("portail_sites.PageActualite",)
    max_count_per_parent = 1
    template = "sites/actualites.html"

    class Meta:
        verbose_name = _("actualités")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the news, latest first, by pages."""
        contexte = super().get_context(request, *args, **kwargs)
        pages = Paginator(PageActualite.de(self.etablissement), ACTUALITES_PAR_PAGE)
        contexte["actualites"] = pages.get_page(request.GET.get("page"))
        return contexte


class PageActualite(PageDEcole):
    """One piece of news of a school."""

    date = models.DateField(_("date"), default=timezone.localdate)
    chapo = models.CharField(_("en deux phrases"), max_length=300, blank=True)
    image = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    image_alt = models.CharField(
        _("description de l'image"),
        max_length=200,
        blank=True,
        help_text=_("Ce que l'on voit, pour qui ne voit pas l'image."),
    )
    corps = CorpsField(blank=True, verbose_name=_("texte"))

    parent_page_types = ("portail_sites.PageActualites",)
    subpage_types: tuple[str, ...] = ()
    template = "sites/actualite.html"
    content_panels = (
        *PagePortail.content_panels,
        FieldPanel("date"),
        FieldPanel("chapo"),
        FieldPanel("image"),
        FieldPanel("image_alt"),
        FieldPanel("corps"),
    )

    class Meta:
        verbose_name = _("actualité")
        indexes = (models.Index(fields=("etablissement", "-date"), name="actualite_ecole_date"),)

    @classmethod
    def de(cls, etablissement: Etablissement) -> list["PageActualite"]:
        """Return the news of a school, latest first: in the active language where it exists, else as written."""
        langue = get_language()
        trouvees: dict[Any, PageActualite] = {}
        toutes = cls.objects.live().filter(etablissement=etablissement).select_related("locale", "image")
        for page in toutes.order_by("-date", "-pk"):
            page.etablissement = etablissement
            if page.translation_key not in trouvees or page.locale.language_code == langue:
                trouvees[page.translation_key] = page
        return sorted(trouvees.values(), key=lambda page: (page.date, page.pk), reverse=True)

    def clean(self) -> None:
        """Refuse an image that nobody described."""
        super().clean()
        if self.image_id and not self.image_alt:
            raise ValidationError({"image_alt": _("Décrivez l'image en quelques mots : certains lecteurs l'écoutent.")})


class PageContact(PageDEcole):
    """How to reach a school: the registry's address, and the school's own words."""

    search_fields: list[SearchField] = []

    horaires = CorpsField(blank=True, verbose_name=_("horaires et accès"))

    parent_page_types = ("portail_sites.PageEtablissement",)
    subpage_types: tuple[str, ...] = ()
    max_count_per_parent = 1
    template = "sites/contact.html"
    content_panels = (*PagePortail.content_panels, FieldPanel("horaires"))

    class Meta:
        verbose_name = _("contact")
