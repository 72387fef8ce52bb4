"""Forms about guardianships."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from etablissements.scolarite.api import MOTIF_MAX, choix_statut
from portal.socle.formulaires import ChampTexte


class FormulaireFiltre(forms.Form):
    """Which guardianships to list. What it holds may stand in an address: no name."""

    classe = forms.ChoiceField(label=_("Classe"), required=False)
    statut = forms.ChoiceField(label=_("Statut"), required=False)

    def __init__(self, donnees: object, *, classes: Sequence[str]) -> None:
        super().__init__(donnees)  # type: ignore[arg-type]
        self.fields["classe"].choices = [("", _("Toutes")), *((libelle, libelle) for libelle in classes)]  # type: ignore[attr-defined]
        self.fields["statut"].choices = [("", _("Tous")), *choix_statut()]  # type: ignore[attr-defined]


class FormulaireRecherche(forms.Form):
    """Words of a name. Sent in the body and kept in the session: a name never stands in an address."""

    nom = forms.CharField(label=_("Nom de l'élève ou du tuteur"), required=False, max_length=100)


class FormulaireFin(forms.Form):
    """Why a guardianship ends."""

    motif = ChampTexte(
        label=_("Motif"),
        max_length=MOTIF_MAX,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Par exemple : bordereau remis à la mauvaise personne, jugement, départ de l'élève."),
    )
