"""Routes of the deployment. A view without `login_not_required` is for signed-in people."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve as serve_media
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents.views.serve import serve as serve_document
from wagtail.urls import serve_pattern
from wagtail.views import serve

from portal.ministere.views import robots
from sites import flux
from themes.styleguide import styleguide

handler500 = "portal.socle.pannes.erreur"

urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("", include("sites.plan.urls")),
    path(
        "fichiers/<int:document_id>/<str:document_filename>",
        login_not_required(serve_document),
        name="wagtaildocs_serve",
    ),
]

if settings.SERVIR_MEDIAS:
    medias = login_not_required(serve_media)
    urlpatterns += [path("medias/<path:path>", medias, {"document_root": settings.MEDIA_ROOT}, name="medias")]

# One door: the back office signs in, out and changes passwords where everybody does, under the same limits.
connexion = login_not_required(RedirectView.as_view(pattern_name="account_login", query_string=True))

urlpatterns += i18n_patterns(
    path("gestion/login/", connexion),
    path("gestion/", include("sites.droits.urls")),
    path("gestion/", include(wagtailadmin_urls)),
    path("compte/", include("allauth.account.urls")),
    path("compte/", include("portal.comptes.urls")),
    path("annuaire/", include("portal.recherche.urls")),
    path("verification/", include("portal.verification.urls")),
    path("styleguide/", styleguide, name="styleguide"),
    path("ecoles/", include("sites.urls")),
    path("etablissements/<slug:academie>/<slug:direction>/actualites.rss", flux.actualites_de_direction, name="flux"),
    path("", include("espace_parents.urls")),
    # Last: every other address is a page. Pages are public, so Wagtail's password routes are not here.
    re_path(serve_pattern, login_not_required(serve), name="wagtail_serve"),
)
