"""The panels of the home of the admin, each chosen by the posts that somebody holds today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from etablissements.acces.models import Affectation
from etablissements.acces.perms import LISENT_LES_MESSAGES, PUBLIENT, REDIGENT
from etablissements.acces.requetes import Portee
from etablissements.monographie.requetes import EtatConfirmation, Travail, liste_de_travail, signalements_a_traiter
from etablissements.registre.models import Etablissement
from etablissements.registre.requetes import ecole_qui_repond
from etablissements.scolarite.api import gere_des_tutelles
from portal.comptes.models import Utilisateur
from sites.courrier.requetes import nombre_a_traiter
from sites.droits.affectations import portee_de
from sites.traductions import traductions_depassees

from ..moderation.requetes import propositions, propositions_par_ecole
from ..traduction.libelles import reprendre_en
from .requetes import AU_DESSUS, Fraicheur, bilans, dernieres_nouvelles, roles_par_ecole


@dataclass(frozen=True)
class AFaire:
    """One thing that waits, and where it is done."""

    libelle: str | Promise
    adresse: str


def accords_attendus(propositions: Sequence[int]) -> list[AFaire]:
    """Say how many texts wait for an approval, given their keys; of one alone, lead straight to it."""
    nombre = len(propositions)
    if not nombre:
        return []
    adresse = reverse("bureau:proposition", args=propositions) if nombre == 1 else reverse("bureau:propositions")
    libelle = ngettext("%(nombre)d texte attend votre accord", "%(nombre)d textes attendent votre accord", nombre)
    return [AFaire(libelle % {"nombre": nombre}, adresse)]


class PanneauEcole(Component):
    """A school on the home of who works there: what to do, what was said, what to say next."""

    name = "ecole"
    template_name = "bureau/tableau/ecole.html"
    order = 10

    def __init__(self, travail: Travail, roles: frozenset[str], *, tutelles: bool, propositions: list[int]) -> None:
        self.travail = travail
        self.ecole = travail.etablissement
        self.roles = roles
        self.tutelles = tutelles
        self.propositions = propositions

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Read the news of the school."""
        return {
            "ecole": self.ecole,
            "recoit": bool(self.roles & LISENT_LES_MESSAGES),
            "redige": bool(self.roles & REDIGENT),
            "publie": bool(self.roles & PUBLIENT),
            "dirige": Affectation.Role.DIRECTEUR in self.roles,
            "tutelles": self.tutelles,
            "a_faire": self.a_faire(),
            "nouvelles": dernieres_nouvelles(etablissement_id=self.ecole.pk),
        }

    def a_faire(self) -> list[AFaire]:
        """Say what waits for this person in this school."""
        choses: list[AFaire] = []
        if self.roles & PUBLIENT:
            choses += accords_attendus(self.propositions)
        if self.roles & LISENT_LES_MESSAGES:
            choses += self._messages()
        if self.roles & REDIGENT:
            choses += self._traductions()
        if Affectation.Role.DIRECTEUR in self.roles:
            choses += self._monographie()
        return choses

    def _messages(self) -> list[AFaire]:
        nombre = nombre_a_traiter(etablissements=[self.ecole.pk])
        if not nombre:
            return []
        libelle = ngettext("%(nombre)d message attend une réponse", "%(nombre)d messages attendent une réponse", nombre)
        return [AFaire(libelle % {"nombre": nombre}, reverse("bureau:messages"))]

    def _traductions(self) -> list[AFaire]:
        return [
            AFaire(
                reprendre_en(page.locale.language_code, page.title),
                reverse("bureau:traduction", args=[page.pk]),
            )
            for page in traductions_depassees(etablissement_id=self.ecole.pk)
        ]

    def _monographie(self) -> list[AFaire]:
        adresse = reverse("bureau:monographie", kwargs={"gresa": self.ecole.gresa.lower()})
        choses = []
        if self.travail.confirmation is EtatConfirmation.A_FAIRE:
            choses.append(AFaire(_("Confirmer la monographie de l'année"), adresse))
        elif self.travail.confirmation is EtatConfirmation.FAITS_CHANGES:
            choses.append(AFaire(_("Des faits ont changé : confirmer de nouveau la monographie"), adresse))
        nombre = len(self.travail.manquants) + len(self.travail.perimes)
        if nombre:
            libelle = ngettext(
                "%(nombre)d fait manque ou date : demander sa mise à jour",
                "%(nombre)d faits manquent ou datent : demander leur mise à jour",
                nombre,
            )
            choses.append(AFaire(libelle % {"nombre": nombre}, adresse))
        return choses


class PanneauEcoleFermee(Component):
    """A closed school on the home of who works there: since when, what readers meet, what is left to do."""

    name = "ecole_fermee"
    template_name = "bureau/tableau/fermee.html"
    order = 10

    def __init__(self, ecole: Etablissement, roles: frozenset[str], *, tutelles: bool) -> None:
        self.ecole, self.roles, self.tutelles = ecole, roles, tutelles

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Say who answers for the school now."""
        return {
            "ecole": self.ecole,
            "suite": ecole_qui_repond(self.ecole.gresa),
            "recoit": bool(self.roles & LISENT_LES_MESSAGES),
            "tutelles": self.tutelles,
        }


class PanneauNoeud(Component):
    """The schools of a direction, of an academy or of the country at a glance."""

    name = "noeud"
    template_name = "bureau/tableau/noeud.html"
    order = 20

    def __init__(self, noeuds: Portee, personne: Utilisateur) -> None:
        self.noeuds = noeuds
        self.personne = personne

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Count."""
        bilan, dessous = bilans(portee=self.noeuds)
        return {
            "a_faire": self.a_faire(),
            "bilan": bilan,
            "dessous": dessous,
            "Fraicheur": Fraicheur,
            "liste": reverse("bureau:ecoles"),
        }

    def a_faire(self) -> list[AFaire]:
        """Say what waits for this person in the schools of the node."""
        textes = accords_attendus(propositions(personne=self.personne).values_list("pk", flat=True))
        nombre = signalements_a_traiter(utilisateur_id=self.personne.pk).count()
        if not nombre:
            return textes
        libelle = ngettext(
            "%(nombre)d fait signalé attend votre réponse", "%(nombre)d faits signalés attendent votre réponse", nombre
        )
        return [*textes, AFaire(libelle % {"nombre": nombre}, reverse("bureau:signalements"))]


def panneaux_de(request: HttpRequest) -> list[Component]:
    """Return the panels of this person: one for each school where they work, one for what is above schools."""
    ecoles_tenues, noeuds = roles_par_ecole(request.user), portee_de(request.user, AU_DESSUS)
    panneaux: list[Component] = []
    if ecoles_tenues:
        tutelles = gere_des_tutelles(utilisateur_id=request.user.pk)
        attentes = propositions_par_ecole(personne=request.user, ecoles=ecoles_tenues)
        ecoles = Etablissement.objects.filter(pk__in=ecoles_tenues).select_related("commune", "direction")
        for travail in liste_de_travail(ecoles=ecoles):
            roles = ecoles_tenues[travail.etablissement.pk]
            if not travail.etablissement.ouvert:
                panneaux.append(PanneauEcoleFermee(travail.etablissement, roles, tutelles=tutelles))
                continue
            attente = attentes.get(travail.etablissement.pk, [])
            panneaux.append(PanneauEcole(travail, roles, tutelles=tutelles, propositions=attente))
    if noeuds:
        panneaux.append(PanneauNoeud(noeuds, request.user))
    return panneaux
