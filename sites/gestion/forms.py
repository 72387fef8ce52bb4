"""The form of a school's settings."""

from typing import Any

from django import forms
from django.forms import URLInput
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.images.widgets import AdminImageChooser

from portal.comptes.models import Utilisateur
from portal.socle.references import ReferencesPermises

from ..hotes.noms import LONGUEUR_MAX, lire_hote
from ..models import ReglagesEcole
from ..models.reglages import RESEAUX


class FormulaireReglages(ReferencesPermises, WagtailAdminModelForm):
    """The settings of one school, filled by whoever runs it; the logo is one of the images they may choose."""

    class Meta:
        model = ReglagesEcole
        fields = (
            "logo",
            "telephone_administration",
            "telephone_vie_scolaire",
            "courriel_contact",
            *RESEAUX,
            "moderation_exigee",
            "formulaire_ouvert",
        )
        widgets = {"logo": AdminImageChooser(), **{nom: URLInput() for nom in RESEAUX}}

    def __init__(self, *args: Any, for_user: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, for_user=for_user, **kwargs)
        for nom in ("telephone_administration", "telephone_vie_scolaire", "courriel_contact", *RESEAUX):
            self.fields[nom].widget.attrs["dir"] = "ltr"


class FormulaireHote(forms.Form):
    """The host name that a school asks for."""

    hote = forms.CharField(
        label=_("Nom de domaine"),
        max_length=LONGUEUR_MAX,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Par exemple ecole-argane.ma, sans http ni barre oblique."),
    )

    def clean_hote(self) -> str:
        """Refuse what is not a public name, or belongs to the portal."""
        return lire_hote(self.cleaned_data["hote"])
