"""Activation slips: who needs one, and their register."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from etablissements.registre.models import AnneeScolaire, Etablissement

from .codes import empreinte, nouveau_code
from .models import Bordereau, Classe, Eleve, Inscription, Rang, Tutelle

JOURS_DE_VALIDITE = 90
RANGS: tuple[int, ...] = tuple(Rang.values)


class LotPerime(Exception):
    """Between the reading and the writing, somebody else issued or used a slip of the batch."""


@dataclass(frozen=True)
class BordereauPrepare:
    """A slip before it is registered: the only object that ever holds a code in clear."""

    eleve: Eleve
    classe: str
    rang: int
    code: str = field(repr=False)

    @property
    def empreinte(self) -> str:
        """The keyed hash of the code."""
        return empreinte(self.code)


@dataclass(frozen=True)
class Lot:
    """The slips of one printing.

    Attributes:
        etablissement: the school, the same for all.
        bordereaux: in the order of the paper: class, then name, then rank.
        annee: label of the school year, `2026/2027`.
        emis_le: when they are issued.
        dernier_jour: the last day they work, the ninetieth counting that of the issue (Casablanca).
        reemettre: whether they void the live slips of the same pupils and ranks.
    """

    etablissement: Etablissement
    bordereaux: tuple[BordereauPrepare, ...]
    annee: str
    emis_le: datetime.datetime
    dernier_jour: datetime.date
    reemettre: bool

    @property
    def expire_le(self) -> datetime.datetime:
        """From when the slips no longer work: the midnight that ends their last day."""
        minuit = datetime.datetime.combine(self.dernier_jour + datetime.timedelta(days=1), datetime.time())
        return timezone.make_aware(minuit)


def classes(*, etablissement: Etablissement, annee: AnneeScolaire) -> QuerySet[Classe]:
    """Return the classes of a school in a year, in order of level."""
    return Classe.objects.filter(etablissement=etablissement, annee=annee).order_by("niveau__ordre", "pk")


def preparer_lot(
    *,
    etablissement: Etablissement,
    annee: AnneeScolaire,
    libelles: Collection[str] = (),
    codes_massar: Collection[str] = (),
    rangs: Sequence[int] = RANGS,
    reemettre: bool = False,
    instant: datetime.datetime | None = None,
) -> Lot:
    """Choose who gets a slip and draw the codes. Nothing is written.

    Args:
        etablissement: the school.
        annee: the school year of the enrolments.
        libelles: labels of the classes; all of them when empty.
        codes_massar: keep only these pupils; all of them when empty.
        rangs: the ranks to print.
        reemettre: print also for those who have a live slip or an active guardian at this rank.
        instant: when the slips are issued (now by default).
    """
    instant = instant or timezone.now()
    inscriptions = Inscription.objects.filter(
        classe__etablissement=etablissement, annee=annee, statut=Inscription.Statut.ACTIVE
    )
    if libelles:
        inscriptions = inscriptions.filter(classe__libelle__in=libelles)
    if codes_massar:
        inscriptions = inscriptions.filter(eleve__code_massar__in=codes_massar)
    inscriptions = inscriptions.select_related("eleve", "classe").order_by(
        "classe__niveau__ordre", "classe_id", "eleve__nom_ar", "eleve__prenom_ar", "eleve_id"
    )
    lignes = list(inscriptions)
    servis = set() if reemettre else _deja_servis([ligne.eleve_id for ligne in lignes], instant)
    return Lot(
        etablissement=etablissement,
        bordereaux=tuple(
            BordereauPrepare(ligne.eleve, ligne.classe.libelle, rang, nouveau_code())
            for ligne in lignes
            for rang in rangs
            if (ligne.eleve_id, rang) not in servis
        ),
        annee=annee.libelle,
        emis_le=instant,
        dernier_jour=timezone.localdate(instant) + datetime.timedelta(days=JOURS_DE_VALIDITE - 1),
        reemettre=reemettre,
    )


def inscrire_lot(lot: Lot) -> None:
    """Register the slips of a batch, all or none: the older live slips of the same pupils and ranks die.

    Raises:
        LotPerime: somebody got a slip or used one since the batch was prepared.
    """
    rangs_par_eleve: dict[int, set[int]] = {}
    for bordereau in lot.bordereaux:
        rangs_par_eleve.setdefault(bordereau.eleve.pk, set()).add(bordereau.rang)
    with transaction.atomic():
        identifiants = sorted(rangs_par_eleve)
        list(Eleve.objects.select_for_update().filter(pk__in=identifiants).order_by("pk").values_list("pk"))
        if not lot.reemettre:
            servis = _deja_servis(identifiants, lot.emis_le)
            if any((b.eleve.pk, b.rang) in servis for b in lot.bordereaux):
                raise LotPerime
        for rang in RANGS:
            concernes = [pk for pk in identifiants if rang in rangs_par_eleve[pk]]
            Bordereau.objects.filter(eleve__in=concernes, rang=rang, etat=Bordereau.Etat.ACTIF).update(
                etat=Bordereau.Etat.ANNULE
            )
        Bordereau.objects.bulk_create(
            Bordereau(
                eleve=bordereau.eleve,
                rang=bordereau.rang,
                empreinte=bordereau.empreinte,
                emis_le=lot.emis_le,
                expire_le=lot.expire_le,
            )
            for bordereau in lot.bordereaux
        )


def lot_inscrit(debut_empreinte: str) -> bool:
    """Tell whether the batch was registered that holds the slip whose hash begins so (all its slips are, or none)."""
    return Bordereau.objects.filter(empreinte__startswith=debut_empreinte).exists()


def vivants(instant: datetime.datetime) -> Q:
    """Return the condition of a slip that still works."""
    return Q(etat=Bordereau.Etat.ACTIF, expire_le__gt=instant)


def _deja_servis(eleves: Sequence[int], instant: datetime.datetime) -> set[tuple[int, int]]:
    """Return the (pupil, rank) pairs that have a live slip or an active guardian."""
    vifs = Bordereau.objects.filter(vivants(instant), eleve__in=eleves).values_list("eleve_id", "rang")
    return {*vifs, *Tutelle.objects.filter(eleve__in=eleves, au=None).values_list("eleve_id", "rang")}
