"""Wagtail's page views without the lists of users: each would carry 12,000 names to every editor."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.ui.tables.pages import BulkActionsColumn
from wagtail.admin.views.pages.history import PageHistoryFilterSet, PageHistoryView
from wagtail.admin.views.pages.listing import ExplorableIndexView, GenericPageFilterSet
from wagtail.admin.views.reports.audit_logging import LogEntriesView, SiteHistoryReportFilterSet
from wagtail.admin.viewsets.pages import PageViewSet


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
    """The filters of the journal of the whole tree, without the list of users."""

    def get_users_queryset(self) -> QuerySet[Any]:
        """Return nobody: Wagtail then drops the filter."""
        return get_user_model()._default_manager.none()


class Explorateur(ExplorableIndexView):
    """The explorer. No bulk action: they name the pages that they refuse."""

    base_filterset_class = FiltrePages
    base_columns = [
        colonne for colonne in ExplorableIndexView.base_columns if not isinstance(colonne, BulkActionsColumn)
    ]


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


class PagesDuPortail(PageViewSet):
    """The views of every page of the admin."""

    index_view_class = Explorateur
    history_view_class = HistoriquePage
    filterset_class = FiltrePages


pages_du_portail = PagesDuPortail()
