"""Read the state of the monographs: what is missing, stale, confirmed, said to be wrong."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from etablissements.acces.perms import ou_repondre_aux_signalements
from etablissements.registre.models import AnneeScolaire, Etablissement
from etablissements.scolarite.api import dates_des_effectifs

from .faits import dates_des_faits, empreinte_des_faits, regles
from .models import Champ, ConfirmationMonographie, Signalement


class EtatConfirmation(StrEnum):
    """Where a school stands with this year's confirmation."""

    FAITE = "faite"
    FAITS_CHANGES = "faits_changes"
    A_FAIRE = "a_faire"


@dataclass(frozen=True)
class Perime:
    """A fact that is too old, and its date."""

    champ: Champ
    releve_le: datetime.date


@dataclass(frozen=True)
class Travail:
    """What a school has to do on its monograph.

    Attributes:
        etablissement: the school.
        manquants: facts that nobody knows.
        perimes: facts that are too old.
        confirmation: where this year's confirmation stands.
        confirmee_le: day of the latest confirmation of the year, None without one.
        signalements: facts said to be wrong, to which the direction has not answered.
        empreinte: seal of the facts as they are; what `confirmer_monographie` asks for.
    """

    etablissement: Etablissement
    manquants: tuple[Champ, ...]
    perimes: tuple[Perime, ...]
    confirmation: EtatConfirmation
    confirmee_le: datetime.date | None
    signalements: int
    empreinte: str

    @property
    def a_jour(self) -> bool:
        """Whether there is nothing to do."""
        return self.confirmation is EtatConfirmation.FAITE and not (self.manquants or self.perimes or self.signalements)


def liste_de_travail(*, ecoles: QuerySet[Etablissement], jour: datetime.date | None = None) -> tuple[Travail, ...]:
    """Return what each of `ecoles` has to do, in their order: eight queries, whatever their number.

    Args:
        ecoles: schools that whoever asks may see (`acces.perms`), units apart; sliced when there are many.
        jour: today unless given.
    """
    jour = jour or timezone.localdate()
    unites = Prefetch("unites", Etablissement.objects.filter(ouvert=True))
    lues = list(ecoles.prefetch_related("cycles", "dotations", unites))
    identifiants = [ecole.pk for ecole in lues]
    annee = AnneeScolaire.objects.au(jour).get()
    effectifs = dates_des_effectifs(etablissements=identifiants)
    confirmations = _confirmations(identifiants, annee)
    ouverts = Counter(
        Signalement.objects.filter(etablissement__in=identifiants, statut=Signalement.Statut.OUVERT)
        .order_by()
        .values_list("etablissement_id", flat=True)
    )
    return tuple(
        _travail(ecole, jour, effectifs.get(ecole.pk), confirmations.get(ecole.pk, []), ouverts[ecole.pk])
        for ecole in lues
    )


def _confirmations(identifiants: list[int], annee: AnneeScolaire) -> dict[int, list[ConfirmationMonographie]]:
    """Return the confirmations of the year by school, latest first."""
    trouvees: dict[int, list[ConfirmationMonographie]] = {}
    for confirmation in ConfirmationMonographie.objects.filter(etablissement__in=identifiants, annee=annee):
        trouvees.setdefault(confirmation.etablissement_id, []).append(confirmation)
    return trouvees


def _travail(
    ecole: Etablissement,
    jour: datetime.date,
    effectifs_du: datetime.date | None,
    confirmations: list[ConfirmationMonographie],
    signalements: int,
) -> Travail:
    dotations = ecole.dotations.all()
    dates = dates_des_faits(etablissement=ecole, dotations=dotations, effectifs_du=effectifs_du)
    dus = [regle for regle in regles() if regle.concerne(ecole)]
    empreinte = empreinte_des_faits(
        etablissement=ecole, cycles=ecole.cycles.all(), dotations=dotations, unites=ecole.unites.all()
    )
    valable = next((faite for faite in confirmations if faite.empreinte == empreinte), None)
    retenue = valable or (confirmations[0] if confirmations else None)
    if valable:
        etat = EtatConfirmation.FAITE
    else:
        etat = EtatConfirmation.FAITS_CHANGES if confirmations else EtatConfirmation.A_FAIRE
    return Travail(
        etablissement=ecole,
        manquants=tuple(regle.champ for regle in dus if regle.champ not in dates),
        perimes=tuple(
            Perime(regle.champ, dates[regle.champ])
            for regle in dus
            if regle.champ in dates and regle.perime(dates[regle.champ], jour)
        ),
        confirmation=etat,
        confirmee_le=timezone.localdate(retenue.confirmee_le) if retenue else None,
        signalements=signalements,
        empreinte=empreinte,
    )


def signalements_a_traiter(*, utilisateur_id: int) -> QuerySet[Signalement]:
    """Return the reports of open schools that this person has to answer, oldest first, with their school loaded."""
    ecoles = ou_repondre_aux_signalements(utilisateur_id=utilisateur_id).filter(ouvert=True)
    return (
        Signalement.objects.filter(statut=Signalement.Statut.OUVERT, etablissement__in=ecoles)
        .select_related("etablissement__commune")
        .order_by("signale_le", "pk")
    )


def signalements_de(*, ecoles: Iterable[Etablissement]) -> QuerySet[Signalement]:
    """Return the reports of these schools, latest first, answered or not."""
    return Signalement.objects.filter(etablissement__in=ecoles).select_related("etablissement__commune")
