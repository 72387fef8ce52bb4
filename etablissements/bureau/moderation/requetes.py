"""Read what waits for an approval."""

from collections.abc import Iterable

from django.db.models import IntegerField, QuerySet
from django.db.models.functions import Cast
from wagtail.models import TaskState

from portal.comptes.models import Utilisateur
from sites.models import PageActualite

from .models import AccordDeLaDirection


def propositions(*, personne: Utilisateur) -> QuerySet[TaskState]:
    """Return what waits for the approval of this person, oldest first, with its revision and who asks."""
    tache = AccordDeLaDirection.objects.first()
    if tache is None:
        return TaskState.objects.none()
    attente = tache.get_task_states_user_can_moderate(personne)
    return attente.select_related("workflow_state__requested_by", "revision").order_by("started_at", "pk")


def propositions_par_ecole(*, ecoles: Iterable[int]) -> dict[int, list[int]]:
    """Return the keys of the proposals that wait, by school, oldest first: two queries, whatever their number."""
    en_cours = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__in=AccordDeLaDirection.objects.all())
    numeros = en_cours.annotate(page=Cast("workflow_state__object_id", IntegerField()))
    par_ecole: dict[int, list[int]] = {}
    nouvelles = PageActualite.objects.filter(etablissement__in=ecoles)
    attente = list(
        numeros.filter(page__in=nouvelles.values("pk")).order_by("started_at", "pk").values_list("pk", "page")
    )
    ecole_de = dict(nouvelles.filter(pk__in=[page for _etat, page in attente]).values_list("pk", "etablissement"))
    for etat, page in attente:
        par_ecole.setdefault(ecole_de[page], []).append(etat)
    return par_ecole
