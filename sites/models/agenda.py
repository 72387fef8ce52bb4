"""The agenda of a school: what is coming, what has been, and each event."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from etablissements.registre.models import Etablissement
from portal.diffusion import cles
from portal.socle.champs import CorpsField
from portal.socle.langues import langue_du_texte
from portal.socle.pages import PagePortail
from portal.socle.preparees import ListePreparee, Preparee, Valeur

from ..variantes import Section
from .base import LUES_EN_LISTE, PageDEcole, PageDeSection
from .langues import dans_la_langue

PASSES_PAR_PAGE = 20
EVENEMENTS_A_LA_UNE = 3
UN_JOUR = datetime.timedelta(days=1)
DERNIERE_DATE = datetime.date(2199, 12, 31)  # a later one is a slip, and no calendar goes on for ever


def _moment(jour: datetime.date, heure: datetime.time) -> datetime.datetime:
    return datetime.datetime.combine(jour, heure, timezone.get_current_timezone())


def debut_du_jour(jour: datetime.date) -> datetime.datetime:
    """Return midnight of Casablanca at the beginning of a day."""
    return _moment(jour, datetime.time())


def debut_du_jour_suivant() -> datetime.datetime:
    """Return the midnight to come: what was coming may then be past."""
    return debut_du_jour(timezone.localdate() + UN_JOUR)


class PageAgenda(PageDeSection):
    """The events of a school."""

    _fin: datetime.datetime | None = None  # set by the rendering

    section = Section.AGENDA
    subpage_types = ("portail_sites.PageEvenement",)
    template = "sites/agenda.html"

    class Meta:
        verbose_name = _("agenda")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the coming events, soonest first, and those that have been, latest first, by pages."""
        contexte = super().get_context(request, *args, **kwargs)
        valeurs = {"ecole": self.etablissement.pk, "langue": langue_du_texte(), "jour": timezone.localdate()}
        contexte["a_venir"] = _a_venir.objets(**valeurs)
        passes = Paginator(_passes.avec(**valeurs), PASSES_PAR_PAGE)
        contexte["passes"] = passes.get_page(request.GET.get("page"))
        self._fin = fin_des(contexte["a_venir"])
        return contexte

    def cles_de_diffusion(self) -> set[str]:
        """Add the events."""
        return super().cles_de_diffusion() | {cles.agenda(self.etablissement.gresa)}

    def fin_de_diffusion(self) -> datetime.datetime | None:
        """What was rendered stops being true when the first of its coming events is over."""
        return self._fin


class PageEvenement(PageDEcole):
    """Something that happens on a day, at a time, in a place."""

    section = Section.AGENDA
    traduisible = True

    jour = models.DateField(_("jour"), default=timezone.localdate)
    heure = models.TimeField(_("heure"), null=True, blank=True, help_text=_("Vide : toute la journée."))
    jour_fin = models.DateField(_("dernier jour"), null=True, blank=True, help_text=_("Vide : le même jour."))
    heure_fin = models.TimeField(_("heure de fin"), null=True, blank=True)
    lieu = models.CharField(_("lieu"), max_length=200, blank=True)
    chapo = models.CharField(_("en deux phrases"), max_length=300, blank=True)
    corps = CorpsField(blank=True, verbose_name=_("texte"))

    parent_page_types = ("portail_sites.PageAgenda",)
    subpage_types: tuple[str, ...] = ()
    template = "sites/evenement.html"
    content_panels = (
        *PagePortail.content_panels,
        MultiFieldPanel(
            (
                FieldRowPanel((FieldPanel("jour"), FieldPanel("heure"))),
                FieldRowPanel((FieldPanel("jour_fin"), FieldPanel("heure_fin"))),
                FieldPanel("lieu"),
            ),
            heading=_("Date et lieu"),
        ),
        FieldPanel("chapo"),
        FieldPanel("corps"),
    )

    class Meta:
        verbose_name = _("événement")
        indexes = (models.Index(fields=("etablissement", "jour"), name="evenement_ecole_jour"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(jour_fin=None) | Q(jour_fin__gte=F("jour")), name="evenement_jours_en_ordre"
            ),
            models.CheckConstraint(
                condition=Q(heure_fin=None) | Q(heure__isnull=False), name="evenement_heure_fin_sans_debut"
            ),
            models.CheckConstraint(
                condition=Q(heure_fin=None) | Q(jour_fin__gt=F("jour")) | Q(heure_fin__gt=F("heure")),
                name="evenement_heures_en_ordre",
            ),
        )

    @classmethod
    def de(
        cls, etablissement: Etablissement | Valeur, langue: str | Valeur | None = None
    ) -> models.QuerySet["PageEvenement"]:
        """Return the live events of a school, each once, with their last day as `termine`."""
        evenements = dans_la_langue(cls.objects.filter(etablissement=etablissement), langue)
        propres = ("jour", "heure", "jour_fin", "heure_fin", "lieu", "chapo", "last_published_at")
        lues = (*LUES_EN_LISTE, *propres, "latest_revision_created_at")
        evenements = evenements.select_related("locale", "etablissement").only(*lues)
        return evenements.annotate(termine=Coalesce("jour_fin", "jour"))

    @classmethod
    def a_la_une(cls, etablissement: Etablissement) -> list["PageEvenement"]:
        """Return the next of them, which the home of a school shows. One query."""
        return _a_la_une.objets(ecole=etablissement.pk, langue=langue_du_texte(), jour=timezone.localdate())

    @property
    def debut(self) -> datetime.date | datetime.datetime:
        """When it begins: a moment of Casablanca, or a day when it lasts all day."""
        return _moment(self.jour, self.heure) if self.heure else self.jour

    @property
    def fin(self) -> datetime.date | datetime.datetime | None:
        """When it ends: a moment when it has hours, its last day otherwise; None when nobody said."""
        if self.heure is None:
            return self.jour_fin
        if self.heure_fin:
            return _moment(self.dernier_jour, self.heure_fin)
        return debut_du_jour(self.dernier_jour + UN_JOUR) if self.dernier_jour > self.jour else None

    @property
    def dernier_jour(self) -> datetime.date:
        """The day on which it ends."""
        return self.jour_fin or self.jour

    def clean(self) -> None:
        """Refuse an event that ends before it begins."""
        super().clean()
        for nom in ("jour", "jour_fin"):
            if (jour := getattr(self, nom)) and jour > DERNIERE_DATE:
                raise ValidationError({nom: _("Cette date est trop lointaine : vérifiez l'année.")})
        if self.jour_fin and self.jour_fin < self.jour:
            raise ValidationError({"jour_fin": _("Le dernier jour vient avant le premier.")})
        if self.heure_fin and not self.heure:
            raise ValidationError({"heure": _("Donnez aussi l'heure du début.")})
        if self.heure_fin and self.heure and self.dernier_jour == self.jour and self.heure_fin <= self.heure:
            raise ValidationError({"heure_fin": _("L'heure de fin vient avant celle du début.")})

    def cles_perimees(self) -> set[str]:
        """Add what shows the next events: the school's home and agenda."""
        return super().cles_perimees() | {cles.agenda(self.etablissement.gresa)}

    def cles_du_cadre(self) -> set[str]:
        """No tab names an event."""
        return self._cles_de_l_origine()


def _a_partir_du_jour() -> models.QuerySet[PageEvenement]:
    """Return what is not over on `jour`, soonest first."""
    evenements = PageEvenement.de(Valeur("ecole"), Valeur("langue"))
    return evenements.filter(termine__gte=_JOUR).order_by("jour", "heure", "pk")


def _avant_le_jour() -> models.QuerySet[PageEvenement]:
    """Return what was over before `jour`, latest first."""
    return PageEvenement.de(Valeur("ecole"), Valeur("langue")).filter(termine__lt=_JOUR).order_by("-jour", "-pk")


_JOUR = Valeur("jour", models.DateField())
_a_venir: Preparee[PageEvenement] = Preparee(_a_partir_du_jour)
_a_la_une: Preparee[PageEvenement] = Preparee(lambda: _a_partir_du_jour()[:EVENEMENTS_A_LA_UNE])
_passes: ListePreparee[PageEvenement] = ListePreparee(_avant_le_jour)


def fin_des(evenements: Sequence[PageEvenement]) -> datetime.datetime | None:
    """Return the midnight (Casablanca) after which one of these coming events is over, None when there is none."""
    if not evenements:
        return None
    return debut_du_jour(min(evenement.dernier_jour for evenement in evenements) + UN_JOUR)
