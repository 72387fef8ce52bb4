"""The form of a school's settings."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import URLInput
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.permissions import policy_registry

from portal.comptes.models import Utilisateur

from ..hotes.noms import LONGUEUR_MAX, lire_hote
from ..models import ReglagesEcole
from ..models.reglages import RESEAUX


class FormulaireReglages(WagtailAdminModelForm):
    """The settings of one school, filled by whoever runs it."""

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
        widgets = {nom: URLInput() for nom in RESEAUX}

    def __init__(self, *args: Any, for_user: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, for_user=for_user, **kwargs)
        self.personne = for_user
        for nom in ("telephone_administration", "telephone_vie_scolaire", "courriel_contact", *RESEAUX):
            self.fields[nom].widget.attrs["dir"] = "ltr"

    def clean_logo(self) -> AbstractImage | None:
        """Refuse an image that this person may not choose: the identifier in the form is a number anybody can type."""
        image = self.cleaned_data["logo"]
        if image is None or image == self.instance.logo:
            return image
        politique = policy_registry.get_by_type(get_image_model())
        if not politique.user_has_permission_for_instance(self.personne, "choose", image):
            raise ValidationError(_("Choisissez une image de votre établissement."))
        return image


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
