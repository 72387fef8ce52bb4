"""The circuit of approval: one for the country, at the root of the tree, made after each migration, never twice."""

from typing import Any

from django.db import transaction
from wagtail.models import GroupApprovalTask, Page, TaskState, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from portal.comptes.models import Utilisateur
from portal.ministere.accueil import assurer_accueil

from ..versions import retenir
from .models import AccordDeLaDirection, decide

NOM = "موافقة إدارة المؤسسة · Accord de la direction de l'école"


class DejaTraite(Exception):
    """The proposal has its answer, or no longer waits for this person."""


def assurer_le_circuit(**_: Any) -> Workflow:
    """Make sure of the circuit and of its place, and drop the one that Wagtail's own migrations leave unused."""
    assurer_accueil()
    tache = AccordDeLaDirection.objects.first() or AccordDeLaDirection.objects.create(name=NOM)
    circuit = Workflow.objects.filter(workflow_tasks__task=tache).first()
    if circuit is None:
        circuit = Workflow.objects.create(name=NOM)
        WorkflowTask.objects.create(workflow=circuit, task=tache)
    racine = Page.get_first_root_node()
    WorkflowPage.objects.update_or_create(page=racine, defaults={"workflow": circuit})
    inutiles = GroupApprovalTask.objects.filter(task_states=None)
    Workflow.objects.filter(workflow_tasks__task__in=inutiles, workflow_states=None).delete()
    inutiles.filter(workflow_tasks=None).delete()
    return circuit


@transaction.atomic
def proposer(*, page: Page, par: Utilisateur) -> WorkflowState:
    """Send the latest revision of a page to approval, or again after it was sent back."""
    etat = page.current_workflow_state
    if etat is None:
        return page.get_workflow().start(page, par)
    if etat.status == WorkflowState.STATUS_NEEDS_CHANGES:
        etat.resume(par)
    return etat


@transaction.atomic
def decider(*, etat: TaskState, par: Utilisateur, decision: str, version: str, commentaire: str) -> None:
    """Approve a proposal, which publishes it, or send it back.

    Args:
        etat: what waits.
        par: who decides.
        decision: `approve` or `reject`.
        version: that of the text that was shown (`version_de`); what was not read is not published.
        commentaire: a word for the author.

    Raises:
        DejaTraite: somebody answered, the author took the text back, or `par` no longer decides here.
        TexteChange: it was saved since.
    """
    etat = TaskState.objects.select_for_update().get(pk=etat.pk)
    if etat.status != TaskState.STATUS_IN_PROGRESS:
        raise DejaTraite
    page = retenir(cle=etat.workflow_state.object_id, version=version)
    if not decide(page, par):
        raise DejaTraite
    etat.task.specific.on_action(etat, par, decision, comment=commentaire)


@transaction.atomic
def retirer(*, etat: WorkflowState, par: Utilisateur) -> None:
    """Take a proposal back: it becomes a draft again.

    Raises:
        DejaTraite: somebody answered meanwhile.
    """
    # The step first, as `decider` does: two that lock in two orders wait for each other.
    TaskState.objects.select_for_update().filter(pk=etat.current_task_state_id).first()
    etat.refresh_from_db()
    if etat.status not in (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES):
        raise DejaTraite
    etat.cancel(user=par)
