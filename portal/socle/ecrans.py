"""What the screens of the back office have in common, whatever they show."""

from typing import Any, ClassVar

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.views.generic import TemplateView
from django.views.generic.edit import FormView
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic import WagtailAdminTemplateMixin


class Ecran(WagtailAdminTemplateMixin):
    """A screen under the home of the admin, or under the list that it belongs to.

    Attributes:
        liste: name of the route of that list, and what it is called.
    """

    liste: ClassVar[tuple[str, Promise] | None] = None

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way from the home of the admin to here."""
        dessus = [{"url": reverse(self.liste[0]), "label": self.liste[1]}] if self.liste else []
        ici = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, *dessus, ici]


class EcranDeListe(Ecran, TemplateView):
    """A screen with one list, page after page."""

    par_page = 25

    def paginer(self, lignes: Any) -> dict[str, Any]:
        """Return what the template reads of the list: one page of `lignes`, and where the others are."""
        page = WagtailPaginator(lignes, self.par_page).get_page(self.request.GET.get("p"))
        return {"page": page, "index_url": self.request.path}


class EcranDeSaisie(Ecran, FormView):
    """A screen with one form."""

    def form_invalid(self, form: Form, **contexte: Any) -> HttpResponse:
        """Show what to correct, and say to the browser that nothing was written; the template is given `contexte`."""
        return self.render_to_response(self.get_context_data(form=form, **contexte), status=422)
