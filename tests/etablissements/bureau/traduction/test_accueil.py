"""Who translates the home of a school, who publishes it, who withdraws it; and what nobody can do with it."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from portal.socle.blocs.texte import POSSIBILITES
from sites.models import PageEtablissement, ReglagesEcole
from sites.sections import ouvrir
from sites.traductions import traductions_depassees, traduire
from sites.variantes import Section
from tests.fabriques import creer_utilisateur

from ..ecoles import Ecole, creer_redactrice

pytestmark = pytest.mark.django_db
TEXTE = "<p>Notre école se présente</p>"


def accueil_de(ecole: Ecole) -> PageEtablissement:
    return PageEtablissement.objects.filter(etablissement=ecole.etablissement).earliest("pk")


def ecran(page: Page) -> str:
    return reverse("bureau:traduction", args=[page.pk])


def editeur(page: Page, action: str = "edit") -> str:
    return reverse(f"wagtailadmin_pages:{action}", args=[page.pk])


def saisie(geste: str) -> dict[str, str]:
    """What the full editor sends: one block of text."""
    presentation = streamfield([("texte", rich_text(TEXTE, features=POSSIBILITES))])
    return nested_form_data(
        {"title": "École Argane", "presentation": presentation, "comments": inline_formset([]), geste: "1"}
    )


def lue(client: Client, ecole: Ecole, langue: str = "fr") -> str:
    reponse = Client().get(f"/{langue}/ecoles/{ecole.etablissement.slug_public}/")
    assert reponse.status_code == 200
    return reponse.content.decode()


@pytest.fixture
def traduction(ecole: Ecole) -> PageEtablissement:
    page = traduire(page=accueil_de(ecole), langue="fr", auteur=None)
    assert isinstance(page, PageEtablissement)
    return page


def test_la_redactrice_traduit_et_personne_d_autre(client: Client, ecole: Ecole, autre: Ecole) -> None:
    accueil = accueil_de(ecole)
    for intruse in (autre.directrice, creer_redactrice(autre), creer_utilisateur()):
        client.force_login(intruse)
        assert client.get(ecran(accueil)).status_code in (302, 403, 404)
        assert client.post(ecran(accueil), {"traduire": "fr"}).status_code in (302, 403, 404)
    assert not accueil.get_translations().exists()
    client.force_login(creer_redactrice(ecole))
    with translation.override("fr"):
        assert "Traduire en amazighe" in client.get(ecran(accueil)).content.decode()
        assert ecran(accueil) in client.get(editeur(accueil)).content.decode()
    ouverte = client.post(ecran(accueil), {"traduire": "fr"})
    traduction = accueil.get_translations().get()
    assert ouverte["Location"] == editeur(traduction)
    assert client.get(editeur(traduction)).status_code == 200
    assert client.get(editeur(traduction, "view_draft")).status_code == 200


def test_la_directrice_publie_sa_traduction(client: Client, ecole: Ecole, autre: Ecole, traduction) -> None:
    client.force_login(autre.directrice)
    assert client.post(editeur(traduction), saisie("action-publish")).status_code in (302, 403, 404)
    assert "Notre école" not in lue(client, ecole)
    client.force_login(ecole.directrice)
    assert client.post(editeur(traduction), saisie("action-publish")).status_code == 302
    assert "Notre école" in lue(client, ecole)
    assert "Notre école" not in lue(client, ecole, "ar") + lue(client, autre)


def test_la_redactrice_propose_et_la_directrice_approuve(
    client: Client, ecole: Ecole, autre: Ecole, traduction
) -> None:
    ReglagesEcole.objects.create(etablissement=ecole.etablissement, moderation_exigee=True)
    client.force_login(creer_redactrice(ecole, email="redactrice@example.org"))
    client.post(editeur(traduction), saisie("action-publish"))
    assert "Notre école" not in lue(client, ecole)
    client.post(editeur(traduction), saisie("action-submit"))
    traduction.refresh_from_db()
    assert (traduction.live, traduction.workflow_in_progress) == (False, True)
    etape = TaskState.objects.latest("pk").pk
    proposition = reverse("bureau:proposition", args=[etape])
    approuver = reverse("wagtailadmin_pages:workflow_action", args=[traduction.pk, "approve", etape])
    client.force_login(autre.directrice)
    assert client.get(proposition).status_code == 404
    assert client.post(approuver).status_code in (302, 403, 404)
    assert "Notre école" not in lue(client, ecole)
    client.force_login(ecole.directrice)
    assert proposition in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(proposition)["Location"] == editeur(traduction), "the full editor has the two buttons"
    client.post(approuver)
    assert "Notre école" in lue(client, ecole)


def test_elle_se_retire_et_se_supprime_l_accueil_jamais(client: Client, ecole: Ecole, autre: Ecole, traduction) -> None:
    traduction.save_revision().publish()
    accueil = accueil_de(ecole)
    ReglagesEcole.objects.create(etablissement=ecole.etablissement, moderation_exigee=True)
    for personne in (autre.directrice, creer_redactrice(ecole)):
        client.force_login(personne)
        for action in ("unpublish", "delete"):
            client.post(editeur(traduction, action))
        traduction.refresh_from_db()
        assert traduction.live
    client.force_login(ecole.directrice)
    for action in ("unpublish", "delete", "copy", "move"):
        assert client.post(editeur(accueil, action)).status_code in (302, 403, 404)
    assert client.post(editeur(traduction, "unpublish")).status_code == 302
    traduction.refresh_from_db()
    accueil.refresh_from_db()
    assert (traduction.live, accueil.live) == (False, True)
    for action in ("copy", "move"):
        client.post(editeur(traduction, action), {"new_title": "x", "new_slug": "x", "new_parent_page": accueil.pk})
    assert PageEtablissement.objects.filter(etablissement=ecole.etablissement).count() == 2
    assert client.post(editeur(traduction, "delete")).status_code == 302
    assert list(PageEtablissement.objects.filter(etablissement=ecole.etablissement)) == [accueil]


def test_on_n_ajoute_rien_sous_elle(client: Client, ecole: Ecole, autre: Ecole, traduction) -> None:
    ajout = reverse("wagtailadmin_pages:add", args=["portail_sites", "pagelibre", traduction.pk])
    assert client.get(ajout).status_code in (302, 403, 404)
    assert client.post(ajout, {"title": "x", "slug": "x"}).status_code in (302, 403, 404)
    traduction.refresh_from_db()
    assert traduction.numchild == 0


def test_son_retard_est_une_chose_a_faire_de_son_ecole(client: Client, ecole: Ecole, autre: Ecole, traduction) -> None:
    for page in (traduction, traduire(page=accueil_de(autre), langue="fr", auteur=None)):
        page.save_revision().publish()
    accueil_de(ecole).save_revision().publish()
    assert [page.pk for page in traductions_depassees(etablissement_id=ecole.etablissement.pk)] == [traduction.pk]
    assert traductions_depassees(etablissement_id=autre.etablissement.pk) == []
    with translation.override("fr"):
        tableau = client.get(reverse("wagtailadmin_home")).content.decode()
        assert ecran(traduction) in tableau
    assert f"Reprendre la traduction française de « {traduction.title} »" in unescape(tableau)
    client.post(ecran(traduction), {"a_jour": "fr"})
    assert traductions_depassees(etablissement_id=ecole.etablissement.pk) == []


def test_les_listes_disent_la_langue_et_menent_aux_traductions(
    client: Client, ecole: Ecole, autre: Ecole, traduction
) -> None:
    traduire(page=accueil_de(autre), langue="zgh", auteur=None)
    accueil, gresa = accueil_de(ecole), ecole.etablissement.gresa.lower()
    explorateur = client.get(reverse("wagtailadmin_explore", args=[accueil.pk])).content.decode()
    assert explorateur.count("w-status--label") == 1
    assert "Français" in explorateur
    rubriques = client.get(reverse("bureau:rubriques", kwargs={"gresa": gresa})).content.decode()
    contact = accueil.get_children().get(slug="contact")
    actualites = accueil.get_children().get(slug="actualites")
    assert ecran(accueil) in rubriques
    assert ecran(contact) in rubriques
    assert ecran(actualites) not in rubriques, "a list has no words"
    assert ecran(accueil_de(autre)) not in rubriques


@pytest.mark.parametrize("quoi", [Section.SERVICES, Section.ASSOCIATION, Section.ADMISSIONS, Section.CONTACT])
def test_une_section_aussi(client: Client, ecole: Ecole, autre: Ecole, quoi: Section) -> None:
    page = ouvrir(etablissement=ecole.etablissement, section=quoi)
    client.force_login(autre.directrice)
    assert client.post(ecran(page), {"traduire": "fr"}).status_code == 404
    client.force_login(creer_redactrice(ecole))
    reponse = client.post(ecran(page), {"traduire": "fr"})
    assert client.get(reponse["Location"]).status_code == 200
    assert [une.slug for une in page.specific.get_translations()] == [f"{quoi.value}__fr"]
