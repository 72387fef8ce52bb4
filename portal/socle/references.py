"""A form may point only to the pages, images and documents that whoever fills it may choose."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db.models import Model
from django.forms import BaseModelForm, ModelChoiceField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .redaction import CHIFFRES_D_UNE_CLE


def _genre(modele: type[Model]) -> type[Model] | None:
    """Return which of the three guarded models this one is, None for any other."""
    return next((g for g in (Page, get_image_model(), get_document_model()) if issubclass(modele, g)), None)


def _references(formulaire: BaseModelForm, *, envoyees: bool) -> Iterator[tuple[type[Model], str]]:
    """Yield what each field points to, in what was sent or in the object as it stands."""
    for nom, champ in formulaire.fields.items():
        if isinstance(champ, ModelChoiceField):
            valeur = formulaire[nom].data if envoyees else getattr(formulaire.instance, f"{nom}_id", None)
            if valeur and (genre := _genre(champ.queryset.model)):
                yield genre, str(valeur)
            continue
        try:
            colonne = formulaire._meta.model._meta.get_field(nom)
        except FieldDoesNotExist:
            continue
        valeur = formulaire[nom].data if envoyees else getattr(formulaire.instance, nom)
        if valeur and hasattr(colonne, "extract_references"):
            for modele, cle, *_chemin in colonne.extract_references(valeur):
                if genre := _genre(modele):
                    yield genre, str(cle)


def choisissables(modele: type[Model], utilisateur: Any) -> Any:
    """Return the pages, images or documents that this person may choose."""
    politique = policy_registry.get_by_type(modele)
    if modele is Page:
        return politique.explorable_instances(utilisateur)
    return politique.instances_user_has_any_permission_for(utilisateur, ["choose"])


class ReferencesPermises:
    """For a form that knows its user (`for_user`): a key that its choosers do not offer is refused.

    A field of the form would accept any key of the table, and showing the form again would show the title of what the
    key names. What the object pointed to before may stay.
    """

    def full_clean(self) -> None:
        """Refuse before anything is validated or shown. Raises `PermissionDenied`."""
        utilisateur = getattr(self, "for_user", None)
        if self.is_bound and utilisateur is not None and not utilisateur.is_superuser:  # type: ignore[attr-defined]
            enfants = [enfant for groupe in getattr(self, "formsets", {}).values() for enfant in groupe.forms]
            for formulaire in (self, *enfants):
                self._verifier(formulaire, utilisateur)  # type: ignore[arg-type]
        super().full_clean()  # type: ignore[misc]

    @staticmethod
    def _verifier(formulaire: BaseModelForm, utilisateur: Any) -> None:
        nouvelles = set(_references(formulaire, envoyees=True))
        if nouvelles:
            nouvelles -= set(_references(formulaire, envoyees=False))
        for modele in {modele for modele, _cle in nouvelles}:
            cles = {cle for voulu, cle in nouvelles if voulu is modele}
            cherchables = [cle for cle in cles if cle.isdecimal() and len(cle) <= CHIFFRES_D_UNE_CLE]
            if choisissables(modele, utilisateur).filter(pk__in=cherchables).count() < len(cles):
                raise PermissionDenied


class FormulairePage(ReferencesPermises, WagtailAdminPageForm):
    """The form of every page of the portal."""
