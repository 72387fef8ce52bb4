"""Wagtail's page views without the lists of users: each would carry 12,000 names to every editor."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField, QuerySet, Value
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from wagtail.admin.filters import ContentTypeFilter
from wagtail.admin.ui.tables.pages import (
    BulkActionsColumn,
    NavigateToChildrenColumn,
    PageTitleColumn,
    ParentPageColumn,
)
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.history import PageHistoryFilterSet, PageHistoryView
from wagtail.admin.views.pages.listing import ExplorableIndexView, GenericPageFilterSet, PageListingMixin
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.reports.audit_logging import LogEntriesView, SiteHistoryReportFilterSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import registry as log_action_registry
from wagtail.models import Page

from .portes import mene_a_une_porte_fermee


class FiltrePages(GenericPageFilterSet):
    """The filters of the explorer, without owner and last editor, whose choices are everybody."""

    owner = None
    edited_by = None
    site = None


class FiltreHistorique(PageHistoryFilterSet):
    """The filters of a page's history, without the list of users."""

    def get_users_queryset(self) -> QuerySet[Any]:
        """Return nobody: Wagtail then drops the filter."""
        return get_user_model()._default_manager.none()


class FiltreJournal(SiteHistoryReportFilterSet):
    """The filters of the journal of the whole tree, without the list of users.

    Wagtail offers the kinds and the acts that the journal holds, and looks for them in all of it.
    """

    object_type = ContentTypeFilter(
        label=SiteHistoryReportFilterSet.base_filters["object_type"].label,
        method="filter_object_type",
        queryset=lambda _demande: ContentType.objects.order_by("model"),
    )

    def get_action_choices(self) -> list[tuple[str, Any]]:
        """Return every kind of act."""
        actes: list[tuple[str, Any]] = log_action_registry.get_choices()
        return actes

    def get_users_queryset(self) -> QuerySet[Any]:
        """Return nobody: Wagtail then drops the filter."""
        return get_user_model()._default_manager.none()

    def get_user_choices(self) -> QuerySet[Any]:
        """Return nobody."""
        return self.get_users_queryset()


class _SansPorteFermee:
    """What the screens of a page have in common: the buttons of their header lead to no door that is shut to all."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Leave out those of wagtail-localize: a school's page is translated by our own screen."""
        boutons: list[Button] = super().header_more_buttons  # type: ignore[misc]
        return [bouton for bouton in boutons if not mene_a_une_porte_fermee(bouton.url)]


class _Liste:
    """What the lists of pages have in common: no bulk action, which name the pages that they refuse."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Mark the page from which whoever asks explores: what is above it is not theirs to open."""
        contexte: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        racine = self.permission_policy.explorable_root_instance(self.request.user)  # type: ignore[attr-defined]
        for page in contexte["object_list"]:
            page.en_haut = racine is not None and page.pk == racine.pk
        return contexte


class ColonneTitre(PageTitleColumn):
    """The title of a page, without Wagtail's menu of actions: it costs six queries and six kilobytes a row.

    The page that the title opens has the same actions in its header.
    """

    cell_template_name = "sites/droits/titre_de_page.html"

    def get_cell_context_data(self, instance: Page, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Add the page above, which a search shows, where this person may go there."""
        contexte = super().get_cell_context_data(instance, parent_context)
        return {**contexte, "parent_page": None if instance.en_haut else contexte.get("parent_page")}


class ColonnePageDuDessus(ParentPageColumn):
    """The page above: a link where this person may go there, its name elsewhere."""

    cell_template_name = "sites/droits/page_du_dessus.html"


class ColonneVersLesPages(NavigateToChildrenColumn):
    """The link to the pages below, shown wherever some may be: which ones is asked there, not for each row."""

    cell_template_name = "sites/droits/vers_les_pages.html"

    def get_cell_context_data(self, instance: Page, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Say whether there is something to open."""
        ouvrable = instance.is_navigable or bool(instance.specific_class.allowed_subpage_models())
        return {**super().get_cell_context_data(instance, parent_context), "ouvrable": ouvrable}


def _colonnes() -> list[Any]:
    """Return the columns of Wagtail's lists, ours in their places."""
    colonnes: list[Any] = []
    for colonne in PageListingMixin.base_columns:
        if isinstance(colonne, PageTitleColumn):
            colonne = ColonneTitre("title", label=colonne.label, sort_key="title", classname="title")
        elif isinstance(colonne, ParentPageColumn):
            colonne = ColonnePageDuDessus("parent", label=colonne.label)
        if not isinstance(colonne, BulkActionsColumn):
            colonnes.append(colonne)
    return colonnes


class Explorateur(_SansPorteFermee, _Liste, ExplorableIndexView):
    """The explorer."""

    base_filterset_class = FiltrePages
    base_columns = _colonnes()

    @cached_property
    def explorable_columns(self) -> list[Any]:
        """Lead to the pages below by our own link."""
        colonnes = [c for c in super().explorable_columns if not isinstance(c, NavigateToChildrenColumn)]
        return [*colonnes, ColonneVersLesPages("navigate", width="10%")]


class Recherche(_Liste, SearchView):
    """The search of pages."""

    verbose_name, verbose_name_plural = Page._meta.verbose_name, Page._meta.verbose_name_plural
    columns = [*_colonnes(), ColonneVersLesPages("navigate", width="10%")]


class Edition(_SansPorteFermee, EditView):
    """The editor of a page."""


class HistoriquePage(PageHistoryView):
    """The history of a page."""

    filterset_class = FiltreHistorique


class Journal(LogEntriesView):
    """The journal of the whole tree, for superusers: it names everybody."""

    filterset_class = FiltreJournal

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Not found for anybody else."""
        if not request.user.is_superuser:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_filtered_queryset(self) -> QuerySet[Any]:
        """Return the lines of every journal, latest first.

        As Wagtail does, without looking for the pages of each line that a superuser sees: all of them.
        """
        self.log_models = list(log_action_registry.get_log_entry_models())
        lignes = [
            self.filter_queryset(
                modele.objects.values("pk", "timestamp").annotate(
                    log_model_index=Value(rang, output_field=IntegerField())
                )
            ).order_by()
            for rang, modele in enumerate(self.log_models)
        ]
        tout: QuerySet[Any] = lignes[0].union(*lignes[1:], all=True).order_by("-timestamp")
        return tout


class Compte(AccountView):
    """Name, language and look. No profile picture: Wagtail publishes it as it was taken, the place included.

    Nor the e-mail address, which the account pages ask for and prove.
    """

    def get_panels(self) -> list[Any]:
        """Leave out the picture."""
        panneaux: list[Any] = super().get_panels()
        return [panneau for panneau in panneaux if not isinstance(panneau, AvatarSettingsPanel)]


class PagesDuPortail(PageViewSet):
    """The views of every page of the admin."""

    index_view_class = Explorateur
    edit_view_class = Edition
    history_view_class = HistoriquePage
    search_view_class = Recherche
    filterset_class = FiltrePages


pages_du_portail = PagesDuPortail()
