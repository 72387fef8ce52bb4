"""Forms about facts. None of them writes a fact."""

from django import forms
from django.utils.translation import gettext_lazy as _

from etablissements.monographie.models import Champ
from etablissements.monographie.operations import LONGUEUR_MAX
from portal.socle.formulaires import ChampTexte


class FormulaireSignalement(forms.Form):
    """Which fact is wrong, and what is right."""

    champ = forms.ChoiceField(label=_("Quel fait est faux ou manque ?"), choices=Champ.choices)
    juste = ChampTexte(label=_("Ce qui est juste"), max_length=LONGUEUR_MAX, widget=forms.Textarea(attrs={"rows": 3}))


class FormulaireReponse(forms.Form):
    """What the direction answers to a report."""

    corrige = forms.ChoiceField(
        label=_("Réponse"),
        choices=(("oui", _("Corrigé au registre")), ("non", _("Écarté"))),
        widget=forms.RadioSelect,
    )
    reponse = ChampTexte(
        label=_("Un mot pour l'école"),
        max_length=LONGUEUR_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Obligatoire quand le signalement est écarté."),
    )

    def clean(self) -> dict[str, object]:
        """Ask why a report is set aside."""
        donnees = super().clean() or {}
        if donnees.get("corrige") == "non" and not donnees.get("reponse"):
            self.add_error("reponse", _("Dites à l'école pourquoi son signalement est écarté."))
        return donnees
