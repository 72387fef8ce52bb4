"""Changing a news item that is on line, alone or two at once, and the full editor beside the short form."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.rich_text import RichText

from sites.models import PageActualite, PageActualites, ReglagesEcole

from ..ecoles import Ecole, creer_redactrice, modifier, photo
from .gestes import SAISIE, modification, publier

pytestmark = pytest.mark.django_db


def test_un_texte_en_ligne_se_retire_et_se_supprime_depuis_son_formulaire(client, ecole: Ecole, autre: Ecole) -> None:
    """Who may withdraw it finds where, and who may not does not; each way that is shown answers."""
    publier(client, ecole)
    page = PageActualite.objects.get()
    formulaire = reverse("bureau:actualite", args=[page.pk])
    gestes = {nom: reverse(f"wagtailadmin_pages:{nom}", args=[page.pk]) for nom in ("edit", "unpublish", "delete")}
    gestes["traduction"] = reverse("bureau:traduction", args=[page.pk])
    adresses = [adresse for adresse, _libelle in client.get(formulaire).context["autres_gestes"]]
    assert set(adresses) == {page.get_url(), *gestes.values()}
    assert {client.get(adresse).status_code for adresse in adresses} == {200}
    ReglagesEcole.objects.create(etablissement=ecole.etablissement, moderation_exigee=True)
    client.force_login(creer_redactrice(ecole))
    adresses = {adresse for adresse, _libelle in client.get(formulaire).context["autres_gestes"]}
    assert adresses & {gestes["unpublish"], gestes["delete"]} == set()
    assert {client.get(adresse).status_code for adresse in adresses} == {200}
    client.force_login(autre.directrice)
    assert client.get(formulaire).status_code == 404


def test_le_formulaire_reprend_ce_qui_est_ecrit(client, publiee: PageActualite) -> None:
    page = client.get(modification(publiee)).content.decode()
    assert "شارك التلاميذ.\n\nشكرا لهم." in page
    assert 'alt="تلاميذ ينظفون الساحة"' in page


def test_modifier_et_publier(client, ecole: Ecole, publiee: PageActualite) -> None:
    adresse_avant = publiee.get_url()
    modifier(client, modification(publiee), {**SAISIE, "title": "حملة نظافة كبرى"})
    publiee.refresh_from_db()
    assert (publiee.title, publiee.image_id is not None) == ("حملة نظافة كبرى", True)
    assert publiee.get_url() == adresse_avant


def test_on_ne_dit_pas_lu_ce_que_personne_ne_lit(client, ecole: Ecole, publiee: PageActualite) -> None:
    """A section that the school withdrew, a date to come: the text is published, and no reader sees it."""
    lue = "أصبح بإمكان الجميع"
    envoi = {**SAISIE, "texte": ""}
    PageActualites.objects.get(etablissement=ecole.etablissement).unpublish()
    dite = client.get(modifier(client, modification(publiee), envoi)["Location"]).content.decode()
    assert (lue in dite, "مسحوب من الموقع" in dite, publiee.get_url() in dite) == (False, True, False)
    ecole.actualites.refresh_from_db()
    ecole.actualites.save_revision().publish()
    page = PageActualite.objects.get()
    page.go_live_at = timezone.now() + timedelta(days=3)
    page.save_revision()
    dite = client.get(modifier(client, modification(page), envoi)["Location"]).content.decode()
    assert (lue in dite, "سيظهر" in dite) == (False, True)


def test_un_brouillon_ne_change_pas_ce_qui_est_publie(client, publiee: PageActualite) -> None:
    modifier(client, modification(publiee), {**SAISIE, "title": "ébauche", "brouillon": "1"})
    publiee.refresh_from_db()
    assert (publiee.title, publiee.has_unpublished_changes) == ("حملة نظافة", True)
    assert 'value="ébauche"' in client.get(modification(publiee)).content.decode()


def test_enlever_et_remplacer_la_photo(client, publiee: PageActualite) -> None:
    premiere = publiee.image_id
    modifier(client, modification(publiee), {**SAISIE, "photo": photo(cotes=(60, 60))})
    publiee.refresh_from_db()
    assert publiee.image_id not in {None, premiere}
    modifier(client, modification(publiee), {**SAISIE, "sans_photo": "on"})
    publiee.refresh_from_db()
    assert (publiee.image_id, publiee.image_alt) == (None, "")


def test_l_editeur_complet_prend_ce_que_le_court_perdrait(client, publiee: PageActualite) -> None:
    publiee.corps = [("texte", RichText("<p>un <b>mot</b></p>"))]
    publiee.save_revision().publish()
    complet = reverse("wagtailadmin_pages:edit", args=[publiee.pk])
    assert client.get(modification(publiee))["Location"] == complet
    refus = client.post(modification(publiee), {**SAISIE, "texte": "tapé entre-temps"})
    assert refus.status_code == 409
    assert "tapé entre-temps" in refus.content.decode()
    assert complet in refus.content.decode()
    publiee.refresh_from_db()
    assert "<b>mot</b>" in publiee.corps[0].value.source


# -- Two people at once -------------------------------------------------------


def test_qui_ecrit_en_second_ne_recouvre_rien_et_ne_perd_rien(client, ecole: Ecole, publiee: PageActualite) -> None:
    """The director opens the text, an editor saves it, the director sends hers, photo included."""
    ouverte = client.get(modification(publiee)).context["version"]
    redactrice = creer_redactrice(ecole, first_name="سلمى", last_name="المثال")
    ailleurs = Client()
    ailleurs.force_login(redactrice)
    modifier(ailleurs, modification(publiee), {**SAISIE, "texte": "نص المحررة", "brouillon": "1"})
    images = get_image_model().objects.count()

    la_mienne = {**SAISIE, "texte": "نص المديرة", "photo": photo(cotes=(60, 60)), "version": ouverte}
    refus = client.post(modification(publiee), la_mienne)
    assert refus.status_code == 409
    page = refus.content.decode()
    assert "نص المديرة" in page
    assert "نص المحررة" in page
    assert "سلمى المثال" in page
    assert "data:image/jpeg;base64," in page
    brouillon = PageActualite.objects.get().get_latest_revision_as_object()
    assert "نص المحررة" in brouillon.corps[0].value.source
    assert get_image_model().objects.count() == images

    # She has seen the other text, and sends hers again from the form that came back.
    formulaire = refus.context["form"]
    client.post(
        modification(publiee),
        {
            **SAISIE,
            "texte": formulaire["texte"].value(),
            "depot_photo": formulaire["depot_photo"].value(),
            "version": refus.context["version"],
        },
    )
    publiee.refresh_from_db()
    assert "نص المديرة" in publiee.corps[0].value.source
    assert (publiee.image.width, publiee.has_unpublished_changes) == (60, False)
    assert publiee.revisions.count() == 3


def test_une_faute_a_corriger_ne_fait_pas_oublier_la_version(client, publiee: PageActualite) -> None:
    ouverte = client.get(modification(publiee)).context["version"]
    modifier(client, modification(publiee), {**SAISIE, "texte": "dans un autre onglet"})
    faute = client.post(modification(publiee), {**SAISIE, "title": "", "version": ouverte})
    assert (faute.status_code, faute.context["version"]) == (422, ouverte)
    assert client.post(modification(publiee), {**SAISIE, "version": ouverte}).status_code == 409
    publiee.refresh_from_db()
    assert "dans un autre onglet" in publiee.corps[0].value.source


def test_l_editeur_complet_enregistre_sur_la_meme_revision(client, ecole: Ecole, publiee: PageActualite) -> None:
    """It saves by itself, again and again, over one revision: that too is another version."""
    ouverte = client.get(modification(publiee)).context["version"]
    publiee.title = "titre repris"
    publiee.save_revision(user=ecole.directrice, overwrite_revision=publiee.latest_revision)
    assert client.post(modification(publiee), {**SAISIE, "version": ouverte}).status_code == 409
    assert PageActualite.objects.get().get_latest_revision_as_object().title == "titre repris"


def premier_bouton(client, page: PageActualite) -> str:
    """The name of the button of the full editor; the others are in the menu beside it."""
    pied = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode().rpartition("<footer")[2]
    return re.search(r'<button[^>]*?(?:name|data-workflow-action-name)="([^"]+)"', pied)[1]


def test_le_bouton_de_l_editeur_complet_publie_ou_propose(client, ecole: Ecole) -> None:
    """As in the short form. Wagtail's keeps a draft, which whoever looks for it on the site does not find."""
    ReglagesEcole.objects.create(etablissement=ecole.etablissement, moderation_exigee=True)
    publier(client, ecole)
    page = PageActualite.objects.get()
    assert premier_bouton(client, page) == "action-publish"
    redactrice = creer_redactrice(ecole)
    client.force_login(redactrice)
    assert premier_bouton(client, page) == "action-submit"
    editeur = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "إرسال للموافقة" in editeur
    assert "Accord de la direction" not in editeur.rpartition("<footer")[2], "the circuit's name is in two languages"
    modifier(client, reverse("bureau:actualite", args=[page.pk]), {**SAISIE, "title": "autre"})
    client.force_login(ecole.directrice)
    assert premier_bouton(client, page) == "approve"
