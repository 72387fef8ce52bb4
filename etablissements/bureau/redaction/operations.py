"""Writing an item: the page, its photo, its revision, its journal and its publication, whole or not at all."""

import uuid
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.core.files.storage import Storage
from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.actions.create import CreateAction
from wagtail.actions.create_page import CreatePageAction
from wagtail.actions.edit_page import EditPageAction
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.permissions import policy_registry

from portal.comptes.models import Utilisateur
from sites.nommage import nom_libre

from ..moderation.circuit import proposer
from ..versions import retenir, version_de
from .depots import retirer
from .forms import FormulaireActualite, FormulaireCourt


class Geste(StrEnum):
    """What somebody asks for with a text."""

    PUBLIER = "publier"
    PROPOSER = "proposer"
    BROUILLON = "brouillon"


class PhotoRefusee(Exception):
    """Wagtail's own form refused the photo.

    Attributes:
        raisons: why, for the person who sent it.
    """

    def __init__(self, raisons: list[str | Promise]) -> None:
        super().__init__(*raisons)
        self.raisons = raisons


class TexteVerrouille(Exception):
    """The text waits for somebody else's answer: it cannot be changed.

    Attributes:
        page: the page that waits.
    """

    def __init__(self, page: Page) -> None:
        super().__init__(page.pk)
        self.page = page


def cle_de_creation(*, utilisateur: Utilisateur, jeton: uuid.UUID) -> uuid.UUID:
    """Return the key of the page that this form creates: a form sent twice makes one page.

    It is derived from the author, so that nobody can aim at the key of a page that exists.
    """
    return uuid.uuid5(jeton, f"{utilisateur.pk}")


def creer(*, utilisateur: Utilisateur, parent: Page, formulaire: FormulaireCourt, geste: Geste) -> Page:
    """Create a page below `parent` out of a valid form. A form sent twice makes one page, and changes it if it changed.

    Args:
        utilisateur: who writes; Wagtail's permissions are checked for them.
        parent: where.
        formulaire: valid, on an unsaved page whose `translation_key` comes from `cle_de_creation`.
        geste: what is to be done with the text.

    Raises:
        PermissionDenied: the person may not write, or publish, here.
        PhotoRefusee: the photo breaks a rule of the image library.
        TexteVerrouille: the page was made by this form, which comes back changed, and waits for an approval.
    """
    page = formulaire.instance
    page.owner = utilisateur
    deja = type(page).objects.child_of(parent).filter(translation_key=page.translation_key)
    if existante := deja.first():
        return _reprendre(utilisateur=utilisateur, page=existante, formulaire=formulaire, geste=geste)
    page.slug = nom_libre(parent=parent, titre=page.title)
    try:
        return _executer(
            CreatePageAction(
                page,
                parent,
                utilisateur,
                form=formulaire,
                publish=geste is Geste.PUBLIER,
                clean=geste is not Geste.BROUILLON,
            ),
            geste,
        )
    except IntegrityError:
        if existante := deja.first():
            return existante
        raise


def _reprendre(*, utilisateur: Utilisateur, page: Page, formulaire: FormulaireCourt, geste: Geste) -> Page:
    """Give its page to a form that comes again: as it is after two taps, changed after a step back in the browser."""
    derniere = page.get_latest_revision_as_object()
    faite = geste is Geste.BROUILLON or page.workflow_in_progress or (page.live and not page.has_unpublished_changes)
    if faite and formulaire.dit_la_meme_chose(derniere):
        return page
    verrou = derniere.get_lock()
    if verrou and verrou.for_user(utilisateur):
        raise TexteVerrouille(page)
    return modifier(
        utilisateur=utilisateur, formulaire=formulaire.sur(derniere), geste=geste, version=version_de(derniere)
    )


@transaction.atomic
def modifier(*, utilisateur: Utilisateur, formulaire: FormulaireCourt, geste: Geste, version: str) -> Page:
    """Change a page out of a valid form on its latest revision.

    Args:
        utilisateur: who writes; Wagtail's permissions are checked for them.
        formulaire: valid.
        geste: what is to be done with the text.
        version: that of the text that the form showed (`version_de`).

    Raises:
        TexteChange: it is not the latest any more. Nothing was written.
        PermissionDenied: the person may not change, or publish, this page.
        PhotoRefusee: the photo breaks a rule of the image library.
    """
    retenir(cle=formulaire.instance.pk, version=version)
    return _executer(
        EditPageAction(
            formulaire.instance,
            utilisateur,
            form=formulaire,
            publish=geste is Geste.PUBLIER,
            clean=geste is not Geste.BROUILLON,
        ),
        geste,
    )


def _executer(action: CreatePageAction | EditPageAction, geste: Geste) -> Page:
    """Run the action, save the photo and propose the text in one transaction.

    A file already written goes with it when it fails.
    """
    ecrits: list[tuple[Storage, str]] = []
    try:
        with transaction.atomic():
            action.check()
            if action.form.a_une_photo:
                action.instance.image = _enregistrer_photo(action.form, action.user, ecrits)
            page = action.execute()
            if geste is Geste.PROPOSER:
                proposer(page=page, par=action.user)
            if action.form.depot:
                transaction.on_commit(lambda: retirer(action.form.depot))
            return page
    except BaseException:
        for stockage, nom in ecrits:
            stockage.delete(nom)
        raise


def _enregistrer_photo(
    formulaire: FormulaireActualite, auteur: Utilisateur, ecrits: list[tuple[Storage, str]]
) -> AbstractImage:
    regles = policy_registry.get_by_type(get_image_model())
    collection = regles.collections_user_has_permission_for(auteur, "add").first()
    if collection is None:
        raise PermissionDenied(_("Vous ne pouvez pas ajouter de photo."))
    with formulaire.nouvelle_photo() as fichier:
        image = formulaire.formulaire_d_image(fichier, collection.pk)
        if not image.is_valid():
            raise PhotoRefusee([raison for raisons in image.errors.values() for raison in raisons])
        creee = CreateAction(image.instance, auteur, form=image).execute()
    ecrits.append((creee.file.storage, creee.file.name))
    return creee
