"""Routes of the admin that stand before Wagtail's own of the same address."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from .vues import Compte, Journal

urlpatterns = [
    path("account/", require_admin_access(Compte.as_view()), name="wagtailadmin_account"),
    path("reports/site-history/", require_admin_access(Journal.as_view()), name="journal"),
    path(
        "reports/site-history/results/",
        require_admin_access(Journal.as_view(results_only=True)),
        name="journal_results",
    ),
]
