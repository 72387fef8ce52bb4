"""Read what waits for an approval."""

from collections.abc import Iterable

from django.db.models import QuerySet
from wagtail.models import Page, TaskState

from portal.comptes.models import Utilisateur
from sites.models import PageEtablissement
from sites.models.langues import MARQUE

from .models import en_attente_pour


def propositions(*, personne: Utilisateur) -> QuerySet[TaskState]:
    """Return what waits for the approval of this person, oldest first, with its revision and who asks."""
    attente = en_attente_pour(personne)
    return attente.select_related("workflow_state__requested_by", "revision").order_by("started_at", "pk")


def propositions_par_ecole(*, personne: Utilisateur, ecoles: Iterable[int]) -> dict[int, list[int]]:
    """Return the keys of what waits for the approval of this person, by school: two queries more when any waits."""
    attente = dict(propositions(personne=personne).values_list("pk", "workflow_state__object_id"))
    if not attente:
        return {}
    chemins = dict(Page.objects.filter(pk__in=attente.values()).values_list("pk", "path"))
    siens = PageEtablissement.objects.filter(etablissement__in=ecoles).exclude(slug__startswith=MARQUE)
    accueils = dict(siens.values_list("path", "etablissement"))
    par_ecole: dict[int, list[int]] = {}
    for etat, page in attente.items():
        for accueil, ecole in accueils.items():
            if chemins[int(page)].startswith(accueil):
                par_ecole.setdefault(ecole, []).append(etat)
    return par_ecole
