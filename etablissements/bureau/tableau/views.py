"""The schools of a node, one line each."""

from typing import Any

from django import forms
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from etablissements.monographie.requetes import liste_de_travail
from etablissements.registre.models import Etablissement
from portal.socle.ecrans import EcranDeListe
from sites.droits.affectations import portee_de

from .requetes import AU_DESSUS, Fraicheur, ecoles_datees, filtrer


class FormulaireEcoles(forms.Form):
    """Which schools to list. Schools are public: their names may stand in an address."""

    q = forms.CharField(label=_("Nom, code ou commune"), required=False, max_length=100)
    etat = forms.ChoiceField(
        label=_("Publication"),
        required=False,
        choices=[
            ("", _("Toutes")),
            (Fraicheur.RECENTE, _("Récente")),
            (Fraicheur.ANCIENNE, _("Plus de trois mois")),
            (Fraicheur.JAMAIS, _("Jamais")),
        ],
    )


class ListeEcoles(EcranDeListe):
    """The schools of who watches over several: when each last spoke, what each has to do."""

    template_name = "bureau/tableau/ecoles.html"
    page_title = _("Établissements")
    header_icon = "home"

    @cached_property
    def formulaire(self) -> FormulaireEcoles:
        """The filters of the address."""
        return FormulaireEcoles(self.request.GET)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read one page of schools, and what those have to do."""
        noeuds = portee_de(self.request.user, AU_DESSUS)
        if not noeuds:
            raise Http404
        criteres = self.formulaire.cleaned_data if self.formulaire.is_valid() else {}
        ecoles = ecoles_datees(portee=noeuds).chercher(criteres.get("q", ""))
        if criteres.get("etat"):
            ecoles = filtrer(ecoles, Fraicheur(criteres["etat"]))
        liste = self.paginer(ecoles.order_by("direction", "nom_fr", "gresa"))
        montrees = {ecole.pk: ecole for ecole in liste["page"]}
        travaux = liste_de_travail(
            ecoles=Etablissement.objects.filter(pk__in=montrees).select_related("commune", "direction")
        )
        par_ecole = {travail.etablissement.pk: travail for travail in travaux}
        return {
            **super().get_context_data(**kwargs),
            "formulaire": self.formulaire,
            **liste,
            "lignes": [(par_ecole[pk], ecole.derniere) for pk, ecole in montrees.items()],
        }
