"""Read what the dashboards show. Nothing here costs more for 12,000 schools than a list of their dates."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState, get_default_page_content_type

from etablissements.acces.models import Affectation
from etablissements.acces.perms import VOIENT
from etablissements.acces.requetes import Portee, postes_de
from etablissements.registre.models import Academie, Direction, Etablissement
from portal.comptes.models import Utilisateur
from sites.models import PageActualite, PageEvenement

from ..redaction.genres import EVENEMENT, GENRES, Genre

NOUVELLES_MONTREES = 5
_JAMAIS = datetime.datetime.min.replace(tzinfo=datetime.UTC)
# A school that said nothing for this long is shown as silent to its direction.
JOURS_DE_SILENCE = 90


class EtatPage(StrEnum):
    """What became of a text."""

    EN_LIGNE = "en_ligne"
    MODIFIEE = "modifiee"
    EN_ATTENTE = "en_attente"
    A_REPRENDRE = "a_reprendre"
    PROGRAMMEE = "programmee"
    BROUILLON = "brouillon"

    @property
    def libelle(self) -> Promise:
        """The state, in the reader's language."""
        return _LIBELLES[self]


_LIBELLES: dict[EtatPage, Promise] = {
    EtatPage.EN_LIGNE: _("en ligne"),
    EtatPage.MODIFIEE: _("en ligne, avec un brouillon"),
    EtatPage.EN_ATTENTE: _("attend l'accord"),
    EtatPage.A_REPRENDRE: _("à reprendre"),
    EtatPage.PROGRAMMEE: _("programmée"),
    EtatPage.BROUILLON: _("brouillon"),
}


@dataclass(frozen=True)
class Nouvelle:
    """A text of the school, as its author sees it; `date` is the day of an event."""

    pk: int
    titre: str
    langue: str
    etat: EtatPage
    date: datetime.date
    genre: Genre


class Fraicheur(StrEnum):
    """How long ago a school said something."""

    RECENTE = "recente"
    ANCIENNE = "ancienne"
    JAMAIS = "jamais"


@dataclass(frozen=True)
class Bilan:
    """How many schools are in each state.

    Attributes:
        nom: of the direction or academy, empty for the whole.
        total: open schools with a site of their own.
        recentes: said something in the last `JOURS_DE_SILENCE` days.
        anciennes: said something before.
        muettes: never said anything.
    """

    nom: str
    total: int
    recentes: int
    anciennes: int
    muettes: int


# Who watches over the schools of a direction, of an academy or of the country.
AU_DESSUS = VOIENT & {str(Affectation.Role.COMMUNICATEUR), str(Affectation.Role.MINISTERE)}


def roles_par_ecole(personne: Utilisateur) -> dict[int, frozenset[str]]:
    """Return the primary key of each school where somebody works today, and the roles they hold there.

    Their posts are read once a request, for their rights.
    """
    roles: dict[int, set[str]] = {}
    for poste in postes_de(personne):
        if poste.etablissement_id and poste.role in VOIENT:
            roles.setdefault(poste.etablissement_id, set()).add(poste.role)
    return {ecole: frozenset(tenus) for ecole, tenus in roles.items()}


def dernieres_nouvelles(*, etablissement_id: int) -> tuple[Nouvelle, ...]:
    """Return the latest news and events of a school, drafts included, the last touched first. Three queries."""
    textes = [(page, genre) for genre in GENRES for page in _derniers_textes(genre, etablissement_id)]
    textes.sort(key=lambda texte: (texte[0].latest_revision_created_at or _JAMAIS, texte[0].pk), reverse=True)
    del textes[NOUVELLES_MONTREES:]
    montres = [str(page.pk) for page, _genre in textes]
    # Wagtail's `prefetch_workflow_states` finds nothing on the queryset of one page type.
    circuits = dict(
        WorkflowState.objects.active()
        .filter(base_content_type=get_default_page_content_type(), object_id__in=montres)
        .values_list("object_id", "status")
    )
    return tuple(
        Nouvelle(
            page.pk,
            page.draft_title or page.title,
            page.langue_contenu,
            etat_de(page, circuits.get(str(page.pk))),
            page.jour if genre is EVENEMENT else page.date,
            genre,
        )
        for page, genre in textes
    )


def _derniers_textes(genre: Genre, etablissement_id: int) -> QuerySet[Any]:
    return (
        genre.modele.objects.filter(etablissement_id=etablissement_id)
        .select_related("locale")
        .order_by("-latest_revision_created_at", "-pk")
        .annotate_approved_schedule()[:NOUVELLES_MONTREES]
    )


def etat_de(page: PageActualite | PageEvenement, circuit: str | None) -> EtatPage:
    """Return what became of a text, given the status of its circuit of approval, None when it is in none."""
    if circuit:
        return EtatPage.EN_ATTENTE if circuit == WorkflowState.STATUS_IN_PROGRESS else EtatPage.A_REPRENDRE
    if page.live:
        return EtatPage.MODIFIEE if page.has_unpublished_changes else EtatPage.EN_LIGNE
    return EtatPage.PROGRAMMEE if page.approved_schedule else EtatPage.BROUILLON


def ecoles_datees(*, portee: Portee) -> QuerySet[Etablissement]:
    """Return the schools of a scope, each with `derniere`: the date of its latest news on line, or None."""
    derniere = _nouvelles().order_by("-date").values("date")[:1]
    return Etablissement.objects.autonomes().filter(portee.filtre()).annotate(derniere=Subquery(derniere))


def _nouvelles() -> QuerySet[PageActualite]:
    """Return the news on line of the school around."""
    return PageActualite.objects.live().filter(etablissement=OuterRef("pk"))


def _recentes() -> QuerySet[PageActualite]:
    return _nouvelles().filter(date__gte=timezone.localdate() - datetime.timedelta(days=JOURS_DE_SILENCE))


def filtrer(ecoles: QuerySet[Etablissement], fraicheur: Fraicheur) -> QuerySet[Etablissement]:
    """Keep the schools of one freshness. Whether they have news is asked of all at once, their dates are of none."""
    if fraicheur is Fraicheur.RECENTE:
        return ecoles.filter(Exists(_recentes()))
    muettes = ~Exists(_nouvelles())
    return ecoles.filter(muettes if fraicheur is Fraicheur.JAMAIS else ~muettes & ~Exists(_recentes()))


def bilans(*, portee: Portee) -> tuple[Bilan, tuple[Bilan, ...]]:
    """Return the state of a scope, and of each node just below it: academies of the country, directions of an academy.

    A direction has none below. The database counts: two queries, a row for each node, whatever the number of schools.
    """
    champ = "direction__academie_id" if portee.pays else "direction_id"
    comptes = {
        noeud: _Compte(total, parlantes, recentes)
        for noeud, total, parlantes, recentes in Etablissement.objects.autonomes()
        .filter(portee.filtre())
        .annotate(parle=Exists(_nouvelles()), recente=Exists(_recentes()))
        .order_by()
        .values_list(champ)
        .annotate(
            total=Count("pk"),
            parlantes=Count("pk", filter=Q(parle=True)),
            recentes=Count("pk", filter=Q(recente=True)),
        )
    }
    tout = _bilan("", comptes.values())
    if not portee.pays and not portee.academies:
        return tout, ()
    modele = Academie if portee.pays else Direction
    return tout, tuple(_bilan(noeud.nom, [comptes[noeud.pk]]) for noeud in modele.objects.filter(pk__in=comptes))


class _Compte(NamedTuple):
    """The schools of a node: all of them, those that ever said something, those that did lately."""

    total: int
    parlantes: int
    recentes: int


def _bilan(nom: str, comptes: Collection[_Compte]) -> Bilan:
    total, parlantes, recentes = (sum(colonne) for colonne in zip(_Compte(0, 0, 0), *comptes, strict=True))
    return Bilan(nom, total, recentes, parlantes - recentes, total - parlantes)
