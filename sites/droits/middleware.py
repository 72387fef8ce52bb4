"""In front of every route of the admin: a door that is not open to whoever asks is not found."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .portes import est_fermee, est_ouverte


class PortesDuBureau:
    """Closes to the staff the routes of the admin that `portes` does not list, and those that name somebody else's.

    The superusers pass. Without this guard Wagtail would still refuse most of it; some of its views show the title of
    what they refuse.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through: the decision is taken once the route is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer 404 at a closed door. A stranger is left to Wagtail, which sends them to sign in.

        Wagtail would also send there who is signed in and has no post, or no longer: the sign-in page would send them
        back, for ever.
        """
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        personne = request.user
        if not personne.is_authenticated:
            return None
        route = request.resolver_match
        if route is not None and est_fermee(route):
            raise Http404
        if personne.is_superuser:
            return None
        if not personne.has_perm("wagtailadmin.access_admin"):
            if request.path in (reverse("wagtailadmin_login"), reverse("wagtailadmin_logout")):
                return None
            raise Http404
        if route is None or not est_ouverte(route, personne):
            raise Http404
        if route.view_name == "wagtailadmin_choose_page":
            return self._chez_soi(request)
        return None

    def _chez_soi(self, request: HttpRequest) -> HttpResponse:
        """Open the chooser of pages at home: Wagtail would look for the ancestor of all pages of the type wanted."""
        racine = policy_registry.get_by_type(Page).explorable_root_instance(request.user)
        if racine is None:
            raise Http404
        adresse = reverse("wagtailadmin_choose_page_child", args=[racine.pk])
        return redirect(f"{adresse}?{request.GET.urlencode()}")
