"""The one task of the circuit of approval."""

from typing import Any

from django.db.models import IntegerField, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from portal.comptes.models import Utilisateur
from sites.models import PageDEcole, reglages_de


class AccordDeLaDirection(Task):
    """Who may publish a page approves it: the director of its school, and whoever is above.

    One task serves every school. A school that asks for no approval approves by itself, at once.
    """

    class Meta:
        verbose_name = _("accord de la direction de l'école")
        verbose_name_plural = _("accords de la direction de l'école")

    @classmethod
    def get_description(cls) -> Promise:
        """Say who decides."""
        return _("La direction de l'école donne son accord ; les écoles qui n'en demandent pas publient sans attendre.")

    def start(self, workflow_state: WorkflowState, user: Utilisateur | None = None) -> TaskState:
        """Ask for the approval, or give it where the school asks for none."""
        if accord_exige(workflow_state.content_object):
            return super().start(workflow_state, user=user)
        return TaskState.objects.create(
            workflow_state=workflow_state,
            revision=workflow_state.content_object.get_latest_revision(),
            task=self,
            status=TaskState.STATUS_APPROVED,
            finished_at=timezone.now(),
            finished_by=user,
        )

    def locked_for_user(self, obj: Page, user: Utilisateur) -> bool:
        """Nobody changes under the director's eyes what is being approved."""
        return not decide(obj, user)

    def get_actions(self, obj: Page, user: Utilisateur) -> list[tuple[str, Promise, bool]]:
        """Offer to approve, or to send back with a word."""
        if not decide(obj, user):
            return []
        return [("approve", _("Donner l'accord et publier"), False), ("reject", _("Renvoyer avec un mot"), True)]

    def get_task_states_user_can_moderate(self, user: Utilisateur, **kwargs: Any) -> QuerySet[TaskState]:
        """Return what waits on the pages that this person may publish: one query, whatever the number of schools."""
        return en_attente_pour(user).filter(task=self)


def en_attente_pour(personne: Utilisateur) -> QuerySet[TaskState]:
    """Return what waits for an approval on the pages that this person may publish.

    The circuits that wait have an index, the steps have none: all that was ever approved is behind them.
    """
    pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(personne, "publish")
    attente = TaskState.objects.filter(
        task__in=AccordDeLaDirection.objects.values("pk"),
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    )
    numeros = attente.annotate(page=Cast("workflow_state__object_id", IntegerField()))
    return TaskState.objects.filter(pk__in=numeros.filter(page__in=pages.values("pk")).values("pk"))


def accord_exige(page: Page) -> bool:
    """Whether what is proposed for this page waits for the director of its school."""
    precise = page.specific
    return isinstance(precise, PageDEcole) and reglages_de(precise.etablissement).moderation_exigee


def decide(page: Page, personne: Utilisateur) -> bool:
    """Whether this person approves what is proposed for this page."""
    return page.permissions_for_user(personne).can_publish()
