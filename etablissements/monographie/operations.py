"""Confirm the facts of a school, say that one is wrong, answer. No fact is ever written here."""

import datetime

from django.db import transaction
from django.utils import timezone

from etablissements.acces.perms import ou_regler_le_site, ou_repondre_aux_signalements
from etablissements.registre.models import AnneeScolaire, Etablissement
from portal.diffusion import cles
from portal.diffusion.api import perimer
from portal.socle.texte import nettoyer

from .models import CONSERVATION_JOURS, Champ, ConfirmationMonographie, Signalement
from .requetes import liste_de_travail

LONGUEUR_MAX = 500


class EtablissementIntrouvable(Exception):
    """This person runs no such school."""


class FaitsChanges(Exception):
    """The facts are no longer those that were shown."""


class SignalementsOuverts(Exception):
    """A fact is said to be wrong: the direction answers before the others are confirmed."""


class SignalementIntrouvable(Exception):
    """This person answers no such report, or somebody did."""


class TexteIllisible(Exception):
    """The text is empty or too long."""


def _ecole(utilisateur_id: int, etablissement_id: int) -> Etablissement:
    """Return the school, locked, so that two confirmations do not cross."""
    ecole = Etablissement.objects.select_for_update().filter(pk=etablissement_id).first()
    if ecole is None or not ou_regler_le_site(utilisateur_id=utilisateur_id).filter(pk=etablissement_id).exists():
        raise EtablissementIntrouvable
    return ecole


def _texte(texte: str, *, exige: bool) -> str:
    lu = nettoyer(texte.replace("\x00", ""))
    if len(lu) > LONGUEUR_MAX or (exige and not lu):
        raise TexteIllisible
    return lu


@transaction.atomic
def confirmer_monographie(*, utilisateur_id: int, etablissement_id: int, empreinte: str) -> ConfirmationMonographie:
    """Write that the director found the facts right. Doing it again with the same facts changes nothing.

    Args:
        utilisateur_id: who confirms.
        etablissement_id: the school.
        empreinte: seal of the facts that were shown (`Travail.empreinte`).

    Raises:
        EtablissementIntrouvable: this person does not run this school.
        FaitsChanges: the facts changed since they were shown.
        SignalementsOuverts: a report waits for its answer.
    """
    ecole = _ecole(utilisateur_id, etablissement_id)
    (travail,) = liste_de_travail(ecoles=Etablissement.objects.filter(pk=ecole.pk))
    if travail.signalements:
        raise SignalementsOuverts
    if travail.empreinte != empreinte:
        raise FaitsChanges
    perimer(cles.faits(ecole.gresa))  # the home of the school says when its facts were confirmed
    confirmation, _faite = ConfirmationMonographie.objects.get_or_create(
        etablissement=ecole, annee=AnneeScolaire.courante(), empreinte=empreinte, defaults={"par_id": utilisateur_id}
    )
    return confirmation


@transaction.atomic
def signaler_fait(*, utilisateur_id: int, etablissement_id: int, champ: str, juste: str) -> Signalement:
    """Say that a fact is wrong and what is right. Saying it again, before the answer, replaces what was said.

    Raises:
        EtablissementIntrouvable: this person does not run this school.
        TexteIllisible: `juste` is empty or too long.
        ValueError: no such fact.
    """
    ecole = _ecole(utilisateur_id, etablissement_id)
    signalement, _nouveau = Signalement.objects.update_or_create(
        etablissement=ecole,
        champ=Champ(champ),
        statut=Signalement.Statut.OUVERT,
        defaults={"juste": _texte(juste, exige=True), "par_id": utilisateur_id, "signale_le": timezone.now()},
    )
    return signalement


@transaction.atomic
def repondre_au_signalement(
    *, utilisateur_id: int, signalement_id: int, corrige: bool, reponse: str = ""
) -> Signalement:
    """Close a report: corrected in the registry, or set aside with a reason. The registry is written elsewhere.

    Raises:
        SignalementIntrouvable: not open, or not in the scope of this person.
        TexteIllisible: a report is set aside without a reason, or the answer is too long.
    """
    ecoles = ou_repondre_aux_signalements(utilisateur_id=utilisateur_id)
    signalement = (
        Signalement.objects.select_for_update(of=("self",))
        .filter(pk=signalement_id, statut=Signalement.Statut.OUVERT, etablissement__in=ecoles)
        .first()
    )
    if signalement is None:
        raise SignalementIntrouvable
    signalement.reponse = _texte(reponse, exige=not corrige)
    signalement.statut = Signalement.Statut.CORRIGE if corrige else Signalement.Statut.ECARTE
    signalement.traite_par_id = utilisateur_id
    signalement.traite_le = timezone.now()
    signalement.save()
    return signalement


def purger_signalements(*, maintenant: datetime.datetime | None = None) -> int:
    """Delete the reports answered more than two years ago; return how many. An open one stays."""
    limite = (maintenant or timezone.now()) - datetime.timedelta(days=CONSERVATION_JOURS)
    supprimes, _par_modele = Signalement.objects.filter(traite_le__lt=limite).delete()
    return supprimes
