"""The circuit of approval: one for the country, at the root of the tree, made after each migration, never twice."""

from typing import Any

from django.db import transaction
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from portal.comptes.models import Utilisateur
from portal.ministere.accueil import assurer_accueil

from .models import AccordDeLaDirection

NOM = "موافقة إدارة المؤسسة · Accord de la direction de l'école"


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
