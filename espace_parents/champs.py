"""Form fields that read codes and dates as families write them."""

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from etablissements.scolarite.api import lire_code_bordereau, lire_code_massar
from portal.socle.texte import chiffres_latins, nettoyer

_DATE = re.compile(r"(\d{1,2})\D+(\d{1,2})\D+(\d{4})|(\d{4})-(\d{2})-(\d{2})")
_DE_GAUCHE_A_DROITE = {"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class ChampCodeMassar(forms.CharField):
    """A code Massar. Only its form is looked at."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Code Massar de l'élève"),
            max_length=40,
            help_text=_("Une lettre et neuf chiffres, imprimés sur le bordereau."),
            widget=forms.TextInput(attrs=_DE_GAUCHE_A_DROITE),
        )

    def clean(self, value: str | None) -> str:
        """Return the code in its one official form."""
        code = lire_code_massar(super().clean(value))
        if code is None:
            raise ValidationError(_("Un code Massar est une lettre suivie de neuf chiffres : relisez le bordereau."))
        return code


class ChampCodeBordereau(forms.CharField):
    """A slip code. Only its form is looked at."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Code du bordereau"),
            max_length=40,
            help_text=_("Dix lettres et chiffres. Espaces, tirets et minuscules sont admis."),
            widget=forms.TextInput(attrs=_DE_GAUCHE_A_DROITE),
        )

    def clean(self, value: str | None) -> str:
        """Return the ten characters."""
        code = lire_code_bordereau(super().clean(value))
        if code is None:
            raise ValidationError(_("Un code de bordereau a dix lettres et chiffres : relisez le bordereau."))
        return code


class ChampDate(forms.CharField):
    """A date written day, month, year with any separator, in any digits. Cleans to a `date`."""

    def __init__(self, *, label: str) -> None:
        super().__init__(
            label=label,
            max_length=40,
            help_text=_("Jour, mois, année : 25/03/2014"),
            widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "inputmode": "text"}),
        )

    def clean(self, value: str | None) -> datetime.date:  # type: ignore[override]
        """Return the date."""
        trouve = _DATE.fullmatch(chiffres_latins(super().clean(value)).strip())
        try:
            if trouve is None:
                raise ValueError
            jour, mois, annee, annee_iso, mois_iso, jour_iso = trouve.groups()
            if annee_iso:
                return datetime.date(int(annee_iso), int(mois_iso), int(jour_iso))
            return datetime.date(int(annee), int(mois), int(jour))
        except ValueError:
            raise ValidationError(_("Écrivez la date ainsi : jour, mois, année (25/03/2014).")) from None


class ChampNom(forms.CharField):
    """A person's name in either script: it has letters, and nothing invisible."""

    def __init__(self, *, label: str, autocomplete: str) -> None:
        super().__init__(
            label=label, max_length=100, widget=forms.TextInput(attrs={"autocomplete": autocomplete, "dir": "auto"})
        )

    def clean(self, value: str | None) -> str:
        """Return the name, blanks folded."""
        nom = nettoyer(super().clean(value))
        if not any(c.isalpha() for c in nom) or any(c.isdigit() or c in "<>@/\\" for c in nom):
            raise ValidationError(_("Écrivez un nom, en lettres."))
        return nom
