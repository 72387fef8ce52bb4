"""Routes of the deployment. A view without `login_not_required` is for signed-in people."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = i18n_patterns(
    path("gestion/", include(wagtailadmin_urls)),
    path("compte/", include("allauth.account.urls")),
    path("compte/", include("portal.comptes.urls")),
    path("annuaire/", include("portal.recherche.urls")),
    path("verification/", include("portal.verification.urls")),
    path("", include("espace_parents.urls")),
)
