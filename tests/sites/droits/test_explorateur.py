"""The explorer costs the same whatever the number of pages it lists."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from sites.createur import creer_sites
from sites.models import PageActualite, PageActualites, PageDirection, PageEtablissement
from tests.fabriques import creer_affectation, creer_etablissement, creer_utilisateur

pytestmark = pytest.mark.django_db
PEU, BEAUCOUP = 5, 20


def ouvrir(client: Client, page: Page) -> tuple[int, str]:
    """The queries of a listing, once what a process remembers is remembered, and its content."""
    adresse = reverse("wagtailadmin_explore", args=[page.pk])
    client.get(adresse)
    with CaptureQueriesContext(connection) as requetes:
        reponse = client.get(adresse)
    assert reponse.status_code == 200
    return len(requetes), reponse.content.decode()


def lignes(contenu: str) -> int:
    return contenu.count("data-listing-page-title")


@pytest.mark.parametrize("role", ["superutilisateur", "communicateur", "ministere"])
def test_une_direction_de_vingt_ecoles_ne_coute_pas_plus_que_de_cinq(role: str, client: Client) -> None:
    ecoles = [creer_etablissement() for _ in range(PEU)]
    list(creer_sites(ecoles))
    direction = PageDirection.objects.filter(direction=ecoles[0].direction).order_by("path").first()
    personne = {
        "superutilisateur": lambda: creer_utilisateur(is_superuser=True),
        "communicateur": lambda: creer_affectation(role=role, direction=ecoles[0].direction).utilisateur,
        "ministere": lambda: creer_affectation(role=role).utilisateur,
    }[role]()
    client.force_login(personne)
    peu, contenu = ouvrir(client, direction)
    assert lignes(contenu) == PEU
    list(creer_sites([creer_etablissement() for _ in range(BEAUCOUP - PEU)]))
    beaucoup, contenu = ouvrir(client, direction)
    assert lignes(contenu) == BEAUCOUP
    assert beaucoup == peu
    assert len(contenu.encode()) < 200_000


@pytest.mark.parametrize("role", ["superutilisateur", "directeur", "redacteur"])
def test_vingt_actualites_ne_coutent_pas_plus_que_cinq(role: str, client: Client) -> None:
    mienne, autre = creer_etablissement(), creer_etablissement()
    list(creer_sites([mienne, autre]))
    parent = PageActualites.objects.get(etablissement=mienne)
    personne = creer_utilisateur(is_superuser=role == "superutilisateur")
    if role != "superutilisateur":
        creer_affectation(etablissement=mienne, role=role, utilisateur=personne)
    client.force_login(personne)

    def ecrire(combien: int) -> None:
        for rang in range(combien):
            page = PageActualite(title=f"nouvelle {rang}", locale=parent.locale, live=bool(rang % 2))
            parent.add_child(instance=page).save_revision(user=personne)

    ecrire(PEU)
    peu, contenu = ouvrir(client, parent)
    assert lignes(contenu) == PEU
    ecrire(BEAUCOUP - PEU)
    beaucoup, contenu = ouvrir(client, parent)
    assert lignes(contenu) == BEAUCOUP
    assert beaucoup == peu


def test_une_rubrique_vide_s_ouvre_pour_y_ecrire(client: Client) -> None:
    """The rows have no "add" button: the way to the first news goes through the listing of the section."""
    mienne, autre = creer_etablissement(), creer_etablissement()
    list(creer_sites([mienne, autre]))
    client.force_login(creer_affectation(etablissement=mienne).utilisateur)
    rubrique = PageActualites.objects.get(etablissement=mienne)
    _nombre, contenu = ouvrir(client, PageEtablissement.objects.get(etablissement=mienne))
    assert reverse("wagtailadmin_explore", args=[rubrique.pk]) in contenu
    assert reverse("wagtailadmin_pages:edit", args=[rubrique.pk]) in contenu
    _nombre, contenu = ouvrir(client, rubrique)
    assert reverse("wagtailadmin_pages:add", args=["portail_sites", "pageactualite", rubrique.pk]) in contenu or (
        reverse("wagtailadmin_pages:add_subpage", args=[rubrique.pk]) in contenu
    )
