"""The nodes of the tree that lead to the schools: all of them, an academy, a direction."""

from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from etablissements.registre.models import Academie, Direction, Etablissement
from portal.diffusion import cles
from portal.socle.pages import PagePortail
from portal.socle.structure import PageDeStructure

from .actualites import PageActualite

A_LA_UNE = 6


class PageEtablissements(PageDeStructure, PagePortail):
    """The root of the schools: one child per academy."""

    is_creatable = False
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

    def cles_de_diffusion(self) -> set[str]:
        """Add the counts of schools."""
        return super().cles_de_diffusion() | {cles.pays()}


class PageAcademie(PageDeStructure, PagePortail):
    """An academy: its directions."""

    academie = models.ForeignKey(Academie, on_delete=models.PROTECT, related_name="+")

    is_creatable = False
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
        ecoles = {"etablissement__direction__academie": self.academie}
        contexte["actualites"] = list(PageActualite.des_ecoles(**ecoles)[:A_LA_UNE])
        return contexte

    def cles_de_diffusion(self) -> set[str]:
        """Add the counts of schools, and the news of each direction."""
        directions = {cles.direction(direction) for direction in self.academie.directions.values_list("pk", flat=True)}
        return super().cles_de_diffusion() | {cles.pays()} | directions


class PageDirection(PageDeStructure, PagePortail):
    """A direction: its schools."""

    direction = models.ForeignKey(Direction, on_delete=models.PROTECT, related_name="+")

    is_creatable = False
    parent_page_types = ("portail_sites.PageAcademie",)
    subpage_types = ("portail_sites.PageEtablissement",)
    template = "sites/direction.html"

    class Meta:
        verbose_name = _("direction provinciale")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the schools, by name of commune."""
        contexte = super().get_context(request, *args, **kwargs)
        contexte["etablissements"] = ecoles = list(
            Etablissement.objects.autonomes()
            .filter(direction=self.direction)
            .select_related("commune", "cycle_principal")
            .order_by("commune__nom_fr", "cycle_principal__ordre", "nom_fr")
        )
        contexte["communes"] = [(commune, list(groupe)) for commune, groupe in groupby(ecoles, attrgetter("commune"))]
        contexte["actualites"] = list(PageActualite.des_ecoles(etablissement__direction=self.direction)[:A_LA_UNE])
        return contexte

    def cles_de_diffusion(self) -> set[str]:
        """Add the schools of the direction and their news."""
        return super().cles_de_diffusion() | {cles.direction(self.direction_id)}
