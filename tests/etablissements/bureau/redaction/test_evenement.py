"""Announcing an event: the agenda opens with the first, and the rest is as for news."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import translation

from sites.models import PageAgenda, PageEvenement, ReglagesEcole

from ..ecoles import Ecole, creer_redactrice, modifier

pytestmark = pytest.mark.django_db

SAISIE = {
    "title": "اجتماع الآباء",
    "jour": "2026-12-05",
    "heure": "15:30",
    "lieu": "القاعة الكبرى",
    "texte": "مرحبا بكم.",
}


def adresse(ecole: Ecole) -> str:
    return reverse("bureau:ecrire_evenement", kwargs={"gresa": ecole.etablissement.gresa.lower()})


def annoncer(client, ecole: Ecole, **champs):
    return client.post(adresse(ecole), {"jeton": str(uuid.uuid4()), **SAISIE, **champs}, follow=True)


def test_le_premier_evenement_ouvre_l_agenda(client, ecole: Ecole, autre: Ecole) -> None:
    assert not PageAgenda.objects.exists()
    reponse = annoncer(client, ecole)
    page = PageEvenement.objects.get()
    assert (page.live, page.jour, page.heure) == (True, datetime.date(2026, 12, 5), datetime.time(15, 30))
    assert page.etablissement == PageAgenda.objects.get().etablissement == ecole.etablissement
    assert page.get_url() in reponse.content.decode()
    assert "القاعة الكبرى" in client.get(page.get_url()).content.decode()
    annoncer(client, ecole)
    assert (PageEvenement.objects.count(), PageAgenda.objects.count()) == (2, 1)


def onglets(client, ecole: Ecole) -> str:
    return client.get(f"/fr/ecoles/{ecole.etablissement.slug_public}/").content.decode()


def test_un_agenda_modere_s_ouvre_avec_le_premier_texte_approuve(client, ecole: Ecole, autre: Ecole) -> None:
    """Neither with what is proposed, nor with what is sent back; and a section that was withdrawn stays so."""
    ReglagesEcole.objects.create(etablissement=ecole.etablissement, moderation_exigee=True)
    redactrice = creer_redactrice(ecole)
    client.force_login(redactrice)
    annoncer(client, ecole)
    annoncer(client, ecole, title="لقاء ثان")
    agenda = PageAgenda.objects.get()
    assert (agenda.live, PageEvenement.objects.filter(live=True).count()) == (False, 0)
    adresse = f"/fr/ecoles/{ecole.etablissement.slug_public}/agenda/"
    assert "agenda/" not in onglets(client, ecole)
    assert client.get(adresse).status_code == 404
    client.force_login(ecole.directrice)
    rubriques = reverse("bureau:rubriques", kwargs={"gresa": ecole.etablissement.gresa.lower()})
    with translation.override("fr"):
        assert "ouvre avec son premier texte" in client.get(rubriques.replace("/ar/", "/fr/")).content.decode()
    renvoye, approuve = PageEvenement.objects.order_by("pk")
    for page, decision in ((renvoye, "reject"), (approuve, "approve")):
        etat = page.current_workflow_state.current_task_state
        version = client.get(reverse("bureau:proposition", args=[etat.pk])).context["version"]
        assert not PageAgenda.objects.get().live
        client.post(
            reverse("bureau:proposition", args=[etat.pk]),
            {"decision": decision, "commentaire": "mot", "version": version},
        )
    assert PageAgenda.objects.get().live
    assert "agenda/" in onglets(client, ecole)
    assert approuve.title in client.get(adresse).content.decode()
    assert "agenda/" not in onglets(client, autre)
    PageAgenda.objects.get().unpublish()
    annoncer(client, ecole, title="لقاء ثالث")
    assert not PageAgenda.objects.get().live


def test_un_brouillon_n_ouvre_rien(client, ecole: Ecole) -> None:
    """The agenda opens the day when the draft is published, by the full editor as well."""
    annoncer(client, ecole, brouillon="1")
    assert not PageAgenda.objects.get().live
    PageEvenement.objects.get().get_latest_revision().publish(user=ecole.directrice)
    assert PageAgenda.objects.get().live


@pytest.mark.parametrize("champs", [{"jour": ""}, {"jour": "demain"}, {"heure": "25:00"}, {"title": ""}])
def test_une_saisie_fausse_n_ouvre_rien(champs, client, ecole: Ecole) -> None:
    reponse = annoncer(client, ecole, **champs)
    assert reponse.status_code == 422
    assert list(reponse.context["form"].errors) == list(champs)
    assert "القاعة الكبرى" in reponse.content.decode()
    assert not PageEvenement.objects.exists()
    assert not PageAgenda.objects.exists()


def test_modifier(client, ecole: Ecole) -> None:
    annoncer(client, ecole)
    page = PageEvenement.objects.get()
    adresse = reverse("bureau:evenement", args=[page.pk])
    formulaire = client.get(adresse).content.decode()
    assert 'value="2026-12-05"' in formulaire
    assert 'value="15:30"' in formulaire
    modifier(client, adresse, {**SAISIE, "lieu": "الخزانة"})
    page.refresh_from_db()
    assert (page.lieu, page.live) == ("الخزانة", True)


def test_les_autres_ne_trouvent_rien(client, ecole: Ecole, autre: Ecole) -> None:
    annoncer(client, ecole)
    page = PageEvenement.objects.get()
    for etranger in (autre.directrice, creer_redactrice(autre)):
        client.force_login(etranger)
        for chemin in (adresse(ecole), reverse("bureau:evenement", args=[page.pk])):
            assert client.get(chemin).status_code == 404
            assert client.post(chemin, SAISIE).status_code == 404
    assert PageEvenement.objects.count() == 1


def test_les_rubriques_s_ouvrent(client, ecole: Ecole, autre: Ecole) -> None:
    rubriques = reverse("bureau:rubriques", kwargs={"gresa": ecole.etablissement.gresa.lower()})
    assert 'value="galerie"' in client.get(rubriques).content.decode()
    client.post(rubriques, {"section": "galerie"})
    page = client.get(rubriques).content.decode()
    assert 'value="galerie"' not in page
    assert client.post(rubriques, {"section": "zzz"}).status_code == 404
    assert client.post(rubriques, {"section": "cpge"})["Location"] == rubriques  # a college has none
    ReglagesEcole.objects.create(etablissement=ecole.etablissement, moderation_exigee=True)
    for etranger in (autre.directrice, creer_redactrice(ecole)):
        client.force_login(etranger)
        assert client.get(rubriques).status_code == 404
        assert client.post(rubriques, {"section": "agenda"}).status_code == 404
    assert not PageAgenda.objects.exists()
