"""The inbox: the school reads it; the direction, the editors and the other school do not."""

import logging

import pytest
from django.urls import reverse

from etablissements.acces.models import Affectation
from etablissements.registre.models import Direction
from sites.courrier.operations import recevoir
from tests.fabriques import creer_affectation, creer_etablissement, creer_utilisateur

pytestmark = pytest.mark.django_db


@pytest.fixture
def ecole():
    return creer_etablissement()


def ecrire(ecole, nom: str = "رشيد بنعلي", texte: str = "متى يبدأ التسجيل؟"):
    return recevoir(etablissement=ecole, objet="inscription", nom=nom, texte=texte, telephone="0612345678")


@pytest.fixture
def message(ecole):
    return ecrire(ecole)


def lire(message) -> str:
    return reverse("bureau:message", args=[message.pk])


def marquer(message) -> str:
    return reverse("bureau:marquer_message", args=[message.pk])


@pytest.mark.parametrize("role", ["directeur", "secretaire"])
def test_l_ecole_lit_ses_messages_et_eux_seuls(role: str, client, ecole, message) -> None:
    autre = ecrire(creer_etablissement(), nom="مراسل الجيران")
    client.force_login(creer_affectation(etablissement=ecole, role=role).utilisateur)
    boite = client.get(reverse("bureau:messages")).content.decode()
    assert "رشيد بنعلي" in boite
    assert "مراسل الجيران" not in boite
    page = client.get(lire(message)).content.decode()
    assert "متى يبدأ التسجيل؟" in page
    assert 'href="tel:0612345678"' in page
    for adresse in (lire(autre), marquer(autre)):
        assert client.post(adresse).status_code in {404, 405}
        assert client.get(adresse).status_code in {404, 405}
    autre.refresh_from_db()
    assert autre.traite_le is None


def test_traiter_puis_rouvrir(client, ecole, message) -> None:
    secretaire = creer_affectation(etablissement=ecole, role="secretaire").utilisateur
    client.force_login(secretaire)
    client.post(marquer(message))
    message.refresh_from_db()
    assert message.traite_par == secretaire
    assert list(client.get(reverse("bureau:messages")).context["page"]) == []
    assert list(client.get(reverse("bureau:messages"), {"tous": ""}).context["page"]) == [message]
    client.post(marquer(message), {"rouvrir": "1"})
    message.refresh_from_db()
    assert (message.traite_le, message.traite_par) == (None, None)


def test_l_accueil_compte_ceux_qui_attendent(client, ecole, message) -> None:
    ecrire(ecole)
    ecrire(creer_etablissement())
    client.force_login(creer_affectation(etablissement=ecole).utilisateur)
    assert "رسالتان" in client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(creer_affectation(etablissement=ecole, role="redacteur").utilisateur)
    assert reverse("bureau:messages") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_les_autres_ne_lisent_rien(client, ecole, message) -> None:
    direction = Direction.objects.get(pk=ecole.direction_id)
    etrangers = [
        creer_affectation(etablissement=ecole, role="redacteur").utilisateur,
        Affectation.objects.create(
            utilisateur=creer_utilisateur(), role="communicateur", direction=direction
        ).utilisateur,
        Affectation.objects.create(utilisateur=creer_utilisateur(), role="ministere").utilisateur,
        creer_utilisateur(is_superuser=True),
    ]
    for etranger in etrangers:
        client.force_login(etranger)
        assert client.get(reverse("bureau:messages")).status_code == 404
        assert client.get(lire(message)).status_code == 404
        assert client.post(marquer(message)).status_code == 404


def test_ce_qui_est_ecrit_reste_du_texte(client, ecole) -> None:
    message = ecrire(ecole, nom="<b>x</b>", texte="<script>alert(1)</script>")
    client.force_login(creer_affectation(etablissement=ecole).utilisateur)
    for adresse in (reverse("bureau:messages"), lire(message)):
        page = client.get(adresse).content.decode()
        assert "<b>x</b>" not in page
        assert "<script>alert(1)" not in page


def test_rien_n_en_passe_dans_les_journaux(client, ecole, message, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    client.force_login(creer_affectation(etablissement=ecole).utilisateur)
    client.get(lire(message))
    client.post(marquer(message))
    journal = "\n".join(trace.getMessage() for trace in caplog.records if trace.name != "django.db.backends")
    assert not any(secret in journal for secret in ("رشيد", "0612345678", "التسجيل"))


def test_une_boite_pleine_se_lit_en_peu_de_requetes(client, ecole, django_assert_num_queries) -> None:
    ecrire(ecole)
    client.force_login(creer_affectation(etablissement=ecole).utilisateur)
    client.get(reverse("bureau:messages"))
    with django_assert_num_queries(14) as comptees:
        client.get(reverse("bureau:messages"))
    for _rang in range(30):
        ecrire(ecole)
    with django_assert_num_queries(len(comptees)):
        page = client.get(reverse("bureau:messages")).context["page"]
    assert (len(page.object_list), page.paginator.count) == (25, 31)
