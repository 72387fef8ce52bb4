"""The menu: to each post its entries, with the number of what waits for it and for nobody else."""

import json
import re

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.admin.menu import admin_menu

from etablissements.bureau.menu import entrees
from etablissements.monographie.operations import signaler_fait
from portal.comptes.models import Utilisateur
from sites.courrier.operations import recevoir
from sites.models import PageActualite, ReglagesEcole
from tests.fabriques import creer_affectation, creer_utilisateur

from .ecoles import Ecole, creer_redactrice

pytestmark = pytest.mark.django_db
NOTRES = {entree.name for entree in entrees()}


def barre(personne: Utilisateur, langue: str, adresse: str = "") -> tuple[list[dict], str]:
    """The modules of the sidebar of this person, and the page that carries it."""
    client = Client()
    client.force_login(personne)
    with translation.override(langue):
        page = client.get(adresse or reverse("wagtailadmin_home")).content.decode()
    donnees = re.search(r'<script id="wagtail-sidebar-props"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert donnees
    return json.loads(donnees[1])["modules"], page


def libelles(personne: Utilisateur, langue: str = "fr") -> dict[str, tuple[str, str]]:
    """Our entries as the sidebar of this person has them: name, label and address."""
    modules, _page = barre(personne, langue)
    (menu,) = (module["_args"][0] for module in modules if module["_type"] == "wagtail.sidebar.MainMenuModule")
    composants = [composant["_args"][0] for composant in menu]
    return {c["name"]: (c["label"], c["url"]) for c in composants if c["name"] in NOTRES}


@pytest.fixture
def attentes(ecole: Ecole, autre: Ecole) -> None:
    """In each of the two schools a proposal, a message and a wrong fact; in the first, one message more."""
    for chez, messages in ((ecole, 2), (autre, 1)):
        ReglagesEcole.objects.create(etablissement=chez.etablissement, moderation_exigee=True)
        page = PageActualite(title="proposée", live=False, locale=chez.actualites.locale)
        chez.actualites.add_child(instance=page).save_revision()
        chez.actualites.get_workflow().start(page, creer_redactrice(chez))
        for _rang in range(messages):
            recevoir(etablissement=chez.etablissement, objet="autre", nom="رشيد", texte="سؤال", telephone="0612345678")
        signaler_fait(
            utilisateur_id=chez.directrice.pk,
            etablissement_id=chez.etablissement.pk,
            champ="telephone",
            juste="0528000000",
        )


def test_chacun_a_les_siennes_et_compte_les_siennes(ecole: Ecole, attentes) -> None:
    assert {nom: libelle for nom, (libelle, _url) in libelles(ecole.directrice).items()} == {
        "propositions": "À approuver (1)",
        "messages": "Messages reçus (2)",
        "tutelles": "Tutelles",
    }
    secretaire = creer_affectation(etablissement=ecole.etablissement, role="secretaire").utilisateur
    assert {nom: libelle for nom, (libelle, _url) in libelles(secretaire).items()} == {
        "messages": "Messages reçus (2)",
        "tutelles": "Tutelles",
    }
    direction = creer_affectation(role="communicateur", direction=ecole.etablissement.direction).utilisateur
    assert {nom: libelle for nom, (libelle, _url) in libelles(direction).items()} == {
        "ecoles": "Établissements",
        "propositions": "À approuver (2)",
        "signalements": "Faits signalés (2)",
    }
    assert libelles(creer_redactrice(ecole)) == {}
    assert libelles(creer_utilisateur(is_superuser=True)) == {}


def test_rien_n_attend_rien_n_est_compte(ecole: Ecole) -> None:
    assert libelles(ecole.directrice)["messages"][0] == "Messages reçus"


def test_l_adresse_suit_la_langue_de_chaque_demande(ecole: Ecole) -> None:
    for langue in ("fr", "ar", "fr"):
        assert libelles(ecole.directrice, langue)["messages"][1].startswith(f"/{langue}/")


def test_qui_demande_le_premier_ne_fixe_la_langue_de_personne(ecole: Ecole) -> None:
    """French, then Arabic, in one process: menu, submenus, account and searches all lead under `/ar/`."""
    admin = creer_utilisateur(is_superuser=True)
    for personne in (admin, ecole.directrice):
        vues = {}
        for langue in ("fr", "ar"):
            with translation.override(langue):
                cherche = reverse("wagtailadmin_pages:search") + "?q=introuvable"
            modules, page = barre(personne, langue, cherche)
            autres = re.search(r'<nav class="listing-filter".*?</nav>', page, re.DOTALL)
            assert autres
            adresses = re.findall(r'"(/[^"]*)"', json.dumps(modules) + autres[0])
            ailleurs = [
                adresse for adresse in adresses if not adresse.startswith((f"/{langue}/gestion/", "/statiques/"))
            ]
            assert not ailleurs
            assert modules[1] == {"_type": "wagtail.sidebar.SearchModule", "_args": [cherche.partition("?")[0]]}
            vues[langue] = [adresse.partition("/gestion/")[2] for adresse in adresses]
        assert vues["fr"] == vues["ar"]
        assert len(vues["ar"]) > (20 if personne == admin else 8)


def test_cacher_une_entree_ne_coute_rien(ecole: Ecole) -> None:
    """One query, that of the posts, for who sees none of them."""
    demande = RequestFactory().get("/")
    demande.user = creer_redactrice(ecole)
    notres = [entree for entree in admin_menu.registered_menu_items if entree.name in NOTRES]
    assert len(notres) == len(NOTRES)
    with CaptureQueriesContext(connection) as requetes:
        assert not any(entree.is_shown(demande) for entree in notres)
    assert len(requetes) == 1
