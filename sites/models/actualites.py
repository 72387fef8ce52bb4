"""The news of a school: the list and the item."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from etablissements.registre.models import Etablissement
from portal.diffusion import cles
from portal.socle.champs import CorpsField
from portal.socle.langues import langue_du_texte
from portal.socle.pages import PagePortail
from portal.socle.preparees import ListePreparee, Preparee, Valeur

from ..variantes import Section
from .base import LUES_EN_LISTE, PageDEcole, PageDeSection
from .images import LUES, PARTAGE, PLEINE, VIGNETTE, Illustree, images_pretes, preparer_images
from .langues import dans_la_langue

ACTUALITES_PAR_PAGE = 20
ACTUALITES_A_LA_UNE = 3


class PageActualites(PageDeSection):
    """The news of a school."""

    section = Section.ACTUALITES
    subpage_types = ("portail_sites.PageActualite",)
    template = "sites/actualites.html"

    class Meta:
        verbose_name = _("actualités")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the news, latest first, by pages."""
        contexte = super().get_context(request, *args, **kwargs)
        nouvelles = _toutes.avec(ecole=self.etablissement.pk, langue=langue_du_texte())
        pages = Paginator(nouvelles, ACTUALITES_PAR_PAGE)
        contexte["actualites"] = pages.get_page(request.GET.get("page"))
        return contexte

    def cles_de_diffusion(self) -> set[str]:
        """Add the news."""
        return super().cles_de_diffusion() | {cles.actualites(self.etablissement.gresa)}

    def cles_du_cadre(self) -> set[str]:
        """Add the page of the direction: it shows the news while this section is open."""
        return super().cles_du_cadre() | {cles.direction(self.etablissement.direction_id)}


class PageActualite(Illustree, PageDEcole):
    """One piece of news of a school."""

    section = Section.ACTUALITES
    traduisible = True
    genre_partage = "article"

    date = models.DateField(_("date"), default=timezone.localdate)
    epinglee = models.BooleanField(
        _("épinglée"), default=False, help_text=_("Reste en tête de la liste, même quand elle n'est plus la dernière.")
    )
    chapo = models.CharField(_("en deux phrases"), max_length=300, blank=True)
    corps = CorpsField(blank=True, verbose_name=_("texte"))

    parent_page_types = ("portail_sites.PageActualites",)
    subpage_types: tuple[str, ...] = ()
    template = "sites/actualite.html"
    content_panels = (
        *PagePortail.content_panels,
        MultiFieldPanel((FieldPanel("image"), FieldPanel("image_alt")), heading=_("Image")),
        FieldPanel("chapo"),
        FieldPanel("corps"),
        FieldPanel("date"),
        FieldPanel("epinglee"),
    )

    class Meta:
        verbose_name = _("actualité")
        indexes = (
            models.Index(fields=("etablissement", "-epinglee", "-date"), name="actualite_ecole_date"),
            models.Index(fields=("-date",), name="actualite_date"),
        )

    @classmethod
    def a_servir(cls) -> models.QuerySet[Any]:
        """Add the image, in its sizes."""
        return super().a_servir().select_related("image").prefetch_related(images_pretes(PLEINE, PARTAGE))

    @classmethod
    def lisibles(cls, langue: str | Valeur | None = None) -> models.QuerySet["PageActualite"]:
        """Return the live news of all schools, each once, in `langue` (the reader's) where it exists."""
        pages = dans_la_langue(cls.objects.all(), langue).select_related("locale", "image", "etablissement")
        lues = (*LUES_EN_LISTE, "date", "epinglee", "chapo", *(f"image__{champ}" for champ in LUES))
        return pages.only(*lues).prefetch_related(images_pretes(VIGNETTE))

    @classmethod
    def des_ecoles(cls, **ecoles: Any) -> models.QuerySet["PageActualite"]:
        """Return the news of the open schools that match (lookups from this page) and show theirs, latest first."""
        ouvertes = PageActualites.objects.live().filter(etablissement=models.OuterRef("etablissement"))
        return (
            cls.lisibles()
            .filter(models.Exists(ouvertes), etablissement__ouvert=True, **ecoles)
            .order_by("-date", "-pk")
        )

    @classmethod
    def de(
        cls, etablissement: Etablissement | Valeur, langue: str | Valeur | None = None
    ) -> models.QuerySet["PageActualite"]:
        """Return the news of a school: pinned ones first, then the latest."""
        trouvees = cls.lisibles(langue).filter(etablissement=etablissement)
        return trouvees.order_by("-epinglee", "-date", "-pk")

    @classmethod
    def a_la_une(cls, etablissement: Etablissement) -> list["PageActualite"]:
        """Return those that the home of a school shows. A query, two with images."""
        trouvees = _a_la_une.objets(ecole=etablissement.pk, langue=langue_du_texte())
        preparer_images(trouvees, VIGNETTE)
        return trouvees

    def cles_perimees(self) -> set[str]:
        """Add what shows the latest news: the school's home and list, its direction's page."""
        ecole = self.etablissement
        return super().cles_perimees() | {cles.actualites(ecole.gresa), cles.direction(ecole.direction_id)}

    def cles_du_cadre(self) -> set[str]:
        """No tab names a piece of news."""
        return self._cles_de_l_origine()


_a_la_une: Preparee[PageActualite] = Preparee(
    lambda: PageActualite.de(Valeur("ecole"), Valeur("langue")).prefetch_related(None)[:ACTUALITES_A_LA_UNE]
)
_toutes: ListePreparee[PageActualite] = ListePreparee(lambda: PageActualite.de(Valeur("ecole"), Valeur("langue")))
