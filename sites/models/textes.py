"""The pages of a school that are its own words, beside facts where the registry or the records have them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page

from etablissements.registre.models import Dotation
from etablissements.scolarite import api as scolarite
from portal.socle.champs import CorpsField
from portal.socle.pages import PagePortail
from portal.socle.preparees import Preparee, Valeur
from portal.socle.references import FormulairePage

from ..fiche import reperes
from ..variantes import FAITS_DE_RUBRIQUE, LIBELLES, RUBRIQUES, Section, offre
from .base import PageDEcole, PageDeSection
from .langues import est_traduit, sans_langue

# Codes of the levels that end with a local, regional or national examination.
NIVEAUX_EXAMEN = ("6AP", "3API", "1BAC", "2BAC")
SERVICES: Any = (Dotation.Genre.CANTINE, Dotation.Genre.INTERNAT, Dotation.Genre.TRANSPORT)


# Addresses below the home that are not free: the sections, and the search of `sites.urls`.
ADRESSES_PRISES = frozenset({*(section.value for section in Section), "recherche"})


class PageLibre(PageDEcole):
    """A page on what the school likes."""

    section = Section.LIBRE
    traduisible = True

    chapo = models.CharField(_("en deux phrases"), max_length=300, blank=True)
    corps = CorpsField(blank=True, verbose_name=_("texte"))

    parent_page_types = ("portail_sites.PageEtablissement",)
    subpage_types: tuple[str, ...] = ()
    template = "sites/libre.html"
    content_panels = (*PagePortail.content_panels, FieldPanel("chapo"), FieldPanel("corps"))

    class Meta:
        verbose_name = _("page libre")

    def clean(self) -> None:
        """Refuse the address of a section: tabs and routes know a section by it."""
        super().clean()
        if sans_langue(self.slug) in ADRESSES_PRISES:
            raise ValidationError(
                {"slug": _("Cette adresse est celle d'une rubrique du site : choisissez-en une autre.")}
            )


_services_connus: Preparee[Dotation] = Preparee(
    lambda: Dotation.objects.filter(etablissement=Valeur("ecole"), genre__in=SERVICES)
)


class PageServices(PageDeSection):
    """The services of a school, from the registry, and its clubs, in its own words."""

    section = Section.SERVICES
    traduisible = True
    template = "sites/services.html"

    corps = CorpsField(blank=True, verbose_name=_("texte"))

    content_panels = (
        *PagePortail.content_panels,
        FieldPanel("corps"),
        InlinePanel("clubs", label=_("club ou activité"), heading=_("Clubs et activités")),
    )

    class Meta:
        verbose_name = _("services et clubs")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the services known to the registry, and the clubs."""
        contexte = super().get_context(request, *args, **kwargs)
        contexte["reperes"] = reperes(SERVICES, _services_connus.objets(ecole=self.etablissement.pk))
        contexte["clubs"] = list(self.clubs.all())
        return contexte


class Club(Orderable):
    """A club or an activity of a school."""

    page = ParentalKey(PageServices, on_delete=models.CASCADE, related_name="clubs")
    nom = models.CharField(_("nom du club"), max_length=120)
    description = models.CharField(_("description"), max_length=400, blank=True)
    quand = models.CharField(_("jours et heures"), max_length=120, blank=True)

    panels = (FieldPanel("nom"), FieldPanel("description"), FieldPanel("quand"))

    class Meta(Orderable.Meta):
        verbose_name = _("club ou activité")

    def __str__(self) -> str:
        return self.nom


class PageAssociation(PageDeSection):
    """The association of the parents of pupils (APTE)."""

    section = Section.ASSOCIATION
    traduisible = True
    template = "sites/association.html"

    corps = CorpsField(blank=True, verbose_name=_("texte"))
    telephone = models.CharField(_("téléphone de l'association"), max_length=20, blank=True)
    courriel = models.EmailField(_("courriel de l'association"), blank=True)

    content_panels = (
        *PagePortail.content_panels,
        FieldPanel("corps"),
        FieldPanel("telephone"),
        FieldPanel("courriel"),
    )

    class Meta:
        verbose_name = _("association des parents")


class PageResultats(PageDeSection):
    """The results of a school: what the records know, what they do not know yet, and the school's comment."""

    section = Section.RESULTATS
    traduisible = True
    template = "sites/resultats.html"

    corps = CorpsField(
        blank=True,
        verbose_name=_("commentaire et documents"),
        help_text=_("Les chiffres viennent des dossiers et ne se tapent pas : ici, ce que l'école veut en dire."),
    )

    content_panels = (*PagePortail.content_panels, FieldPanel("corps"))

    class Meta:
        verbose_name = _("résultats")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the levels that end with an examination, with the headcount that the records hold."""
        contexte = super().get_context(request, *args, **kwargs)
        contexte["effectifs"] = effectifs = scolarite.effectifs(etablissement_id=self.etablissement.pk)
        niveaux = effectifs.niveaux if effectifs else ()
        contexte["niveaux_examen"] = [niveau for niveau in niveaux if niveau.code.startswith(NIVEAUX_EXAMEN)]
        return contexte


class PageAdmissions(PageDeSection):
    """How to enrol, and the documents that families need."""

    section = Section.ADMISSIONS
    traduisible = True
    template = "sites/admissions.html"

    corps = CorpsField(blank=True, verbose_name=_("texte et documents"))

    content_panels = (*PagePortail.content_panels, FieldPanel("corps"))

    class Meta:
        verbose_name = _("inscriptions et documents utiles")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the cycles that the school teaches."""
        contexte = super().get_context(request, *args, **kwargs)
        contexte["cycles"] = list(self.etablissement.cycles.all())
        return contexte


def choix_de_rubrique() -> list[tuple[str, Any]]:
    """Return the subjects; a function, so that a migration does not copy the table of variants."""
    return [(section.value, LIBELLES[section]) for section in RUBRIQUES]


class FormulaireRubrique(FormulairePage):
    """The form of a subject: which ones the school has is asked before a new page has its place in the tree."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.etablissement_id is None and self.parent_page is not None:
            self.instance.etablissement_id = self.parent_page.specific_deferred.etablissement_id


class PageRubrique(PageDeSection):
    """One subject that some cycles have: preschool, canteen, laboratories, guidance, boarding, CPGE, BTS."""

    template = "sites/rubrique.html"
    traduisible = True
    max_count_per_parent = None

    rubrique = models.CharField(_("rubrique"), max_length=12, choices=choix_de_rubrique)
    corps = CorpsField(blank=True, verbose_name=_("texte"))

    content_panels = (*PagePortail.content_panels, FieldPanel("rubrique"), FieldPanel("corps"))
    base_form_class = FormulaireRubrique

    class Meta:
        verbose_name = _("rubrique du cycle")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Offer the page while the school has one of the subjects left to open."""
        ecole = getattr(parent.specific_deferred, "etablissement", None)
        if ecole is None or not super().can_create_at(parent):
            return False
        prises = set(cls.objects.child_of(parent).values_list("rubrique", flat=True))
        return any(section not in prises and offre(ecole, section) for section in RUBRIQUES)

    @property
    def section_tenue(self) -> Section:
        """The section that this page is."""
        return Section(self.rubrique)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """A translation has the subject of its original. A page without subject has no address: not even a draft."""
        if est_traduit(self.slug):
            self.rubrique = sans_langue(self.slug)
        if self.rubrique not in RUBRIQUES:
            raise ValidationError({"rubrique": _("Choisissez une rubrique.")})
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a subject that the school does not have: a page that exists keeps its own."""
        super().clean()
        deja = type(self).objects.filter(pk=self.pk, rubrique=self.rubrique).exists() if self.pk else False
        if not deja and not offre(self._ecole(), self.section_tenue):
            raise ValidationError({"rubrique": _("Le cycle de l'établissement n'a pas cette rubrique.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the registry knows of the subject."""
        contexte = super().get_context(request, *args, **kwargs)
        genres = FAITS_DE_RUBRIQUE.get(self.section_tenue, ())
        contexte["reperes"] = reperes(genres, self.etablissement.dotations.filter(genre__in=genres)) if genres else []
        return contexte

    def _ecole(self) -> Any:
        return self.etablissement if self.etablissement_id else self.get_parent().specific_deferred.etablissement
