"""Writing to a school: by people, against machines, for one school alone."""

import datetime

import pytest
from django.core.signing import TimestampSigner
from django.test import Client
from django.utils import timezone

from sites.courrier.forms import SEL, FormulaireMessage
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


def reseau(rang: int) -> dict[str, str]:
    """Somebody else's address."""
    return {"REMOTE_ADDR": f"198.51.{100 + rang // 250}.{1 + rang % 250}"}


def test_trop_de_messages_d_une_adresse_sont_refuses(client: Client, ecoles) -> None:
    """Ten an hour to a school; another school, and another address, are still written to."""
    ecole, autre = ecoles
    codes = [envoyer(client, ecole).status_code for _rang in range(11)]
    assert codes == [302] * 10 + [429]
    assert [envoyer(client, autre).status_code, envoyer(Client(**reseau(1)), ecole).status_code] == [302, 302]
    assert MessageRecu.objects.count() == 12


def test_un_abonne_n_a_qu_une_adresse(ecoles) -> None:
    """An IPv6 subscriber has millions of them."""
    codes = [envoyer(Client(REMOTE_ADDR=f"2001:db8:0:7::{rang:x}"), ecoles[0]).status_code for rang in range(1, 12)]
    assert codes == [302] * 10 + [429]
    assert envoyer(Client(REMOTE_ADDR="2001:db8:0:8::1"), ecoles[0]).status_code == 302


def test_trois_adresses_ne_ferment_pas_une_ecole(ecoles) -> None:
    """What they could do when sixty messages an hour closed the form."""
    ecole, _autre = ecoles
    for rang in range(3):
        attaquant = Client(**reseau(rang))
        for _fois in range(25):
            envoyer(attaquant, ecole)
    assert MessageRecu.objects.count() == 30
    assert envoyer(Client(**reseau(9)), ecole).status_code == 302


def test_une_foule_ne_ferme_pas_une_ecole(ecoles) -> None:
    """A hundred addresses that send all they can: the form asks a family to wait, and takes its message.

    They pass sixty, then two each at most, from forms opened long enough ago. The other school has no crowd.
    """
    ecole, autre = ecoles
    foule = [Client(**reseau(rang)) for rang in range(100)]
    assert [envoyer(un, ecole).status_code for un in foule].count(302) == 60
    for un in foule[60:]:
        assert [envoyer(un, ecole, jeton=jeton(ecole, 180)).status_code for _fois in range(4)] == [302, 302, 429, 429]
    assert MessageRecu.objects.count() == 60 + 2 * 40
    famille = Client(**reseau(200))
    refusee = envoyer(famille, ecole, "fr", texte="Ma fille est malade.")
    assert refusee.status_code == 429
    page = refusee.content.decode()
    assert "envoyez-le de nouveau dans deux minutes" in page
    assert "Ma fille est malade." in page
    assert envoyer(famille, ecole, jeton=jeton(ecole, 125)).status_code == 302
    assert MessageRecu.objects.filter(etablissement=ecole).count() == 141
    assert envoyer(famille, autre).status_code == 302


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


def test_un_message_trop_long_revient_entier() -> None:
    """A browser that cut what a family pastes would send half a message, and say nothing."""
    formulaire = FormulaireMessage({"texte": "كلمة " * 1_000 + "الأخيرة"}, ecole="99011V")
    assert "texte" in formulaire.errors
    assert "الأخيرة" in str(formulaire["texte"])
    assert "maxlength" not in str(formulaire["texte"])
