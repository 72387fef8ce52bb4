"""A school's home: the living monograph."""

import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PagePermissionTester

from portal.diffusion import cles
from portal.socle.champs import CorpsField
from portal.socle.pages import PagePortail
from portal.socle.structure import DroitsDeTraduction, PageDeStructure

from ..fiche import fiche_de, voisines
from ..variantes import Section
from .actualites import PageActualite
from .agenda import PageEvenement, fin_des
from .base import PageDEcole
from .langues import est_traduit, slug_traduit


class PageEtablissement(PageDeStructure, PageDEcole):
    """A school's home: a living monograph. The registry and the records give the facts, the school its words.

    Its translation is a page of this kind that stands under it and holds nothing: its words in a language (ADR 28).
    """

    is_creatable = False
    traduisible = True
    # Read by `sites.entree`: the live home in every language, and when each was translated.
    versions: list["PageEtablissement"]
    traduit_le: datetime.datetime | None
    _fin: datetime.datetime | None = None  # set by the rendering

    langue = models.CharField(max_length=10, editable=False)
    presentation = CorpsField(blank=True, verbose_name=_("présentation"))

    parent_page_types = ("portail_sites.PageDirection",)
    subpage_types = (
        "portail_sites.PageActualites",
        "portail_sites.PageAgenda",
        "portail_sites.PageGalerie",
        "portail_sites.PageServices",
        "portail_sites.PageAssociation",
        "portail_sites.PageResultats",
        "portail_sites.PageAdmissions",
        "portail_sites.PageRubrique",
        "portail_sites.PageContact",
        "portail_sites.PageLibre",
    )
    template = "sites/etablissement.html"
    content_panels = (*PagePortail.content_panels, FieldPanel("presentation"))

    class Meta:
        verbose_name = _("accueil d'établissement")
        constraints = (models.UniqueConstraint(fields=("etablissement", "langue"), name="accueil_unique_par_langue"),)

    def can_move_to(self, parent: Page) -> bool:
        """The registry alone moves a school, when it changes direction."""
        return False

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """A translation is the school's own: it may be withdrawn and deleted as any of its texts."""
        return DroitsDeTraduction(user, self) if est_traduit(self.slug) else super().permissions_for_user(user)

    @classmethod
    def nom_traduit(cls, slug: str, langue: str) -> str:
        """Name a translation by its language: it stands below the home, which has no name there."""
        return slug_traduit("", langue)

    def titre_en(self, langue: str) -> str:
        """Return the name of the school."""
        with translation.override(langue):
            return self.etablissement.nom_public

    def lieu_des_traductions(self) -> Page:
        """They stand in the school, with its rights, and follow it where the registry moves it."""
        return self

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Copy the language beside the school, so that the database can keep one home per language."""
        self.langue = self.locale.language_code
        super().save(*args, **kwargs)

    def _renommer_la_traduction(self) -> None:
        for traduction in self.get_translations().filter(pk__gt=self.pk).select_related("locale"):
            nom = self.titre_en(traduction.langue_contenu)
            if traduction.title != nom:
                traduction.title = traduction.draft_title = nom
                traduction.save()

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Say that the school is closed, when it is (ADR 31)."""
        modele: str = super().get_template(request, *args, **kwargs)
        return modele if self.etablissement.ouvert else "sites/ferme.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the facts and the latest news; of a closed school, those that are open around it."""
        contexte = super().get_context(request, *args, **kwargs)
        if not self.etablissement.ouvert:
            return {**contexte, "voisines": voisines(etablissement=self.etablissement)}
        contexte["fiche"] = fiche_de(etablissement=self.etablissement)
        contexte["monographie"] = [f"sites/monographie/{partie}.html" for partie in contexte["variante"].monographie]
        ouvertes = contexte["flux"]  # the news of a section that was withdrawn lead nowhere
        contexte["actualites"] = PageActualite.a_la_une(self.etablissement) if Section.ACTUALITES in ouvertes else []
        contexte["evenements"] = PageEvenement.a_la_une(self.etablissement) if Section.AGENDA in ouvertes else []
        self._fin = fin_des(contexte["evenements"])
        return contexte

    def fin_de_diffusion(self) -> datetime.datetime | None:
        """What was rendered stops being true when the first of its events is over."""
        return self._fin

    def cles_de_diffusion(self) -> set[str]:
        """Add the facts, the latest news and the next events; of a closed school, the schools of its direction."""
        gresa = self.etablissement.gresa
        propres = {cles.faits(gresa), cles.actualites(gresa), cles.agenda(gresa)}
        autour = set() if self.etablissement.ouvert else {cles.ecoles(self.etablissement.direction_id)}
        return super().cles_de_diffusion() | propres | autour

    def cles_du_cadre(self) -> set[str]:
        """Add the page of the direction, which lists the school; nothing names a translation but its original."""
        if est_traduit(self.slug):
            return self._cles_de_l_origine()
        return super().cles_du_cadre() | {cles.direction(self.etablissement.direction_id)}
