"""The two steps of an activation."""

from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from etablissements.scolarite.api import NouveauCompte, choix_lien
from portal.comptes.models import Utilisateur

from .champs import ChampCodeBordereau, ChampCodeMassar, ChampDate, ChampNom


class FormulaireCodes(forms.Form):
    """First step: the two codes of the slip. Nothing is looked up."""

    code_massar = ChampCodeMassar()
    code_bordereau = ChampCodeBordereau()


class FormulaireEnfant(forms.Form):
    """Second step of a guardian who has an account."""

    date_naissance = ChampDate(label=_("Date de naissance de l'élève"))
    lien = forms.ChoiceField(label=_("Vous êtes, pour l'élève"), choices=choix_lien, widget=forms.RadioSelect)


class FormulaireCompte(FormulaireEnfant):
    """Second step of a guardian who opens an account."""

    prenom = ChampNom(label=_("Votre prénom"), autocomplete="given-name")
    nom = ChampNom(label=_("Votre nom"), autocomplete="family-name")
    mot_de_passe = forms.CharField(
        label=_("Choisissez un mot de passe"),
        strip=False,
        max_length=128,
        help_text=_("Dix caractères au moins, pas seulement des chiffres. Par exemple trois ou quatre mots."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )

    def clean(self) -> dict[str, object]:
        """Check the password by the rules of the portal. No slip is read: the answer cannot depend on one."""
        donnees = super().clean() or self.cleaned_data
        mot_de_passe = donnees.get("mot_de_passe")
        if mot_de_passe:
            personne = Utilisateur(first_name=donnees.get("prenom", ""), last_name=donnees.get("nom", ""))
            try:
                get_adapter().clean_password(mot_de_passe, user=personne)
            except ValidationError as erreur:
                self.add_error("mot_de_passe", erreur)
        return donnees

    @property
    def compte(self) -> NouveauCompte:
        """The account to open, once the form is valid."""
        donnees = self.cleaned_data
        return NouveauCompte(nom=donnees["nom"], prenom=donnees["prenom"], mot_de_passe=donnees["mot_de_passe"])
