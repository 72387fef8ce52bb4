"""The right actor gets in: a policy that refuses everything would pass every test of isolation."""

import json
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from wagtail.admin.menu import reports_menu
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation

from etablissements.acces.models import Affectation
from etablissements.registre.models import Direction
from portal.comptes.models import Utilisateur
from portal.socle.models import ImagePortail
from sites.droits.portes import ESPACE_FERME, FERMEES, GARDEES, PREUVES, SIMPLES
from sites.models import PageEtablissement, ReglagesEcole
from tests.fabriques import creer_affectation, creer_utilisateur
from tests.fabriques.mediatheque import creer_image
from tests.fabriques.registre import TIZNIT

from .monde import MARQUE, NOTRE, creer_ecole, page_de_direction, poste_de_direction
from .routes import routes, routes_de_gestion

pytestmark = pytest.mark.django_db
# What changes at each request: tokens, keys, the session of the editor.
CHANGEANT = re.compile(r"[A-Za-z0-9]{64}|[0-9a-f]{8}-[0-9a-f-]{27}|\bping/[^\"]*|release/\d+")
REFERENCE = Path(__file__).parents[2] / "donnees" / "requetes_gestion.json"


@pytest.fixture
def ecoles(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return creer_ecole(NOTRE), creer_ecole(MARQUE)


def test_les_portes_nomment_des_routes_qui_existent() -> None:
    """An open door that Wagtail renamed would be forgotten; an argument without proof would be unguarded."""
    noms = {nom: arguments for nom, arguments, _motif in routes(get_resolver())}
    assert (SIMPLES | set(GARDEES) | FERMEES) - set(noms) == set()
    assert SIMPLES & set(GARDEES) == set()
    for nom, arguments in GARDEES.items():
        assert all(argument in PREUVES or f"{nom} {argument}" in PREUVES for argument in arguments)


def test_une_porte_simple_ne_prend_pas_de_cle() -> None:
    """What takes a key is guarded, but for those whose own view asks for the owner."""
    demandent = {"object_id", "session_id", "app_label", "model_name", "uploaded_file_id"}
    for nom, formes in routes_de_gestion().items():
        if nom in SIMPLES:
            assert set().union(*formes) <= demandent, nom


@pytest.mark.parametrize(
    ("role", "ecrit", "publie"),
    [("directeur", True, True), ("redacteur", True, True), ("secretaire", False, False)],
)
def test_chacun_chez_soi(role: str, ecrit: bool, publie: bool, ecoles) -> None:
    mienne, autre = ecoles
    droits = mienne.publiee.permissions_for_user(getattr(mienne, role))
    assert (droits.can_edit(), droits.can_publish()) == (ecrit, publie)
    ailleurs = autre.publiee.permissions_for_user(getattr(mienne, role))
    refus = (ailleurs.can_edit(), ailleurs.can_publish(), ailleurs.can_delete(), ailleurs.can_unpublish())
    assert not any(refus)


def test_le_redacteur_propose_la_ou_le_directeur_approuve(ecoles) -> None:
    mienne, _autre = ecoles
    ReglagesEcole.objects.filter(etablissement=mienne.etablissement).update(moderation_exigee=True)
    assert mienne.publiee.permissions_for_user(mienne.redacteur).can_edit()
    assert not mienne.publiee.permissions_for_user(mienne.redacteur).can_publish()
    assert mienne.publiee.permissions_for_user(mienne.directeur).can_publish()


def test_la_direction_a_son_noeud_et_non_ses_ecoles(ecoles) -> None:
    mienne, autre = ecoles
    agent = poste_de_direction(mienne)
    politique = policy_registry.get_by_type(Page)
    assert politique.explorable_root_instance(agent).pk == page_de_direction(mienne).pk
    assert {ligne.page.pk for ligne in politique.get_cached_permissions_for_user(agent)} == set(
        Page.objects.filter(translation_key=page_de_direction(mienne).translation_key).values_list("pk", flat=True)
    )
    for ecole in (mienne, autre):
        assert ecole.publiee.permissions_for_user(agent).can_publish()
    ailleurs = creer_affectation(role="communicateur", direction=Direction.objects.exclude(pk=TIZNIT).first())
    assert not mienne.publiee.permissions_for_user(ailleurs.utilisateur).can_edit()


def test_qui_publie_une_page_se_deduit_des_postes(ecoles) -> None:
    mienne, autre = ecoles
    direction, ministere = poste_de_direction(mienne), creer_affectation(role="ministere").utilisateur
    politique = policy_registry.get_by_type(Page)
    publient = politique.users_with_permission_for_instance("publish", mienne.publiee, include_superusers=False)
    assert set(publient) == {mienne.directeur, direction, ministere}
    ecrivent = set(politique.users_with_permission_for_instance("change", mienne.publiee))
    assert mienne.redacteur in ecrivent
    assert not {autre.directeur, autre.redacteur, mienne.secretaire} & ecrivent


def test_une_affectation_finie_ferme_tout(ecoles, client: Client) -> None:
    mienne, _autre = ecoles
    client.force_login(mienne.directeur)
    adresse = reverse("wagtailadmin_pages:edit", args=[mienne.publiee.pk])
    assert client.get(adresse).status_code == 200
    Affectation.objects.filter(utilisateur=mienne.directeur).update(au="2021-01-01")
    assert client.get(adresse).status_code == 404


def test_qui_n_a_pas_de_poste_n_est_pas_renvoye_sans_fin(ecoles, client: Client) -> None:
    """The sign-in page sends on whoever is signed in: Wagtail sends to it, and neither ever shows anything."""
    client.force_login(creer_utilisateur())
    for route in ("wagtailadmin_home", "bureau:messages", "wagtailadmin_explore_root"):
        assert client.get(reverse(route), follow=True).status_code == 404
    assert client.get(reverse("wagtailadmin_login")).status_code == 302
    client.logout()
    accueil = reverse("wagtailadmin_home")
    assert client.get(accueil)["Location"].startswith(reverse("account_login"))


def test_l_explorateur_s_ouvre_chez_soi(ecoles, client: Client) -> None:
    mienne, autre = ecoles
    client.force_login(mienne.directeur)
    for depart in (reverse("wagtailadmin_explore_root"), reverse("wagtailadmin_explore", args=[autre.accueil.pk])):
        reponse = client.get(depart)
        assert reponse.status_code in {302, 404}
        if reponse.status_code == 302:
            assert reponse["Location"] == reverse("wagtailadmin_explore", args=[mienne.accueil.pk])


def test_une_redactrice_ne_change_pas_sans_accord_ce_qui_est_montre(ecoles, client: Client) -> None:
    """Where the director approves, another photo under a published text would be published unseen."""
    mienne, _autre = ecoles
    montree = ImagePortail.objects.get(proprietaire=mienne.etablissement.gresa)
    a_elle = creer_image(taille=(60, 40), title="à elle", proprietaire=mienne.etablissement.gresa)
    politique = policy_registry.get_by_type(ImagePortail)

    def peut(personne: Utilisateur, geste: str, image: ImagePortail) -> bool:
        fraiche = Utilisateur.objects.get(pk=personne.pk)  # posts and rights are kept on the object, for one request
        return politique.user_has_permission_for_instance(fraiche, geste, image)

    assert peut(mienne.redacteur, "change", montree)
    ReglagesEcole.objects.filter(etablissement=mienne.etablissement).update(moderation_exigee=True)
    for geste in ("change", "delete"):
        assert not peut(mienne.redacteur, geste, montree)
        assert peut(mienne.redacteur, geste, a_elle)
        assert peut(mienne.directeur, geste, montree)
    assert peut(mienne.redacteur, "choose", montree)
    client.force_login(mienne.redacteur)
    client.post(reverse("wagtailimages:edit", args=[montree.pk]), {"title": "changée"})
    client.post(reverse("wagtailimages:delete", args=[montree.pk]))
    assert ImagePortail.objects.get(pk=montree.pk).title == montree.title
    creer_affectation(utilisateur=mienne.redacteur, etablissement=mienne.etablissement, role="directeur")
    assert peut(mienne.redacteur, "change", montree)


def test_un_fichier_depose_appartient_a_l_ecole(ecoles, client: Client) -> None:
    mienne, autre = ecoles
    client.force_login(mienne.redacteur)
    pdf = SimpleUploadedFile("liste.pdf", b"%PDF-1.7\ntrailer<</Root 1 0 R>>\n%%EOF\n", "application/pdf")
    client.post(reverse("wagtaildocs:add"), {"title": "deposee", "file": pdf})
    depose = get_document_model().objects.get(title="deposee")
    assert depose.proprietaire == mienne.etablissement.gresa
    image = creer_image(uploaded_by_user=poste_de_direction(mienne))
    assert image.proprietaire == mienne.etablissement.direction_id
    assert creer_image(uploaded_by_user=creer_utilisateur(is_superuser=True)).proprietaire == ""
    politique = policy_registry.get_by_type(ImagePortail)
    for action in ("change", "choose", "delete"):
        vues = politique.instances_user_has_permission_for(mienne.redacteur, action)
        assert {vue.proprietaire for vue in vues} == {mienne.etablissement.gresa}
    siennes = politique.users_with_permission_for_instance("change", creer_image(proprietaire=depose.proprietaire))
    assert mienne.redacteur in siennes
    assert autre.directeur not in siennes


LES_DIX = {
    "accueil": lambda ecole: reverse("wagtailadmin_home"),
    "explorateur": lambda ecole: reverse("wagtailadmin_explore", args=[ecole.accueil.pk]),
    "actualités": lambda ecole: reverse("wagtailadmin_explore", args=[ecole.actualites.pk]),
    "écrire": lambda ecole: reverse(
        "wagtailadmin_pages:add", args=["portail_sites", "pageactualite", ecole.actualites.pk]
    ),
    "modifier": lambda ecole: reverse("wagtailadmin_pages:edit", args=[ecole.publiee.pk]),
    "historique": lambda ecole: reverse("wagtailadmin_pages:history", args=[ecole.publiee.pk]),
    "images": lambda ecole: reverse("wagtailimages:index"),
    "choisir une image": lambda ecole: reverse("wagtailimages_chooser:choose"),
    "documents": lambda ecole: reverse("wagtaildocs:index"),
    "choisir une page": lambda ecole: reverse("wagtailadmin_choose_page_child", args=[ecole.accueil.pk]),
}


def test_les_dix_pages_de_l_editeur_gardent_leur_nombre_de_requetes(ecoles, client: Client) -> None:
    mienne, _autre = ecoles
    client.force_login(mienne.directeur)
    comptes = {}
    for nom, adresse in LES_DIX.items():
        client.get(adresse(mienne))
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(adresse(mienne)).status_code == 200
        comptes[nom] = len(requetes)
    assert comptes == json.loads(REFERENCE.read_text(encoding="utf-8"))


def test_ce_qui_s_affiche_ne_compte_pas_les_autres(ecoles, client: Client) -> None:
    """The same ten pages, byte for byte, whatever the other schools hold: no count, no list, no pagination."""

    mienne, autre = ecoles
    client.force_login(mienne.directeur)

    def pages() -> dict[str, str]:
        brut = {nom: client.get(adresse(mienne)).content.decode() for nom, adresse in LES_DIX.items()}
        return {nom: CHANGEANT.sub("", texte) for nom, texte in brut.items()}

    pages()
    avant = pages()
    for rang in range(3):
        creer_image(title=f"autre {rang}", proprietaire=autre.etablissement.gresa)
        creer_ecole(f"{MARQUE}{rang}")
    apres = pages()
    assert PageEtablissement.objects.count() == 5
    assert {nom for nom in avant if len(avant[nom]) != len(apres[nom])} == set()


def test_les_rapports_fermes_ne_sont_au_menu_de_personne(rf, client) -> None:
    requete = rf.get("/")
    requete.user = creer_utilisateur(is_superuser=True)
    noms = {entree.name for entree in reports_menu.menu_items_for_request(requete)}
    assert {"workflows", "site-history"} <= noms
    assert not {"aging-pages", "page-types-usage"} & noms
    client.force_login(requete.user)
    for nom in FERMEES:
        assert client.get(reverse(nom)).status_code == 404, nom


def test_personne_ne_traduit_par_wagtail_localize(client, ecoles) -> None:
    """Its doors are shut to the superusers too, and no button of a page leads there; ours does."""
    portes = {nom for nom in routes_de_gestion() if nom.startswith(f"{ESPACE_FERME}:")}
    mienne, _autre = ecoles
    cles = {"page_id": mienne.publiee.pk}
    client.force_login(creer_utilisateur(is_superuser=True))
    assert {f"{ESPACE_FERME}:submit_page_translation", f"{ESPACE_FERME}:translations_report"} <= portes
    assert client.get(reverse(f"{ESPACE_FERME}:submit_page_translation", kwargs=cles)).status_code == 404
    assert client.get(reverse(f"{ESPACE_FERME}:translations_report")).status_code == 404
    Translation.objects.all().delete()  # of the other way to translate: it would take the place of the editor
    for ecran in ("wagtailadmin_pages:edit", "wagtailadmin_explore"):
        html = client.get(reverse(ecran, args=[mienne.publiee.pk])).content.decode()
        assert "/localize/" not in html
        assert reverse("bureau:traduction", args=[mienne.publiee.pk]) in html
        assert reverse("wagtailadmin_pages:copy", args=[mienne.publiee.pk]) in html
    verrouillees = client.get(reverse("wagtailadmin_reports:locked_pages")).content.decode()
    assert "prevue" in verrouillees
    assert "/copy/" in verrouillees
    assert "/localize/" not in verrouillees


def test_le_compte_ne_demande_ni_photo_ni_courriel(client, ecoles, settings) -> None:
    """A photo would be published with the place where it was taken; a director without an address saves the rest."""
    mienne, autre = ecoles
    client.force_login(mienne.directeur)
    adresse = reverse("wagtailadmin_account")
    page = client.get(adresse)
    assert "multipart" in page.content.decode()
    assert 'type="file"' not in page.content.decode()
    nom = autre.directeur.first_name
    champs = {
        formulaire.add_prefix(champ): formulaire[champ].value() or ""
        for panneaux in page.context["panels_by_tab"].values()
        for formulaire in (panneau.get_form() for panneau in panneaux)
        for champ in formulaire.fields
    }
    assert not [champ for champ in champs if champ.endswith(("-email", "-avatar"))]
    photo = SimpleUploadedFile("moi.jpg", b"\xff\xd8\xff", content_type="image/jpeg")
    saisie = {**champs, "name_email-first_name": "سعيدة", "avatar-avatar": photo, "name_email-email": "a@b.invalid"}
    assert client.post(adresse, saisie).status_code == 302
    mienne.directeur.refresh_from_db()
    autre.directeur.refresh_from_db()
    assert (mienne.directeur.first_name, autre.directeur.first_name) == ("سعيدة", nom)
    assert mienne.directeur.email == f"directeur@{NOTRE}.invalid"
    assert not mienne.directeur.wagtail_userprofile.avatar


def test_le_journal_du_pays_se_lit_sans_chercher_les_pages(client, ecoles) -> None:
    """For superusers: the lines of both schools, no list of users, filters that read nothing of the journal."""
    client.force_login(creer_utilisateur(is_superuser=True))
    adresse = reverse("wagtailadmin_reports:site_history")
    client.get(adresse)
    with CaptureQueriesContext(connection) as requetes:
        reponse = client.get(adresse)
    lignes = reponse.context["object_list"]
    assert {type(ligne).__name__ for ligne in lignes} == {"PageLogEntry", "ModelLogEntry"}
    assert sorted((ligne.timestamp for ligne in lignes), reverse=True) == [ligne.timestamp for ligne in lignes]
    journal = [
        requete["sql"] for requete in requetes if "logentry" in requete["sql"] and 'wagtailcore_page"' in requete["sql"]
    ]
    assert journal == []
    assert "user" not in reponse.context["filters"].form.fields
    publiees = client.get(adresse, {"action": "wagtail.publish"}).context["object_list"]
    assert {ligne.action for ligne in publiees} == {"wagtail.publish"}
    client.force_login(creer_affectation(role="ministere").utilisateur)
    assert client.get(adresse).status_code == 404
