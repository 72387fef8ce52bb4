"""Rights on pages: a post opens the subtree of its node, whatever the number of schools under it."""

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from etablissements.acces.models import Affectation
from etablissements.acces.perms import PUBLIENT, PUBLIENT_SANS_MODERATION, REDIGENT
from etablissements.acces.requetes import Portee

from ..models import PageAcademie, PageDirection, PageEtablissement
from ..models.langues import MARQUE
from .affectations import agents, moderees_de, portee_de

ECRIRE = ("add", "change")
PUBLIER = ("publish", "bulk_delete", "lock", "unlock")
_EXPLORER = frozenset({*ECRIRE, *PUBLIER})
_DERNIER = "Z" * Page.steplen  # the highest step that a path may take


def sous(page: Page) -> Q:
    """Return the condition under which a page is `page` or below it, written so that both databases use the index."""
    return Q(path__range=(page.path, page.path + _DERNIER))


def _parmi(pages: Iterable[Page]) -> Q:
    condition = Q(pk__in=())
    for page in pages:
        condition |= sous(page)
    return condition


class PolitiquePages(PagePermissionPolicy):
    """Wagtail's page policy, fed by assignments instead of groups.

    Each post yields the nodes of its scope: the homes of a school in every language, the page of a direction or of an
    academy, or the root of the tree. The rest of Wagtail reads them as if a group had been granted there.
    """

    def get_all_permissions_for_user(self, user: Any) -> list[GroupPagePermission]:
        """Return one synthetic row per node and action. They need a key to be compared, never a place in the base."""
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return []
        lignes: list[GroupPagePermission] = []
        redigees = portee_de(user, PUBLIENT_SANS_MODERATION)
        moderees = moderees_de(user)
        for actions, portee in (
            (ECRIRE + PUBLIER, portee_de(user, PUBLIENT)),
            (ECRIRE + PUBLIER, Portee(etablissements=redigees.etablissements - moderees)),
            (ECRIRE, Portee(etablissements=moderees)),
        ):
            for page in noeuds(portee):
                for action in actions:
                    ligne = GroupPagePermission(pk=-1 - len(lignes), page=page)
                    ligne.permission = Permission(codename=f"{action}_page")
                    lignes.append(ligne)
        return lignes

    def _racines(self, user: Any, actions: Collection[str]) -> list[Page]:
        """Return the nodes where this person may do one of `actions`, each once."""
        voulues = self._get_permission_codenames(actions)
        lignes = self.get_cached_permissions_for_user(user)
        return list({ligne.page_id: ligne.page for ligne in lignes if ligne.permission.codename in voulues}.values())

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> QuerySet[Page]:
        """Return the pages under the nodes, by ranges of paths."""
        tout = self._base_queryset_for_user(user)
        if tout is not None:
            return tout
        return self.model._default_manager.filter(_parmi(self._racines(user, actions)))

    def instances_with_direct_explore_permission(self, user: Any) -> Iterable[Page]:
        """Return the nodes from which the explorer starts: of a school's homes, the one in the source language."""
        if user.is_superuser:
            return super().instances_with_direct_explore_permission(user)
        racines = self._racines(user, _EXPLORER)
        source = Locale.objects.get_for_language(settings.LANGUAGE_CODE).pk if len(racines) > 1 else None
        return [racine for racine in racines if racine.locale_id == source] or racines

    def explorable_instances(self, user: Any) -> QuerySet[Page]:
        """Return the pages that the explorer shows: those under the nodes, and the way from their common ancestor."""
        tout = self._base_queryset_for_user(user)
        if tout is not None:
            return tout
        racine = self.explorable_root_instance(user)
        if racine is None:
            return self.model._default_manager.none()
        condition = _parmi(self._racines(user, _EXPLORER))
        for page in self.instances_with_direct_explore_permission(user):
            pas = range(len(racine.path), len(page.path), Page.steplen)
            condition |= Q(path__in=[page.path[:longueur] for longueur in pas])
        return self.model._default_manager.filter(condition)

    def users_with_any_permission(self, actions: Collection[str], include_superusers: bool = True) -> QuerySet[Any]:
        """Return who may do one of `actions` somewhere."""
        return agents(_roles(actions), superutilisateurs=include_superusers)

    def users_with_any_permission_for_instance(
        self, actions: Collection[str], instance: Page, include_superusers: bool = True
    ) -> QuerySet[Any]:
        """Return who may do one of `actions` on this page: the posts of its school and of the nodes above."""
        chemins = [instance.path[:longueur] for longueur in range(Page.steplen, len(instance.path) + 1, Page.steplen)]
        au_dessus = Q(path__in=chemins)
        portee = (
            Q(role=Affectation.Role.MINISTERE)
            | Q(etablissement__in=PageEtablissement.objects.filter(au_dessus).values("etablissement"))
            | Q(direction__in=PageDirection.objects.filter(au_dessus).values("direction"))
            | Q(academie__in=PageAcademie.objects.filter(au_dessus).values("academie"))
        )
        return agents(_roles(actions), portee, superutilisateurs=include_superusers)


def _roles(actions: Collection[str]) -> frozenset[str]:
    return REDIGENT if set(actions) & set(ECRIRE) else PUBLIENT


def noeuds(portee: Portee) -> list[Page]:
    """Return the pages at the top of what `portee` reaches, in every language: a node for each scope."""
    if portee.pays:
        return [Page.get_first_root_node()]
    condition = Q(pk__in=())
    for modele, champ, cles in (
        (PageEtablissement, "etablissement", portee.etablissements),
        (PageDirection, "direction", portee.directions),
        (PageAcademie, "academie", portee.academies),
    ):
        if cles:
            condition |= Q(pk__in=modele._default_manager.filter(**{f"{champ}__in": cles}).values("pk"))
    # What is under a node is not one: the home of a school in another language.
    trouves = Page.objects.filter(condition).exclude(slug__startswith=MARQUE)
    return list(trouves.order_by("path")) if portee else []
