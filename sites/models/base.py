"""What every page of a school's site has in common: its short address, its languages, its theme."""

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import translation
from wagtail.url_routing import RouteResult

from etablissements.registre.models import Etablissement
from portal.socle.pages import PagePortail

from .reglages import reglages_de


def slug_de(etablissement: Etablissement) -> str:
    """Return the readable part of a school's address: its code, then its French name."""
    return etablissement.slug_public


def theme_de(etablissement: Etablissement) -> str:
    """Return the theme of a school: `primaire`, `college` or `lycee`, from its main cycle."""
    return {"college": "college", "prescolaire": "primaire", "primaire": "primaire"}.get(
        etablissement.cycle_principal_id, "lycee"
    )


class PageDEcole(PagePortail):
    """A page of a school's site. It answers at `/<language>/ecoles/<code>-<name>/…`, in both languages.

    A page is written in one language; until somebody translates it, the frame and the facts around it are shown in the
    reader's language and the text keeps its own `lang` and `dir`.
    """

    etablissement = models.ForeignKey(Etablissement, on_delete=models.PROTECT, related_name="+", editable=False)
    etablissement.wagtail_reference_index_ignore = True  # a fact of the registry, not a choice of an editor
    etablissement_id: int | None

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Take the school of the parent page when none is set."""
        if self.etablissement_id is None:
            self.etablissement_id = self.get_parent().specific.etablissement_id
        super().save(*args, **kwargs)

    @property
    def reste(self) -> str:
        """The part of the address below the school's home, `actualites/rentree/`, empty for the home itself."""
        _avant, _code, suite = self.url_path.partition(f"/{self.etablissement.gresa.lower()}-")
        return suite.partition("/")[2]

    @property
    def racine(self) -> str:
        """First segment of the address under `ecoles/`."""
        return slug_de(self.etablissement)

    def chemin(self) -> str:
        """Return the path of this page in the active language."""
        if self.reste:
            return reverse("sites:page", kwargs={"racine": self.racine, "reste": self.reste})
        return reverse("sites:ecole", kwargs={"racine": self.racine})

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Answer with the short address instead of the place in the tree."""
        parties = super().get_url_parts(request)
        return parties and (parties[0], parties[1], self.chemin())

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The place in the tree is not an address: a school has one, served by `sites.views`."""
        raise Http404

    def adresse_en(self, langue: str) -> str | None:
        """Every page of a school answers in every language."""
        with translation.override(langue):
            return self.chemin()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the school, its settings and the theme of its cycle."""
        contexte = super().get_context(request, *args, **kwargs)
        contexte["ecole"] = self.etablissement
        contexte["reglages"] = reglages_de(self.etablissement)
        contexte["theme"] = theme_de(self.etablissement)
        return contexte
