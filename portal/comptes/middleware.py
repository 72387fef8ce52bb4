"""Signed-in by default, without a cookie in the way of public pages."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse


class ConnexionRequise(LoginRequiredMiddleware):
    """Django's, which asks who is there before it looks whether the view cares.

    Asking reads the session, and the answer then carries `Vary: Cookie`: no cache could share a public page.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        """Leave public views alone."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
