"""Using a slip: it makes its holder the guardian of one pupil.

Whatever is wrong with a slip, a code or a birth date, the answer is the same and costs the same.
"""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from portal.comptes.models import Utilisateur
from portal.comptes.operations import chiffrer_mot_de_passe, creer_compte

from .bordereaux import vivants
from .codes import empreinte
from .models import Bordereau, Tutelle, Tuteur

MOTIF_REMPLACEE = "remplacee"  # a newer slip of the same rank was used


class ActivationRefusee(Exception):
    """The slip, the pupil's code and the birth date do not go together. Nothing says which, on purpose."""


class DejaTuteur(Exception):
    """This person is already this pupil's guardian: the slip stays good for somebody else."""


@dataclass(frozen=True)
class CodesBordereau:
    """The two codes of a slip as the first step keeps them: the slip's own only as a keyed hash.

    Attributes:
        code_massar: the pupil's code, normalised.
        empreinte: keyed hash of the slip code.
    """

    code_massar: str
    empreinte: str


@dataclass(frozen=True)
class NouveauCompte:
    """Who opens an account. The password has been validated."""

    nom: str
    prenom: str
    mot_de_passe: str


@dataclass(frozen=True)
class Activation:
    """What a slip opened.

    Attributes:
        utilisateur_id: account of the guardian.
        tutelle_cle: key of the new guardianship.
    """

    utilisateur_id: int
    tutelle_cle: UUID


def preparer_activation(*, code_massar: str, code_bordereau: str) -> CodesBordereau:
    """Return what the first step keeps of two codes already normalised."""
    return CodesBordereau(code_massar=code_massar, empreinte=empreinte(code_bordereau))


def activer(
    *,
    codes: CodesBordereau,
    date_naissance: datetime.date,
    lien: str,
    compte: NouveauCompte | None = None,
    utilisateur_id: int | None = None,
    instant: datetime.datetime | None = None,
) -> Activation:
    """Use a slip: make its holder the guardian of the pupil, under a new account or that of `utilisateur_id`.

    All or nothing, in one transaction; of two concurrent uses one wins. If somebody else holds the same rank, that
    guardianship ends: a reissued slip is how a guardian who lost everything comes back.

    Args:
        codes: the two codes, as `preparer_activation` returned them.
        date_naissance: birth date of the pupil; ten wrong ones kill the slip.
        lien: a value of `Tutelle.Lien`.
        compte: who opens an account; or
        utilisateur_id: who has one.
        instant: when (now by default).

    Raises:
        ActivationRefusee: something does not match; nothing says what.
        DejaTuteur: this person is this pupil's guardian already.
    """
    if (compte is None) == (utilisateur_id is None):
        raise ValueError("either an account to open or one that exists")
    instant = instant or timezone.now()
    mot_de_passe = chiffrer_mot_de_passe(compte.mot_de_passe) if compte else ""
    with transaction.atomic():
        bordereau = _prendre(codes, instant)
        confirme = bordereau is not None and bordereau.eleve.date_naissance == date_naissance
        if bordereau is None or not confirme:
            _compter_essai(bordereau)
            activation = None
        else:
            tuteur = _ouvrir_compte(compte, mot_de_passe) if compte else _tuteur(utilisateur_id)
            activation = _ouvrir_tutelle(bordereau, tuteur, lien, instant)
    if activation is None:
        raise ActivationRefusee  # outside the transaction: the wrong try stays counted
    return activation


def _prendre(codes: CodesBordereau, instant: datetime.datetime) -> Bordereau | None:
    """Lock the live slip of these codes with its pupil: two uses queue here, and the second finds a dead slip."""
    return (
        Bordereau.objects.select_for_update(of=("self", "eleve"))
        .select_related("eleve")
        .filter(vivants(instant), eleve__code_massar=codes.code_massar, empreinte=codes.empreinte)
        .first()
    )


def _compter_essai(bordereau: Bordereau | None) -> None:
    """Count a wrong try on a slip, the tenth kills it; without a slip, do the same work on none."""
    Bordereau.objects.filter(pk=bordereau.pk if bordereau else 0).update(
        essais=F("essais") + 1,
        etat=Case(When(essais__gte=Bordereau.ESSAIS_PERMIS - 1, then=Value(Bordereau.Etat.ANNULE)), default=F("etat")),
    )


def _ouvrir_compte(compte: NouveauCompte, mot_de_passe: str) -> Tuteur:
    utilisateur = creer_compte(nom=compte.nom, prenom=compte.prenom, empreinte_mot_de_passe=mot_de_passe)
    return Tuteur.objects.create(utilisateur=utilisateur, nom=compte.nom, prenom=compte.prenom)


def _tuteur(utilisateur_id: int | None) -> Tuteur:
    """Return the guardian behind an account; somebody of the staff becomes one with the first child."""
    utilisateur = Utilisateur.objects.get(pk=utilisateur_id)
    noms = {
        "nom": utilisateur.last_name or utilisateur.username,
        "prenom": utilisateur.first_name or utilisateur.username,
    }
    return Tuteur.objects.get_or_create(utilisateur=utilisateur, defaults=noms)[0]


def _ouvrir_tutelle(bordereau: Bordereau, tuteur: Tuteur, lien: str, instant: datetime.datetime) -> Activation:
    actives = Tutelle.objects.filter(eleve=bordereau.eleve, au=None)
    if actives.filter(tuteur=tuteur).exists():
        raise DejaTuteur
    actives.filter(rang=bordereau.rang).update(statut=Tutelle.Statut.TERMINEE, au=instant, motif_fin=MOTIF_REMPLACEE)
    tutelle = Tutelle.objects.create(
        tuteur=tuteur, eleve=bordereau.eleve, rang=bordereau.rang, lien=Tutelle.Lien(lien), du=instant
    )
    bordereau.etat, bordereau.utilise_le = Bordereau.Etat.UTILISE, instant
    bordereau.save(update_fields=("etat", "utilise_le"))
    return Activation(utilisateur_id=tuteur.utilisateur_id, tutelle_cle=tutelle.cle)
