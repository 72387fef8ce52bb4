"""Rights on images and documents: each belongs to a school, a direction, an academy or the ministry."""

from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Collection as Dossier
from wagtail.models import ReferenceIndex
from wagtail.permission_policies.base import BasePermissionPolicy

from etablissements.acces.models import Affectation
from etablissements.acces.perms import PUBLIENT, REDIGENT
from etablissements.acces.requetes import Portee, postes_de
from etablissements.registre.models import Etablissement

from .affectations import agents, moderees_de, portee_de

_SANS_TOUCHER = frozenset({"add", "choose"})  # what changes nothing that readers see


def possedes(portee: Portee) -> Q:
    """Return the condition under which a file belongs to what `portee` reaches."""
    if portee.pays:
        return Q()
    condition = Q(pk__in=())
    if codes := portee.directions | portee.academies:
        condition |= Q(proprietaire__in=codes)
    if portee:
        condition |= Q(proprietaire__in=portee.ecoles().values("gresa"))
    return condition


class PolitiqueMedias(BasePermissionPolicy):
    """Images or documents. Who writes pages adds, changes and chooses the files of the same scope, and no others.

    Where the director approves, an editor changes or deletes no file that a page or the settings show: another photo
    under the same text would be published unseen.

    There is one collection for all: a collection per school would slow every chooser down.
    """

    permission_cache_name = "_portail_medias"

    def get_all_permissions_for_user(self, user: Any) -> Portee:
        """Return the scope of this person instead of rows of permissions."""
        return portee_de(user, REDIGENT)

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whoever writes pages somewhere has files."""
        if user.is_active and user.is_superuser:
            return True
        return bool(self.get_cached_permissions_for_user(user))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        """Ask the database, which knows the scope."""
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Collection[str], instance: Model) -> bool:
        """Ask the database once."""
        return self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> QuerySet[Any]:
        """Return the files of the scope."""
        tous = self.model._default_manager.all()
        if user.is_active and user.is_superuser:
            return tous
        portee = self.get_cached_permissions_for_user(user)
        if not portee:
            return tous.none()
        fichiers = tous.filter(possedes(portee))
        if set(actions) & _SANS_TOUCHER or not (moderees := moderees_de(user)):
            return fichiers
        codes = Etablissement.objects.filter(pk__in=moderees).values("gresa")
        return fichiers.exclude(
            Q(proprietaire__in=codes) & self._montres() & ~possedes(portee_de(user, PUBLIENT)),
        )

    def _montres(self) -> Exists:
        """Return the condition under which something refers to a file."""
        genre = ContentType.objects.get_for_model(self.model)
        vers = ReferenceIndex.objects.filter(to_content_type=genre)
        return Exists(vers.filter(to_object_id=Cast(OuterRef("pk"), CharField())))

    def users_with_any_permission(self, actions: Collection[str]) -> QuerySet[Any]:
        """Return who has files."""
        return agents(REDIGENT)

    def users_with_any_permission_for_instance(self, actions: Collection[str], instance: Any) -> QuerySet[Any]:
        """Return whose scope holds this file."""
        code = instance.proprietaire
        ecoles = Etablissement.objects.filter(gresa=code)
        portee = (
            Q(role=Affectation.Role.MINISTERE)
            | Q(direction=code)
            | Q(academie=code)
            | Q(academie__directions=code)
            | Q(etablissement__gresa=code)
            | Q(direction__in=ecoles.values("direction"))
            | Q(academie__in=ecoles.values("direction__academie"))
        )
        return agents(REDIGENT, portee)

    def collections_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> QuerySet[Dossier]:
        """Return the one collection: forms hide the field."""
        if not self.user_has_any_permission(user, actions):
            return Dossier.objects.none()
        return Dossier.objects.filter(depth=1)

    def collections_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Dossier]:
        """Return the one collection."""
        return self.collections_user_has_any_permission_for(user, [action])


def attribuer(sender: type[Model], instance: Any, **_: Any) -> None:
    """Give a new upload to the first post of whoever uploads it: their school, else their direction or academy."""
    if not instance._state.adding or instance.proprietaire or not instance.uploaded_by_user:
        return
    for poste in postes_de(instance.uploaded_by_user):
        if poste.role in REDIGENT:
            instance.proprietaire = (
                poste.etablissement.gresa if poste.etablissement else poste.direction_id or poste.academie_id or ""
            )
            return
