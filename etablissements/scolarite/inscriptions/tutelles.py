"""Guardianships seen by the family: the one access rule, and the children it opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language

from etablissements.registre.models import AnneeScolaire
from portal.comptes.models import Utilisateur

from .models import Inscription, Tutelle


class TutelleIntrouvable(LookupError):
    """No active guardianship of this person with this key: a page answers 404, as for one that never was."""


@dataclass(frozen=True)
class Texte:
    """A text in both languages; one of them may be empty. As a string: the active language, else the other."""

    fr: str
    ar: str

    def __str__(self) -> str:
        return (self.fr or self.ar) if get_language() == "fr" else (self.ar or self.fr)


@dataclass(frozen=True)
class Scolarite:
    """Where a pupil studies.

    Attributes:
        gresa: code of the school.
        etablissement: its public name.
        niveau: name of the level.
        filiere: name of the stream, None where there is none.
        classe: label of the class, `1APIC-3`.
        annee: label of the school year, `2026/2027`.
        en_cours: whether that year is the one of today.
    """

    gresa: str
    etablissement: Texte
    niveau: Texte
    filiere: Texte | None
    classe: str
    annee: str
    en_cours: bool


@dataclass(frozen=True)
class Enfant:
    """A child as one of its guardians sees it.

    Attributes:
        tutelle_cle: key of the guardianship, the only identifier that goes into an address.
        nom: full name, given name first.
        code_massar: national code of the pupil.
        fille: whether the child is a girl (Arabic agrees in gender).
        lien: kind of link, in the active language.
        confirmee: whether the school confirmed the link; otherwise it is only declared.
        scolarite: the latest active enrolment, None when there is none.
    """

    tutelle_cle: UUID
    nom: Texte
    code_massar: str
    fille: bool
    lien: str | Promise
    confirmee: bool
    scolarite: Scolarite | None


def acceder_tutelle(*, utilisateur_id: int, tutelle_cle: UUID) -> Tutelle:
    """Return the guardianship `tutelle_cle` with its pupil: the one door of every family permission.

    Raises:
        TutelleIntrouvable: it does not exist, has ended, or is somebody else's.
    """
    try:
        return Tutelle.objects.select_related("eleve", "tuteur").get(
            cle=tutelle_cle, tuteur__utilisateur_id=utilisateur_id, au=None
        )
    except Tutelle.DoesNotExist:
        raise TutelleIntrouvable from None


def enfants(*, utilisateur_id: int) -> tuple[Enfant, ...]:
    """Return the children of a guardian, in a constant number of queries."""
    tutelles = Tutelle.objects.filter(tuteur__utilisateur_id=utilisateur_id, au=None).order_by("du", "pk")
    return tuple(_enfants(tutelles.select_related("eleve").prefetch_related(_inscriptions_actives())))


def enfant(*, utilisateur_id: int, tutelle_cle: UUID) -> Enfant:
    """Return one child.

    Raises:
        TutelleIntrouvable: no active guardianship of this person has this key.
    """
    tutelles = Tutelle.objects.filter(cle=tutelle_cle, tuteur__utilisateur_id=utilisateur_id, au=None)
    for trouve in _enfants(tutelles.select_related("eleve").prefetch_related(_inscriptions_actives())):
        return trouve
    raise TutelleIntrouvable


def choix_lien() -> list[tuple[str, str | Promise]]:
    """Return the kinds of link between a guardian and a pupil, each with its name."""
    return list(Tutelle.Lien.choices)


def choix_statut() -> list[tuple[str, str | Promise]]:
    """Return the statuses of a guardianship, each with its name."""
    return list(Tutelle.Statut.choices)


def est_tuteur(*, utilisateur_id: int) -> bool:
    """Tell whether a person is or has been somebody's guardian."""
    return Utilisateur.objects.filter(pk=utilisateur_id, tuteur__isnull=False).exists()


def _inscriptions_actives() -> Prefetch:
    """Fetch the active enrolments of the pupils, latest year first, with all that a family reads."""
    actives = Inscription.objects.filter(statut=Inscription.Statut.ACTIVE).order_by("-annee_id")
    return Prefetch(
        "eleve__inscriptions",
        queryset=actives.select_related("annee", "classe__etablissement", "classe__niveau__filiere"),
        to_attr="inscriptions_actives",
    )


def _enfants(tutelles: Iterable[Tutelle]) -> Iterable[Enfant]:
    courante = AnneeScolaire.objects.au(timezone.localdate()).values_list("code", flat=True).first()
    for tutelle in tutelles:
        eleve = tutelle.eleve
        derniere = next(iter(eleve.inscriptions_actives), None)
        yield Enfant(
            tutelle_cle=tutelle.cle,
            nom=Texte(f"{eleve.prenom_fr} {eleve.nom_fr}".strip(), f"{eleve.prenom_ar} {eleve.nom_ar}".strip()),
            code_massar=eleve.code_massar,
            fille=eleve.sexe == eleve.Sexe.FILLE,
            lien=Tutelle.Lien(tutelle.lien).label,
            confirmee=tutelle.statut == Tutelle.Statut.CONFIRMEE,
            scolarite=_scolarite(derniere, courante) if derniere else None,
        )


def _scolarite(inscription: Inscription, courante: str | None) -> Scolarite:
    ecole, niveau = inscription.classe.etablissement, inscription.classe.niveau
    return Scolarite(
        gresa=ecole.gresa,
        etablissement=Texte(ecole.nom_public_fr, ecole.nom_public_ar),
        niveau=Texte(niveau.nom_fr, niveau.nom_ar),
        filiere=Texte(niveau.filiere.nom_fr, niveau.filiere.nom_ar) if niveau.filiere else None,
        classe=inscription.classe.libelle,
        annee=inscription.annee.libelle,
        en_cours=inscription.annee_id == courante,
    )
