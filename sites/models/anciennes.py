"""Where the pages of a school used to be."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from etablissements.registre.models import Etablissement

LONGUEUR_MAX = 500


class AdresseAncienne(models.Model):
    """A page was once at `reste`, below the home of its school. It leads to the page, wherever that is now.

    Sections keep their address, so only pages without children move: one row each. `wagtail.contrib.redirects` would
    store the place in the tree, which is not our address, and answer after Wagtail's own routing, which we do not use.
    """

    etablissement = models.ForeignKey(Etablissement, on_delete=models.CASCADE, related_name="+")
    reste = models.CharField(_("ancienne adresse"), max_length=LONGUEUR_MAX)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    page.wagtail_reference_index_ignore = True  # kept for readers, not a use of the page by an editor

    class Meta:
        verbose_name = _("ancienne adresse")
        verbose_name_plural = _("anciennes adresses")
        constraints = (models.UniqueConstraint(fields=("etablissement", "reste"), name="ancienne_adresse_unique"),)

    def __str__(self) -> str:
        return self.reste
