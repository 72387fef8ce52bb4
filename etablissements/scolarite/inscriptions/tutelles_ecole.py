"""Guardianships seen by the school: its director and secretaries read, confirm and end them."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from etablissements.acces.perms import ou_gerer_les_tutelles
from portal.socle.texte import nettoyer

from .activation import MOTIF_REMPLACEE
from .models import Inscription, Rang, Tutelle
from .tutelles import Texte, TutelleIntrouvable

MOTIF_MAX = 200


class TutelleTerminee(Exception):
    """The guardianship has ended: it can be neither confirmed nor ended again."""


class MotifManquant(ValueError):
    """A guardianship is not ended without saying why, in at most 200 characters."""


@dataclass(frozen=True)
class LigneTutelle:
    """A guardianship as the school sees it.

    Attributes:
        cle: its key, the only identifier that goes into an address.
        eleve: full name of the pupil.
        gresa: code of the pupil's school.
        etablissement: its public name.
        classe: label of the class, `1APIC-3`.
        annee: label of the school year, `2026/2027`.
        tuteur: full name of the guardian, as given at activation.
        lien: kind of link, in the active language.
        rang: first or second guardian, in the active language.
        statut: `declaree`, `confirmee` or `terminee`.
        statut_libelle: the same in the active language.
        du: when the slip was used.
        au: when it ended, None while it is active.
        motif_fin: why it ended.
    """

    cle: UUID
    eleve: Texte
    gresa: str
    etablissement: Texte
    classe: str
    annee: str
    tuteur: str
    lien: str | Promise
    rang: str | Promise
    statut: str
    statut_libelle: str | Promise
    du: datetime.datetime
    au: datetime.datetime | None
    motif_fin: str | Promise


@dataclass(frozen=True)
class PageTutelles:
    """Some of the guardianships of a person's schools.

    Attributes:
        total: how many match.
        lignes: those of the page, to be confirmed first, then by date.
    """

    total: int
    lignes: tuple[LigneTutelle, ...]


def gere_des_tutelles(*, utilisateur_id: int) -> bool:
    """Tell whether this person manages the guardianships of at least one school today."""
    return ou_gerer_les_tutelles(utilisateur_id=utilisateur_id).exists()


def classes_des_tutelles(*, utilisateur_id: int) -> tuple[str, ...]:
    """Return the labels of the classes in which the pupils of these guardianships are, in order of level."""
    dernieres = _tutelles(utilisateur_id).values("derniere")
    libelles = Inscription.objects.filter(pk__in=dernieres).order_by("classe__niveau__ordre", "classe__libelle")
    return tuple(dict.fromkeys(libelles.values_list("classe__libelle", flat=True)))


def tutelles_de_l_etablissement(
    *, utilisateur_id: int, recherche: str = "", classe: str = "", statut: str = "", debut: int = 0, nombre: int = 50
) -> PageTutelles:
    """Return the guardianships of the schools that this person manages, in a constant number of queries.

    A pupil belongs to the school of the latest active enrolment.

    Args:
        utilisateur_id: who asks.
        recherche: words of the pupil's or guardian's name, in either script; all must be there.
        classe: keep this class label.
        statut: keep this status.
        debut: how many to skip.
        nombre: how many to return at most.
    """
    tutelles = _tutelles(utilisateur_id)
    if classe:
        tutelles = tutelles.filter(derniere__in=Inscription.objects.filter(classe__libelle=classe).values("pk"))
    if statut:
        tutelles = tutelles.filter(statut=statut)
    for mot in nettoyer(recherche).split():
        tutelles = tutelles.filter(_nomme(mot))
    ordre = Case(
        When(statut=Tutelle.Statut.DECLAREE, then=Value(0)),
        When(statut=Tutelle.Statut.CONFIRMEE, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    page = list(tutelles.select_related("eleve", "tuteur").order_by(ordre, "-du", "-pk")[debut : debut + nombre])
    return PageTutelles(total=tutelles.count(), lignes=_lignes(page))


def tutelle_de_l_etablissement(*, utilisateur_id: int, tutelle_cle: UUID) -> LigneTutelle:
    """Return one guardianship of the schools that this person manages.

    Raises:
        TutelleIntrouvable: there is none with this key in these schools.
    """
    lignes = _lignes(list(_tutelles(utilisateur_id).select_related("eleve", "tuteur").filter(cle=tutelle_cle)))
    if not lignes:
        raise TutelleIntrouvable
    return lignes[0]


def confirmer_tutelle(*, utilisateur_id: int, tutelle_cle: UUID) -> None:
    """Write that the school checked the link. Confirming again changes nothing.

    Raises:
        TutelleIntrouvable: not in the schools that this person manages.
        TutelleTerminee: it has ended.
    """
    with transaction.atomic():
        tutelle = _prendre(utilisateur_id, tutelle_cle)
        if tutelle.statut == Tutelle.Statut.CONFIRMEE:
            return
        tutelle.statut = Tutelle.Statut.CONFIRMEE
        tutelle.confirmee_par_id, tutelle.confirmee_le = utilisateur_id, timezone.now()
        tutelle.save(update_fields=("statut", "confirmee_par", "confirmee_le"))


def terminer_tutelle(*, utilisateur_id: int, tutelle_cle: UUID, motif: str) -> None:
    """End a guardianship: from the next request on, this guardian no longer sees the pupil.

    Raises:
        MotifManquant: no reason, or a longer one than 200 characters.
        TutelleIntrouvable: not in the schools that this person manages.
        TutelleTerminee: it has ended already.
    """
    motif = nettoyer(motif)
    if not motif or len(motif) > MOTIF_MAX:
        raise MotifManquant
    with transaction.atomic():
        tutelle = _prendre(utilisateur_id, tutelle_cle)
        tutelle.statut, tutelle.au = Tutelle.Statut.TERMINEE, timezone.now()
        tutelle.terminee_par_id, tutelle.motif_fin = utilisateur_id, motif
        tutelle.save(update_fields=("statut", "au", "terminee_par", "motif_fin"))


def _tutelles(utilisateur_id: int) -> QuerySet[Tutelle]:
    """Return the guardianships in the scope of somebody, each with `derniere`, the pupil's latest active enrolment."""
    actives = Inscription.objects.filter(statut=Inscription.Statut.ACTIVE)
    ici = actives.filter(classe__etablissement__in=ou_gerer_les_tutelles(utilisateur_id=utilisateur_id))
    derniere = actives.filter(eleve=OuterRef("eleve")).order_by("-annee").values("pk")[:1]
    return (
        Tutelle.objects.filter(eleve__in=ici.values("eleve"))
        .annotate(derniere=Subquery(derniere))
        .filter(derniere__in=ici.values("pk"))
    )


def _nomme(mot: str) -> Q:
    champs = ("nom_ar", "prenom_ar", "nom_fr", "prenom_fr")
    condition = Q(tuteur__nom__icontains=mot) | Q(tuteur__prenom__icontains=mot)
    for champ in champs:
        condition |= Q(**{f"eleve__{champ}__icontains": mot})
    return condition


def _prendre(utilisateur_id: int, tutelle_cle: UUID) -> Tutelle:
    """Lock a guardianship in scope that has not ended."""
    permises = _tutelles(utilisateur_id).filter(cle=tutelle_cle).values("pk")
    tutelle = Tutelle.objects.select_for_update().filter(pk__in=permises).first()
    if tutelle is None:
        raise TutelleIntrouvable
    if tutelle.au is not None:
        raise TutelleTerminee
    return tutelle


def _lignes(tutelles: list[Tutelle]) -> tuple[LigneTutelle, ...]:
    inscriptions = Inscription.objects.select_related("annee", "classe__etablissement").in_bulk(
        [tutelle.derniere for tutelle in tutelles]  # type: ignore[attr-defined]
    )
    lignes = []
    for tutelle in tutelles:
        eleve, tuteur = tutelle.eleve, tutelle.tuteur
        inscription = inscriptions[tutelle.derniere]  # type: ignore[attr-defined]
        ecole = inscription.classe.etablissement
        remplacee = tutelle.motif_fin == MOTIF_REMPLACEE
        lignes.append(
            LigneTutelle(
                cle=tutelle.cle,
                eleve=Texte(f"{eleve.prenom_fr} {eleve.nom_fr}".strip(), f"{eleve.prenom_ar} {eleve.nom_ar}".strip()),
                gresa=ecole.gresa,
                etablissement=Texte(ecole.nom_public_fr, ecole.nom_public_ar),
                classe=inscription.classe.libelle,
                annee=inscription.annee.libelle,
                tuteur=f"{tuteur.prenom} {tuteur.nom}",
                lien=Tutelle.Lien(tutelle.lien).label,
                rang=Rang(tutelle.rang).label,
                statut=tutelle.statut,
                statut_libelle=Tutelle.Statut(tutelle.statut).label,
                du=tutelle.du,
                au=tutelle.au,
                motif_fin=_("un nouveau bordereau a été utilisé") if remplacee else tutelle.motif_fin,
            )
        )
    return tuple(lignes)
