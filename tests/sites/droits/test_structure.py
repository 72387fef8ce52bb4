"""The pages that hold the tree come from the registry: the staff writes in them and takes none away."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction, MoveBulkAction, UnpublishBulkAction
from wagtail.models import Page

from portal.ministere.models import PageMinistere
from portal.socle.structure import PageDeStructure
from sites.createur import Fait, creer_sites
from sites.models import PageAcademie, PageActualites, PageDirection, PageEtablissement, PageEtablissements
from tests.fabriques import creer_affectation, creer_utilisateur

from .monde import MARQUE, NOTRE, creer_ecole, poste_de_direction

pytestmark = pytest.mark.django_db
STRUCTURE = (PageMinistere, PageEtablissements, PageAcademie, PageDirection, PageEtablissement)
ROLES = ("directeur", "redacteur", "communicateur", "ministere")


@pytest.fixture
def ecoles(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return creer_ecole(NOTRE), creer_ecole(MARQUE)


def agent(role: str, ecole):
    if role == "communicateur":
        return poste_de_direction(ecole)
    if role == "ministere":
        return creer_affectation(role="ministere").utilisateur
    return getattr(ecole, role)


def structure(ecole) -> list[Page]:
    """The home of the school and every page above it."""
    pages = Page.objects.filter(depth__gt=1).ancestor_of(ecole.accueil, inclusive=True).specific()
    assert {type(page) for page in pages} == set(STRUCTURE)
    return list(pages)


def test_rien_de_la_structure_ne_se_cree_dans_l_administration() -> None:
    modeles = {modele for modele in STRUCTURE if issubclass(modele, PageDeStructure) and not modele.is_creatable}
    assert modeles == set(STRUCTURE)
    assert PageActualites.is_creatable


@pytest.mark.parametrize("role", ROLES)
def test_nul_agent_ne_defait_l_arbre(role: str, ecoles, client: Client) -> None:
    mienne, autre = ecoles
    personne = agent(role, mienne)
    client.force_login(personne)
    avant = set(Page.objects.values_list("pk", "path", "live", "slug"))
    for page in structure(mienne):
        for vue in (page, Page.objects.get(pk=page.pk)):
            droits = vue.permissions_for_user(personne)
            assert not (droits.can_delete())
            assert not (droits.can_move())
            assert not (droits.can_unpublish())
            assert not (droits.can_copy())
        cle, parent = page.pk, page.get_parent().pk
        destination = autre.accueil.get_parent().pk
        for vue, arguments in (("delete", [cle]), ("unpublish", [cle]), ("copy", [cle]), ("move", [cle])):
            adresse = reverse(f"wagtailadmin_pages:{vue}", args=arguments)
            formulaire = {"new_title": "x", "new_slug": "x", "new_parent_page": destination, "publish_copies": "on"}
            assert client.post(adresse, formulaire).status_code in {302, 403, 404}
        client.post(reverse("wagtailadmin_pages:move_confirm", args=[cle, destination]))
        ajout = reverse("wagtailadmin_pages:add", args=[page._meta.app_label, page._meta.model_name, parent])
        assert client.post(ajout, {"title": "x", "slug": "x"}).status_code in {302, 403, 404}
        for action in ("delete", "move", "unpublish"):
            lot = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
            reponse = client.post(f"{lot}?id={cle}", {"confirm": "on", "chooser": destination})
            assert reponse.status_code == 404
    assert set(Page.objects.values_list("pk", "path", "live", "slug")) == avant


@pytest.mark.parametrize("role", ROLES)
def test_les_actions_groupees_refusent_aussi_derriere_leur_porte(role: str, ecoles) -> None:
    """The door is shut before them; were it opened, the policy would still hold."""
    mienne, _autre = ecoles
    pages = structure(mienne)
    requete = RequestFactory().get("/", {"id": [page.pk for page in pages]})
    requete.user = agent(role, mienne)
    for action in (DeleteBulkAction, MoveBulkAction, UnpublishBulkAction):
        permises, refus = action(requete, Page).get_actionable_objects()
        assert permises == []
        assert sum(map(len, refus.values())) == len(pages)


def test_la_date_de_retrait_ni_l_adresse_ne_sont_dans_le_formulaire(ecoles, client: Client) -> None:
    mienne, _autre = ecoles
    client.force_login(mienne.directeur)
    page = mienne.accueil
    champs = {"title": "Lycée d'essai", "slug": "ailleurs", "expire_at": "2020-01-01 00:00", "presentation-count": "0"}
    commentaires = {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    adresse = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.post(adresse, {**champs, **commentaires, "action-publish": "1"}).status_code == 302
    apres = PageEtablissement.objects.get(pk=page.pk)
    assert (apres.title, apres.slug, apres.expire_at, apres.live) == ("Lycée d'essai", page.slug, None, True)


def test_le_directeur_ecrit_chez_lui_et_ordonne_ses_rubriques(ecoles) -> None:
    mienne, autre = ecoles
    droits = mienne.accueil.permissions_for_user(mienne.directeur)
    assert droits.can_edit()
    assert droits.can_publish()
    assert droits.can_add_subpage()
    assert droits.can_reorder_children()
    direction = mienne.accueil.get_parent().specific.permissions_for_user(poste_de_direction(mienne))
    assert direction.can_edit()
    assert direction.can_publish()
    assert not direction.can_add_subpage()
    assert not direction.can_reorder_children()
    assert not autre.accueil.permissions_for_user(mienne.directeur).can_edit()


def test_le_registre_ouvre_et_le_superutilisateur_repare(ecoles) -> None:
    """The right actors: the registry, through `creer_sites`, and the account that repairs."""
    mienne, _autre = ecoles
    superutilisateur = creer_utilisateur(is_superuser=True)
    droits = mienne.accueil.permissions_for_user(superutilisateur)
    assert droits.can_delete()
    assert droits.can_unpublish()
    assert not droits.can_copy_to(mienne.accueil.get_parent())
    mienne.etablissement.nom_fr = "LYCEE RENOMME"
    mienne.etablissement.save()
    assert [fait for _ecole, fait in creer_sites([mienne.etablissement])] == [Fait.RENOMME]
