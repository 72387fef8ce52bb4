"""The doors of the admin: a route of Wagtail is closed to the staff unless it is listed here.

Wagtail's admin has some two hundred routes and each version brings more. Those that show every user, tag, image or page
of the country are not listed; a new one stays shut until somebody has read it.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, ResolverMatch, resolve
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, TaskState
from wagtail.permissions import policy_registry

# Says whether an argument names something of whoever asks: the person, the argument, all the arguments of the route.
Preuve = Callable[[Any, Any, dict[str, Any]], bool]

# Our own views resolve who asks, and in which scope.
NOS_PAQUETS = ("etablissements.", "sites.", "portal.")

# No argument names a page or a file.
SIMPLES = frozenset(
    {
        "wagtailadmin_home",
        "wagtailadmin_account",
        "wagtailadmin_logout",
        "wagtailadmin_login",
        "wagtailadmin_dismissibles",
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_block_preview",
        "wagtailadmin_explore_root",
        "wagtailadmin_pages:search",
        "wagtailadmin_pages:search_results",
        "wagtailadmin_choose_page",
        "wagtailadmin_choose_page_search",
        "wagtailadmin_choose_page_chosen_multiple",
        "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_phone_link",
        "wagtailadmin_choose_page_anchor_link",
        "wagtailadmin_api:pages:listing",
        "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release",
        "wagtailimages:index",
        "wagtailimages:index_results",
        "wagtailimages:add",
        "wagtailimages:add_multiple",
        "wagtailimages:create_multiple_from_uploaded_image",
        "wagtailimages:delete_upload_multiple",
        "wagtailimages_chooser:choose",
        "wagtailimages_chooser:choose_results",
        "wagtailimages_chooser:chosen_multiple",
        "wagtailimages_chooser:create",
        "wagtaildocs:index",
        "wagtaildocs:index_results",
        "wagtaildocs:add",
        "wagtaildocs:add_multiple",
        "wagtaildocs:create_multiple_from_uploaded_document",
        "wagtaildocs:delete_upload_multiple",
        "wagtaildocs_chooser:choose",
        "wagtaildocs_chooser:choose_results",
        "wagtaildocs_chooser:chosen_multiple",
        "wagtaildocs_chooser:create",
    }
)

# The arguments of each door that name a page or a file of whoever asks.
_PAGE = ("page_id",)
GARDEES: dict[str, tuple[str, ...]] = {
    "wagtailadmin_explore": ("parent_page_id",),
    "wagtailadmin_explore_results": ("parent_page_id",),
    "wagtailadmin_choose_page_child": ("parent_page_id",),
    "wagtailadmin_api:pages:detail": ("pk",),
    "wagtailadmin_pages:add": ("parent_page_id",),
    "wagtailadmin_pages:preview_on_add": ("parent_page_id",),
    "wagtailadmin_pages:add_subpage": ("parent_page_id",),
    "wagtailadmin_pages:move": ("page_to_move_id",),
    "wagtailadmin_pages:move_confirm": ("page_to_move_id", "destination_id"),
    "wagtailadmin_pages:set_page_position": ("page_to_move_id",),
    "wagtailadmin_pages:revisions_compare": ("pk",),
    **dict.fromkeys(
        (
            f"wagtailadmin_pages:{nom}"
            for nom in (
                "edit",
                "preview_on_edit",
                "view_draft",
                "delete",
                "unpublish",
                "copy",
                "lock",
                "unlock",
                "history",
                "history_results",
                "revisions_index",
                "revisions_view",
                "revisions_revert",
                "revisions_unschedule",
                "confirm_workflow_cancellation",
                "workflow_history",
                "workflow_history_detail",
                "usage",
            )
        ),
        _PAGE,
    ),
    "wagtailadmin_pages:workflow_preview": ("page_id", "task_id"),
    "wagtailadmin_pages:workflow_action": ("page_id", "task_state_id"),
    "wagtailadmin_pages:collect_workflow_action_data": ("page_id", "task_state_id"),
    "wagtailimages:edit": ("image_id",),
    "wagtailimages:edit_multiple": ("image_id",),
    "wagtailimages:delete": ("image_id",),
    "wagtailimages:delete_multiple": ("image_id",),
    "wagtailimages:preview": ("image_id",),
    "wagtailimages:image_usage": ("image_id",),
    "wagtailimages_chooser:select_format": ("image_id",),
    "wagtailimages_chooser:chosen": ("pk",),
    "wagtaildocs:edit": ("document_id",),
    "wagtaildocs:edit_multiple": ("doc_id",),
    "wagtaildocs:delete": ("document_id",),
    "wagtaildocs:delete_multiple": ("doc_id",),
    "wagtaildocs:document_usage": ("document_id",),
    "wagtaildocs_chooser:chosen": ("pk",),
}


# Shut to superusers as well: these read every page of the country before they show a line.
FERMEES = frozenset(
    f"wagtailadmin_reports:{rapport}{suite}"
    for rapport in ("aging_pages", "page_types_usage")
    for suite in ("", "_results")
)
# And every screen of a way to translate that the portal does not use: it would give a school a second home (ADR 21).
ESPACE_FERME = "wagtail_localize"


def est_fermee(route: ResolverMatch) -> bool:
    """Whether this door is shut to everybody."""
    return route.namespace == ESPACE_FERME or route.view_name in FERMEES


def mene_a_une_porte_fermee(adresse: str) -> bool:
    """Whether an address of the portal, or another, is that of a door which is shut to everybody."""
    try:
        return est_fermee(resolve(urlsplit(adresse).path))
    except Resolver404:
        return False


def page_visible(utilisateur: Any, cle: Any, arguments: dict[str, Any]) -> bool:
    """Whether the explorer shows this page to whoever asks."""
    return policy_registry.get_by_type(Page).explorable_instances(utilisateur).filter(pk=cle).exists()


def _fichier(modele: Any) -> Preuve:
    def visible(utilisateur: Any, cle: Any, arguments: dict[str, Any]) -> bool:
        politique = policy_registry.get_by_type(modele)
        fichiers = politique.instances_user_has_any_permission_for(utilisateur, ["change", "choose"])
        return str(cle).isdecimal() and fichiers.filter(pk=cle).exists()

    return visible


def _etape_de_la_page(champ: str) -> Preuve:
    """Whether a step, or its task, is one where this very page waited."""

    def visible(utilisateur: Any, cle: Any, arguments: dict[str, Any]) -> bool:
        etapes = TaskState.objects.filter(workflow_state__object_id=str(arguments["page_id"]))
        return etapes.filter(**{champ: cle}).exists()

    return visible


_image, _document = _fichier(get_image_model()), _fichier(get_document_model())
# What proves that an argument names something of whoever asks; `pk` says nothing by itself.
PREUVES: dict[str, Preuve] = {
    "page_id": page_visible,
    "parent_page_id": page_visible,
    "page_to_move_id": page_visible,
    "destination_id": page_visible,
    "task_state_id": _etape_de_la_page("pk"),
    "task_id": _etape_de_la_page("task"),
    "image_id": _image,
    "document_id": _document,
    "doc_id": _document,
    "wagtailadmin_api:pages:detail pk": page_visible,
    "wagtailadmin_pages:revisions_compare pk": page_visible,
    "wagtailimages_chooser:chosen pk": _image,
    "wagtaildocs_chooser:chosen pk": _document,
}


def est_ouverte(route: ResolverMatch, utilisateur: Any) -> bool:
    """Whether this person may knock at this door, with these arguments."""
    if route.func.__module__.startswith(NOS_PAQUETS):
        return True
    nom = route.view_name
    if nom in SIMPLES:
        return True
    if nom not in GARDEES:
        return False
    return all(
        PREUVES.get(argument, PREUVES.get(f"{nom} {argument}"))(utilisateur, route.kwargs[argument], route.kwargs)  # type: ignore[misc]
        for argument in GARDEES[nom]
    )
