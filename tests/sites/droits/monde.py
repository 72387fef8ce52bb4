"""Two schools of one direction with everything that an admin may show. All that is B's carries `MARQUE`."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.documents import get_document_model
from wagtail.models import Comment, GroupApprovalTask, Locale, ModelLogEntry, Page, Workflow, WorkflowTask
from wagtail.models import UploadedFile as Depot
from wagtail_localize.models import Translation, TranslationSource

from etablissements.registre.models import Etablissement
from portal.comptes.models import Utilisateur
from sites.createur import creer_sites
from sites.models import PageActualite, PageActualites, PageDirection, PageEtablissement, ReglagesEcole
from tests.fabriques import creer_affectation, creer_etablissement, creer_utilisateur
from tests.fabriques.mediatheque import creer_image
from tests.fabriques.registre import TIZNIT

MARQUE = "zorglub"  # no word of ours, no word of Wagtail's
NOTRE = "mienne"


@dataclass
class Ecole:
    """A school and the keys of what belongs to it, by the name of the argument that takes them."""

    etablissement: Etablissement
    accueil: PageEtablissement
    actualites: PageActualites
    publiee: PageActualite
    brouillon: PageActualite
    directeur: Utilisateur
    redacteur: Utilisateur
    secretaire: Utilisateur
    cles: dict[str, list[Any]]


def creer_ecole(mot: str, direction: str = TIZNIT) -> Ecole:
    """A school of this direction whose every name, title, file and comment carries `mot`."""
    etablissement = creer_etablissement(nom_fr=f"LYCEE {mot.upper()}", nom_ar=f"ثانوية {mot}", direction=direction)
    list(creer_sites([etablissement]))
    accueil = PageEtablissement.objects.get(etablissement=etablissement)
    actualites = PageActualites.objects.child_of(accueil).get()

    agents = {
        role: creer_affectation(
            etablissement=etablissement,
            role=role,
            utilisateur=creer_utilisateur(first_name=role, last_name=mot, email=f"{role}@{mot}.invalid"),
        ).utilisateur
        for role in ("directeur", "redacteur", "secretaire")
    }
    directeur = agents["directeur"]
    image = creer_image(
        taille=(60, 40), title=f"image {mot}", proprietaire=etablissement.gresa, uploaded_by_user=directeur
    )
    document = get_document_model().objects.create(
        title=f"document {mot}",
        file=ContentFile(b"%PDF-1.7", f"{mot}.pdf"),
        proprietaire=etablissement.gresa,
        uploaded_by_user=directeur,
    )
    publiee, brouillon, prevue = (
        actualites.add_child(
            instance=PageActualite(
                title=f"{etat} {mot}",
                slug=f"{etat}-{mot}",
                chapo=f"chapo {mot}",
                live=etat == "publiee",
                owner=directeur,
                image=image,
                image_alt=f"alt {mot}",
                locale=actualites.locale,
                etablissement=etablissement,
            )
        )
        for etat in ("publiee", "brouillon", "prevue")
    )
    revision = publiee.save_revision(user=directeur, log_action=True)
    revision.publish(user=directeur)
    prevue.go_live_at = timezone.now() + timedelta(days=3)
    prevue.locked, prevue.locked_by, prevue.locked_at = True, directeur, timezone.now()
    prevue.save_revision(user=directeur, log_action=True, approved_go_live_at=prevue.go_live_at)
    prevue.save()
    commentaire = Comment.objects.create(
        page=publiee, user=directeur, text=f"commentaire {mot}", contentpath="title", revision_created=revision
    )
    flux = Workflow.objects.create(name=f"accord {mot}")
    tache = GroupApprovalTask.objects.create(name=f"tache {mot}")
    WorkflowTask.objects.create(workflow=flux, task=tache, sort_order=0)
    brouillon.save_revision(user=directeur, log_action=True)
    etat = flux.start(brouillon, agents["redacteur"])
    ModelLogEntry.objects.log_action(image, "wagtail.edit", user=directeur, title=f"image {mot}")
    depot = Depot.objects.create(
        for_content_type=ContentType.objects.get_for_model(image),
        file=ContentFile(b"x", f"{mot}.png"),
        uploaded_by_user=directeur,
    )
    session = EditingSession.objects.create(
        user=directeur,
        content_type=ContentType.objects.get_for_model(PageActualite),
        object_id=publiee.pk,
        last_seen_at=timezone.now(),
        is_editing=True,
    )
    source, _cree = TranslationSource.get_or_create_from_instance(publiee)
    traduction = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="fr"))
    ReglagesEcole.objects.create(etablissement=etablissement, courriel_contact=f"contact@{mot}.invalid", logo=image)
    pages = [page.pk for page in (publiee, accueil, brouillon, prevue, actualites)]
    cles = {
        "page_id": pages,
        "parent_page_id": [actualites.pk, accueil.pk],
        "page_to_move_id": pages[:3],
        "destination_id": [actualites.pk, accueil.pk],
        "page_pk": pages[:1],
        "image_id": [image.pk],
        "document_id": [document.pk],
        "doc_id": [document.pk],
        "uploaded_file_id": [depot.pk],
        "revision_id": [revision.pk],
        "revision_id_a": [revision.pk],
        "revision_id_b": [publiee.latest_revision_id],
        "task_state_id": [etat.current_task_state.pk],
        "workflow_state_id": [etat.pk],
        "workflow_pk": [flux.pk],
        "task_id": [tache.pk],
        "session_id": [session.pk],
        "object_id": [publiee.pk],
        "translation_source_id": [source.pk],
        "translation_id": [traduction.pk],
        "comment_id": [commentaire.pk],
        "gresa": [etablissement.gresa.lower()],
        "racine": [etablissement.slug_public],
        "user_id": [directeur.pk],
    }
    return Ecole(etablissement, accueil, actualites, publiee, brouillon, **agents, cles=cles)


def poste_de_direction(ecole: Ecole) -> Utilisateur:
    """The communicator of the direction of this school."""
    return creer_affectation(role="communicateur", direction=ecole.etablissement.direction).utilisateur


def page_de_direction(ecole: Ecole) -> Page:
    """The node of the direction of this school."""
    return PageDirection.objects.filter(direction=ecole.etablissement.direction).order_by("path").first()
