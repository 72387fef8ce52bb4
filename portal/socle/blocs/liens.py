"""Where a block leads: a page of the portal, or an address."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, StructValue
from wagtail.blocks.struct_block import StructBlockValidationError

from ..redaction import lien_sur, valider_lien
from .chargement import PageDuCorps, adresse_de


class ValeurLien(StructValue):
    """A link."""

    @property
    def adresse(self) -> str:
        """Where it leads, empty when its page is gone or not published."""
        if self.get("page") is not None:
            return adresse_de(self["page"].pk)
        return lien_sur(self.get("url") or "") or ""


class Lien(StructBlock):
    """A page of the portal or an address, one of the two."""

    page = PageDuCorps(label=_("page du portail"), required=False)
    url = CharBlock(
        label=_("ou une adresse"),
        required=False,
        max_length=500,
        validators=[valider_lien],
        help_text=_("https://…, mailto:… ou tel:…"),
    )

    def clean(self, value: Any) -> Any:
        """Refuse neither and both."""
        propre = super().clean(value)
        if bool(propre["page"]) == bool(propre["url"]):
            faute = ValidationError(_("Choisissez une page du portail ou écrivez une adresse, l'une des deux."))
            raise StructBlockValidationError(block_errors={"url": faute})
        return propre

    class Meta:
        label = _("lien")
        icon = "link"
        value_class = ValeurLien
