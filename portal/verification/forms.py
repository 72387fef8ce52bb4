"""The two ways to check a paper: its identifier, or its file."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from etablissements.scolarite.api import lire_identifiant
from portal.socle.televersements.saisie import SaisieDeFichier


class FormulaireIdentifiant(forms.Form):
    """The identifier as printed, as typed, or a whole scanned address. Cleans to the 26 characters."""

    identifiant = forms.CharField(
        label=_("Identifiant du document"),
        max_length=300,
        help_text=_("Les 26 chiffres et lettres imprimés à côté du code QR. Espaces, tirets et minuscules sont admis."),
        widget=forms.TextInput(
            attrs={
                "dir": "ltr",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "inputmode": "text",
            }
        ),
    )

    def clean_identifiant(self) -> str:
        """Read what was typed."""
        identifiant = lire_identifiant(self.cleaned_data["identifiant"])
        if identifiant is None:
            raise ValidationError(_("Un identifiant a 26 chiffres et lettres : relisez-le sur le document."))
        return identifiant


class FormulaireFichier(forms.Form):
    """The PDF itself."""

    fichier = forms.FileField(
        label=_("Fichier PDF du document"),
        help_text=_("2 Mo au plus. Le fichier est comparé au registre, puis oublié : il n'est pas conservé."),
        error_messages={"required": _("Choisissez le fichier PDF à vérifier."), "empty": _("Ce fichier est vide.")},
        widget=SaisieDeFichier({"accept": "application/pdf,.pdf"}),
    )
