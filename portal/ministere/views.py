"""What robots read."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

RESERVES = ("gestion/", "compte/", "espace-parents/", "activation/", "verification/")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer `/robots.txt`: the spaces behind a sign-in and the papers are not to be crawled."""
    interdits = [f"Disallow: /{code}/{chemin}" for code, _nom in settings.LANGUAGES for chemin in RESERVES]
    return HttpResponse("\n".join(["User-agent: *", *interdits, ""]), content_type="text/plain; charset=utf-8")
