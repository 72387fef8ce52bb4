"""Approval: proposed by an editor, decided by the director of that school; one circuit for the country."""

import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.db.models.signals import post_migrate
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Task, TaskState, Workflow, WorkflowPage, WorkflowState

from etablissements.bureau.moderation import circuit
from etablissements.bureau.moderation.circuit import assurer_le_circuit
from etablissements.bureau.moderation.models import AccordDeLaDirection, en_attente_pour
from etablissements.bureau.versions import version_de
from sites.models import PageActualite, ReglagesEcole
from tests.fabriques import creer_affectation

from ..ecoles import Ecole, creer_redactrice, modifier, photo

pytestmark = pytest.mark.django_db

SAISIE = {"title": "معرض الكتاب", "texte": "يفتح يوم السبت.", "image_alt": "رفوف كتب"}


@pytest.fixture
def redactrice(client, ecole: Ecole):
    """Signed in, in a school that asks for approval."""
    ReglagesEcole.objects.create(etablissement=ecole.etablissement, moderation_exigee=True)
    redactrice = creer_redactrice(ecole, email="redactrice@example.org")
    client.force_login(redactrice)
    return redactrice


def proposer(client, ecole: Ecole, **champs):
    adresse = reverse("bureau:ecrire_actualite", kwargs={"gresa": ecole.etablissement.gresa.lower()})
    reponse = client.post(adresse, {"jeton": str(uuid.uuid4()), **SAISIE, "photo": photo(), **champs}, follow=True)
    assert reponse.status_code == 200
    return PageActualite.objects.latest("pk")


def etat() -> TaskState:
    return TaskState.objects.latest("pk")


def decider(client, personne, **champs):
    """Answer the text as it stands."""
    client.force_login(personne)
    version = version_de(etat().workflow_state.content_object)
    return client.post(reverse("bureau:proposition", args=[etat().pk]), {"version": version, **champs}, follow=True)


# -- The circuit --------------------------------------------------------------


def test_il_y_a_un_circuit_pour_le_pays(ecole: Ecole, autre: Ecole) -> None:
    assurer_le_circuit()
    assurer_le_circuit()
    assert (Workflow.objects.count(), Task.objects.count(), WorkflowPage.objects.count()) == (1, 1, 1)
    assert ecole.actualites.get_workflow() == autre.actualites.get_workflow() == Workflow.objects.get()


def test_il_est_garde_a_chaque_migration(ecole: Ecole) -> None:
    Workflow.objects.all().delete()
    bureau = apps.get_app_config("bureau")
    post_migrate.send(sender=bureau, app_config=bureau, verbosity=0, interactive=False, using="default")
    assert isinstance(ecole.actualites.get_workflow().tasks.get().specific, AccordDeLaDirection)


# -- From the editor to the director ------------------------------------------


def test_propose_puis_approuve(client, ecole: Ecole, redactrice) -> None:
    formulaire = client.get(
        reverse("bureau:ecrire_actualite", kwargs={"gresa": ecole.etablissement.gresa.lower()})
    ).content.decode()
    assert "إرسال للموافقة" in formulaire
    page = proposer(client, ecole)
    assert (page.live, page.workflow_in_progress) == (False, True)
    assert "في انتظار الموافقة" in client.get(reverse("wagtailadmin_home")).content.decode()

    client.force_login(ecole.directrice)
    proposition = reverse("bureau:proposition", args=[etat().pk])
    assert proposition in client.get(reverse("wagtailadmin_home")).content.decode()
    lue = client.get(proposition).content.decode()
    assert "يفتح يوم السبت" in lue
    assert 'alt="رفوف كتب"' in lue
    reponse = decider(client, ecole.directrice, decision="approve")
    page.refresh_from_db()
    assert (page.live, page.live_revision.user) == (True, redactrice)
    assert page.get_url() in reponse.content.decode()
    assert PageLogEntry.objects.filter(page=page.pk, user=ecole.directrice, action="wagtail.workflow.approve").exists()
    assert client.get(page.get_url()).status_code == 200
    assert client.get(proposition).status_code == 404


def test_renvoye_avec_un_mot_puis_repropose(client, ecole: Ecole, redactrice) -> None:
    page = proposer(client, ecole)
    assert decider(client, ecole.directrice, decision="reject", commentaire=" ").status_code == 422
    decider(client, ecole.directrice, decision="reject", commentaire="أضيفوا ساعة الافتتاح")
    page.refresh_from_db()
    assert (page.live, page.current_workflow_state.status) == (False, WorkflowState.STATUS_NEEDS_CHANGES)

    client.force_login(redactrice)
    assert "للمراجعة" in client.get(reverse("wagtailadmin_home")).content.decode()
    adresse = reverse("bureau:actualite", args=[page.pk])
    assert "أضيفوا ساعة الافتتاح" in client.get(adresse).content.decode()
    modifier(client, adresse, {**SAISIE, "texte": "يفتح يوم السبت على الساعة التاسعة."})
    decider(client, ecole.directrice, decision="approve")
    page.refresh_from_db()
    assert page.live
    assert "التاسعة" in page.corps[0].value.source


def test_ce_qui_attend_ne_change_pas_sous_les_yeux_du_directeur(client, ecole: Ecole, redactrice) -> None:
    page = proposer(client, ecole)
    adresse = reverse("bureau:actualite", args=[page.pk])
    assert reverse("bureau:retirer", args=[page.pk]) in client.get(adresse).content.decode()
    refus = client.post(adresse, {**SAISIE, "title": "autre chose"})
    assert (refus.status_code, 'value="autre chose"' in refus.content.decode()) == (409, True)
    assert PageActualite.objects.get().get_latest_revision_as_object().title == "معرض الكتاب"
    client.post(reverse("bureau:retirer", args=[page.pk]))
    page = PageActualite.objects.get()
    assert page.current_workflow_state is None
    modifier(client, adresse, {**SAISIE, "title": "autre chose", "brouillon": "1"})
    assert PageActualite.objects.get().get_latest_revision_as_object().title == "autre chose"


def test_on_n_approuve_que_ce_qu_on_a_lu(client, ecole: Ecole, redactrice) -> None:
    """Whoever decides may also change the text meanwhile: what is published is what the director read."""
    page = proposer(client, ecole)
    client.force_login(ecole.directrice)
    lue = client.get(reverse("bureau:proposition", args=[etat().pk])).context["version"]
    voisine = creer_affectation(role="communicateur", direction=ecole.etablissement.direction).utilisateur
    client.force_login(voisine)
    modifier(client, reverse("bureau:actualite", args=[page.pk]), {**SAISIE, "title": "نص غير تام", "brouillon": "1"})

    reponse = decider(client, ecole.directrice, decision="approve", version=lue)
    page.refresh_from_db()
    assert (page.live, page.workflow_in_progress) == (False, True)
    assert "نص غير تام" in reponse.content.decode()
    decider(client, ecole.directrice, decision="approve", version="")
    assert not PageActualite.objects.get().live
    decider(client, ecole.directrice, decision="approve")
    page.refresh_from_db()
    assert (page.live, page.title) == (True, "نص غير تام")


def test_une_reponse_a_un_texte_deja_traite_ne_fait_rien(ecole: Ecole, redactrice, client) -> None:
    """Two directors with the same proposal on their screens: the first answers."""
    page = proposer(client, ecole)
    vue = etat()
    decision = {"etat": vue, "version": version_de(page), "commentaire": ""}
    circuit.decider(**decision, par=ecole.directrice, decision="approve")
    with pytest.raises(circuit.DejaTraite):
        circuit.decider(**decision, par=ecole.directrice, decision="approve")
    with pytest.raises(circuit.DejaTraite):
        circuit.decider(**{**decision, "commentaire": "non"}, par=ecole.directrice, decision="reject")
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.workflow.approve").count() == 1


def test_ce_qui_vient_d_etre_publie_ne_se_retire_plus(client, ecole: Ecole, redactrice, monkeypatch) -> None:
    """The director answers while the editor takes the text back: the journal says what happened, so does the screen."""
    page = proposer(client, ecole)
    vue = etat()
    retirer = circuit.retirer

    def apres_la_reponse(**champs):
        circuit.decider(etat=vue, par=ecole.directrice, decision="approve", version=version_de(page), commentaire="")
        retirer(**champs)

    monkeypatch.setattr(circuit, "retirer", apres_la_reponse)
    reponse = client.post(reverse("bureau:retirer", args=[page.pk]), follow=True).content.decode()
    assert ("عاد نصكم مسودة" in reponse, "أجاب شخص آخر" in reponse) == (False, True)
    page.refresh_from_db()
    assert (page.live, WorkflowState.objects.get().status) == (True, WorkflowState.STATUS_APPROVED)


def test_un_directeur_dont_le_poste_a_pris_fin_ne_decide_plus(client, ecole: Ecole, redactrice) -> None:
    page = proposer(client, ecole)
    ecole.directrice.affectations.update(au=timezone.localdate() - timedelta(days=1))
    assert decider(client, ecole.directrice, decision="approve").status_code == 404
    page.refresh_from_db()
    assert (page.live, page.workflow_in_progress) == (False, True)


def test_le_directeur_corrige_et_publie_lui_meme(client, ecole: Ecole, redactrice) -> None:
    page = proposer(client, ecole)
    client.force_login(ecole.directrice)
    modifier(client, reverse("bureau:actualite", args=[page.pk]), {**SAISIE, "title": "معرض الكتاب الثاني"})
    page = PageActualite.objects.get()
    assert (page.live, page.title, page.current_workflow_state) == (True, "معرض الكتاب الثاني", None)


def test_une_ecole_qui_n_en_demande_pas_publie_sans_attendre(client, autre: Ecole) -> None:
    redactrice = creer_redactrice(autre)
    client.force_login(redactrice)
    page = proposer(client, autre)
    assert (page.live, page.current_workflow_state) == (True, None)
    assert not WorkflowState.objects.exists()


def test_la_demande_de_l_editeur_complet_y_est_accordee_aussitot(autre: Ecole) -> None:
    """The full editor offers the circuit everywhere: where the school asks for nothing, it publishes at once."""
    redactrice = creer_redactrice(autre)
    page = autre.actualites.add_child(instance=PageActualite(title="معرض", live=False))
    page.save_revision(user=redactrice)
    circuit.proposer(page=page, par=redactrice)
    page.refresh_from_db()
    assert (page.live, page.current_workflow_state, etat().finished_by) == (True, None, redactrice)


def test_la_directrice_publie_sans_demander(client, ecole: Ecole, redactrice) -> None:
    client.force_login(ecole.directrice)
    page = proposer(client, ecole)
    assert (page.live, WorkflowState.objects.exists()) == (True, False)


# -- Nobody else --------------------------------------------------------------


def test_la_directrice_d_a_cote_ne_voit_ni_ne_decide(client, ecole: Ecole, autre: Ecole, redactrice) -> None:
    page = proposer(client, ecole)
    for etrangere in (autre.directrice, creer_redactrice(autre), redactrice):
        client.force_login(etrangere)
        assert list(client.get(reverse("bureau:propositions")).context["page"]) == []
        proposition = reverse("bureau:proposition", args=[etat().pk])
        assert client.get(proposition).status_code == 404
        assert client.post(proposition, {"decision": "approve"}).status_code == 404
    client.force_login(autre.directrice)
    assert "معرض الكتاب" not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.post(reverse("bureau:retirer", args=[page.pk])).status_code == 404
    page.refresh_from_db()
    assert (page.live, page.workflow_in_progress) == (False, True)


def test_les_propositions_en_peu_de_requetes(client, ecole: Ecole, redactrice, django_assert_num_queries) -> None:
    proposer(client, ecole)
    client.force_login(ecole.directrice)
    client.get(reverse("bureau:propositions"))
    with django_assert_num_queries(15):
        client.get(reverse("bureau:propositions"))
    client.force_login(redactrice)
    for _rang in range(4):
        proposer(client, ecole)
    client.force_login(ecole.directrice)
    client.get(reverse("bureau:propositions"))
    with django_assert_num_queries(15):
        assert len(client.get(reverse("bureau:propositions")).context["page"].object_list) == 5


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the plan is PostgreSQL's")
def test_ce_qui_attend_se_trouve_sans_lire_tout_ce_qui_fut_approuve(ecole: Ecole) -> None:
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL enable_seqscan = off")  # a table of a few rows is read whole
    assert "unique_in_progress_workflow" in en_attente_pour(ecole.directrice).explain()


# -- E-mail, for who gave an address ------------------------------------------


def test_la_directrice_est_prevenue_dans_sa_langue(
    client, ecole: Ecole, redactrice, django_capture_on_commit_callbacks
) -> None:
    ecole.directrice.email = "directrice@example.org"
    ecole.directrice.save()
    with django_capture_on_commit_callbacks(execute=True):
        proposer(client, ecole)
    (courriel,) = mail.outbox
    assert courriel.to == ["directrice@example.org"]
    assert reverse("bureau:proposition", args=[etat().pk]) in courriel.body
    assert "معرض الكتاب" in courriel.body
    mail.outbox.clear()
    decider(client, ecole.directrice, decision="reject", commentaire="أعيدوا الصياغة")
    assert [courriel.to for courriel in mail.outbox] == [["redactrice@example.org"]]


def test_sans_adresse_rien_ne_part(client, ecole: Ecole, redactrice, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        proposer(client, ecole)
    assert mail.outbox == []


def test_un_serveur_de_courriel_en_panne_n_empeche_rien(
    client, ecole: Ecole, redactrice, settings, monkeypatch, django_capture_on_commit_callbacks, caplog
) -> None:
    ecole.directrice.email = "directrice@example.org"
    ecole.directrice.save()

    def tomber(*args, **kwargs):
        raise ConnectionRefusedError("directrice@example.org")

    monkeypatch.setattr("etablissements.bureau.moderation.courriels.send_mail", tomber)
    with django_capture_on_commit_callbacks(execute=True):
        page = proposer(client, ecole)
    assert page.workflow_in_progress
    assert "directrice@example.org" not in caplog.text
