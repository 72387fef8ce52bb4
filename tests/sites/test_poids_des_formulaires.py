"""What the forms of a school's pages weigh: bytes do not depend on the machine, so a budget in bytes is a test."""

import json
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from portal.socle.blocs.echantillons import Bibliotheque, echantillon
from sites.createur import Createur
from sites.models import PageDEcole, PageEtablissement
from tests.fabriques import creer_affectation, creer_etablissement, creer_utilisateur
from tests.fabriques.mediatheque import creer_document_public, creer_image
from tests.fabriques.pages import creer_site_complet

pytestmark = pytest.mark.django_db
# The back office allows 200 kB; the rest is for longer texts than these. A superuser's menu is longer.
BUDGETS = {"directeur": 180_000, "superutilisateur": 190_000}
LANGUES = ("ar", "fr")
GENRES = [modele for modele in apps.get_models() if issubclass(modele, PageDEcole)]


@pytest.fixture(autouse=True)
def medias(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def creations(accueil: Page) -> Iterator[tuple[str, str]]:
    """Every form that creates a page in a school whose site is as it was born, by kind of page."""
    for parent in accueil.get_descendants(inclusive=True).specific():
        for modele in parent.creatable_subpage_models():
            if not modele.can_create_at(parent):
                continue
            arguments = (modele._meta.app_label, modele._meta.model_name, parent.pk)
            yield modele.__name__, reverse("wagtailadmin_pages:add", args=arguments)


def modifications(accueil: Page) -> Iterator[tuple[str, str]]:
    """The form of one page of every kind, its body full of every block."""
    bibliotheque = Bibliotheque(creer_image().pk, creer_document_public().pk, accueil.pk)
    vues = set()
    for page in accueil.get_descendants(inclusive=True).specific():
        if type(page) in vues:
            continue
        vues.add(type(page))
        for champ in ("corps", "presentation"):
            if hasattr(page, champ):
                setattr(page, champ, json.dumps(echantillon("ar", bibliotheque)))
        page.save_revision()
        yield type(page).__name__, reverse("wagtailadmin_pages:edit", args=[page.pk])


def peser(client: Client, adresses: Iterator[tuple[str, str]]) -> dict[str, int]:
    poids = {}
    for nom, adresse in adresses:
        reponse = client.get(adresse)
        assert reponse.status_code == 200, (nom, reponse.status_code)
        poids[nom] = len(reponse.content)
    return poids


@pytest.mark.parametrize("langue", LANGUES)
@pytest.mark.parametrize("role", BUDGETS)
def test_aucun_formulaire_de_page_ne_pese_trop(role: str, langue: str) -> None:
    neuve, remplie = creer_etablissement(), creer_etablissement()
    personne = creer_utilisateur(is_superuser=role == "superutilisateur")
    for ecole in (neuve, remplie):
        creer_affectation(etablissement=ecole, utilisateur=personne)
    Createur().creer(neuve)
    creer_site_complet(remplie)
    client = Client()
    client.force_login(personne)
    with translation.override(langue):
        crees = peser(client, creations(PageEtablissement.objects.get(etablissement=neuve)))
        modifies = peser(client, modifications(PageEtablissement.objects.get(etablissement=remplie)))
    assert set(crees) | set(modifies) == {modele.__name__ for modele in GENRES}
    trop = {nom: octets for poids in (crees, modifies) for nom, octets in poids.items() if octets > BUDGETS[role]}
    assert trop == {}
