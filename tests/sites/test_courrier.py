"""Writing to a school: by people, against machines, for one school alone."""

import datetime

import pytest
from django.core.signing import TimestampSigner
from django.test import Client
from django.utils import timezone

from sites.courrier.forms import SEL
from sites.courrier.operations import purger_messages, recevoir
from sites.courrier.requetes import MessageIntrouvable, acceder_message, messages_de, nombre_a_traiter
from sites.createur import Createur
from sites.models import MessageRecu, ReglagesEcole
from tests.fabriques import creer_etablissement

pytestmark = pytest.mark.django_db


@pytest.fixture
def ecoles() -> list:
    creees = [creer_etablissement(), creer_etablissement()]
    for ecole in creees:
        Createur().creer(ecole)
    return creees


def jeton(ecole, il_y_a: float = 30, monkeypatch=None) -> str:
    signeur = TimestampSigner(salt=f"{SEL}.{ecole.gresa}")
    signeur.timestamp = lambda: _base62(int(timezone.now().timestamp() - il_y_a))
    return signeur.sign("")


def _base62(nombre: int) -> str:
    from django.core.signing import b62_encode

    return b62_encode(nombre)


def envoyer(client: Client, ecole, langue: str = "ar", **champs: str):
    donnees = {"objet": "autre", "nom": "سلمى المثال", "telephone": "٠٦ ١٢ ٣٤ ٥٦ ٧٨", "texte": "سؤال", **champs}
    donnees.setdefault("jeton", jeton(ecole))
    return client.post(f"/{langue}/ecoles/{ecole.slug_public}/contact/ecrire/", donnees)


def test_un_message_arrive_a_l_ecole_et_a_elle_seule(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    reponse = envoyer(client, ecole)
    assert (reponse.status_code, reponse["Location"].endswith("/contact/ecrire/envoye/")) == (302, True)
    message = MessageRecu.objects.get()
    assert (message.etablissement, message.telephone, message.langue) == (ecole, "0612345678", "ar")
    assert nombre_a_traiter(etablissements=[ecole.pk]) == 1
    assert list(messages_de(etablissements=[autre.pk])) == []
    with pytest.raises(MessageIntrouvable):
        acceder_message(identifiant=message.pk, etablissements=[autre.pk])


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        ({"site_web": "https://pub.example"}, "doit rester vide"),
        ({"jeton": ""}, "trop longtemps"),
        ({"jeton": "faux:signe"}, "trop longtemps"),
        ({"telephone": "", "courriel": ""}, "Donnez un téléphone ou un courriel"),
        ({"telephone": "abc"}, "Écrivez le numéro en chiffres"),
        ({"objet": "inconnu"}, "inconnu"),
    ],
)
def test_ce_qui_est_refuse_est_dit_et_rien_n_est_ecrit(client: Client, ecoles, champs, attendu: str) -> None:
    reponse = envoyer(client, ecoles[0], "fr", **champs)
    assert reponse.status_code == 200
    assert attendu in reponse.content.decode()
    assert "سؤال" in reponse.content.decode(), "what was written stays"
    assert not MessageRecu.objects.exists()


@pytest.mark.parametrize(("age", "accepte"), [(0, False), (30, True), (2 * 24 * 3600, False)])
def test_le_moment_du_formulaire(client: Client, ecoles, age: int, accepte: bool) -> None:
    envoyer(client, ecoles[0], jeton=jeton(ecoles[0], age))
    assert MessageRecu.objects.exists() is accepte


def test_un_jeton_ne_vaut_que_pour_son_ecole(client: Client, ecoles) -> None:
    envoyer(client, ecoles[0], jeton=jeton(ecoles[1]))
    assert not MessageRecu.objects.exists()


def test_trop_de_messages_d_une_adresse_sont_refuses(client: Client, ecoles) -> None:
    codes = [envoyer(client, ecoles[0]).status_code for _rang in range(21)]
    assert codes == [302] * 20 + [429]
    assert MessageRecu.objects.count() == 20


def test_un_formulaire_ferme_n_existe_pas(client: Client, ecoles) -> None:
    ReglagesEcole.objects.create(etablissement=ecoles[0], formulaire_ouvert=False)
    base = f"/ar/ecoles/{ecoles[0].slug_public}/contact/"
    assert client.get(f"{base}ecrire/").status_code == 404
    assert "ecrire" not in client.get(base).content.decode()
    assert client.get(f"/ar/ecoles/{ecoles[1].slug_public}/contact/ecrire/").status_code == 200


def test_le_formulaire_n_est_jamais_garde_et_exige_son_jeton(ecoles) -> None:
    strict = Client(enforce_csrf_checks=True)
    adresse = f"/ar/ecoles/{ecoles[0].slug_public}/contact/ecrire/"
    assert "no-store" in strict.get(adresse)["Cache-Control"]
    assert strict.post(adresse, {"nom": "x"}).status_code == 403


def test_un_message_est_efface_au_bout_d_un_an(ecoles) -> None:
    for jours in (364, 366):
        message = recevoir(etablissement=ecoles[0], objet="autre", nom="x", texte="y", telephone="0612345678")
        MessageRecu.objects.filter(pk=message.pk).update(recu_le=timezone.now() - datetime.timedelta(days=jours))
    assert purger_messages() == 1
    assert MessageRecu.objects.count() == 1
