"""The two pages of an activation: what they say, and all that they do not."""

import datetime
import logging
import re

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from espace_parents import etapes
from etablissements.scolarite.models import Bordereau, Tutelle
from portal.comptes.models import Utilisateur
from tests.fabriques import creer_affectation, creer_bordereau, creer_eleve, creer_inscription, creer_tutelle

pytestmark = pytest.mark.django_db
CODE = "7KQ2MX94TB"
CONFIRMATION = {
    "date_naissance": "01/05/2013",
    "lien": "mere",
    "prenom": "فاطمة",
    "nom": "أمزيان",
    "mot_de_passe": "olivier-cedre-argane",
}


@pytest.fixture
def bordereau():
    return creer_bordereau()


def etape_un(client: Client, massar: str, code: str = CODE):
    return client.post(reverse("parents:activation"), {"code_massar": massar, "code_bordereau": code})


def etape_deux(client: Client, **champs: str):
    return client.post(reverse("parents:confirmation"), CONFIRMATION | champs)


# -- The right slip -----------------------------------------------------------


def test_du_bordereau_a_l_espace(client, bordereau) -> None:
    assert etape_un(client, bordereau.eleve.code_massar)["Location"] == reverse("parents:confirmation")
    avant = client.session.session_key
    reponse = etape_deux(client)
    assert reponse["Location"] == reverse("parents:bienvenue")
    utilisateur = Utilisateur.objects.get()
    assert client.session["_auth_user_id"] == str(utilisateur.pk)
    assert client.session.session_key != avant
    assert etapes.CLE not in client.session
    accueil = client.get(reverse("parents:bienvenue")).content.decode()
    assert f"{utilisateur.username[:4]} {utilisateur.username[4:8]} {utilisateur.username[8:]}" in accueil
    assert Tutelle.objects.get().tuteur.utilisateur == utilisateur


@pytest.mark.parametrize(
    ("massar", "code"),
    [(str.lower, "7kq2m-x94tb"), (lambda m: " ".join(m), "7KQ2M X94TB"), (lambda m: m.translate(ARABES), "٧KQ٢MX٩٤TB")],
)
def test_les_codes_sont_compris_comme_on_les_ecrit(massar, code: str, client, bordereau) -> None:
    etape_un(client, massar(bordereau.eleve.code_massar), code)
    assert etape_deux(client, date_naissance="1-5-2013")["Location"] == reverse("parents:bienvenue")


ARABES = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def test_qui_a_un_compte_ajoute_un_enfant_sans_en_ouvrir_un_autre(client, bordereau) -> None:
    mere = creer_tutelle(eleve=creer_inscription().eleve).tuteur.utilisateur
    client.force_login(mere)
    etape_un(client, bordereau.eleve.code_massar)
    page = client.get(reverse("parents:confirmation")).content.decode()
    assert 'name="mot_de_passe"' not in page
    assert 'name="nom"' not in page
    reponse = client.post(reverse("parents:confirmation"), {"date_naissance": "01/05/2013", "lien": "mere"})
    nouvelle = Tutelle.objects.get(eleve=bordereau.eleve)
    assert reponse["Location"] == reverse("parents:enfant", kwargs={"cle_tutelle": nouvelle.cle})
    assert nouvelle.tuteur.utilisateur == mere
    assert Utilisateur.objects.count() == 1


def test_une_personne_du_personnel_peut_avoir_un_enfant(client, bordereau) -> None:
    agent = creer_affectation().utilisateur
    client.force_login(agent)
    etape_un(client, bordereau.eleve.code_massar)
    client.post(reverse("parents:confirmation"), {"date_naissance": "01/05/2013", "lien": "pere"})
    assert Tutelle.objects.get().tuteur.utilisateur == agent


def test_le_meme_enfant_deux_fois_est_dit_et_le_bordereau_reste_bon(client) -> None:
    tutelle = creer_tutelle(eleve=creer_inscription().eleve)
    bordereau = creer_bordereau(eleve=tutelle.eleve, rang=2)
    client.force_login(tutelle.tuteur.utilisateur)
    etape_un(client, tutelle.eleve.code_massar)
    with translation.override("fr"):
        adresse = reverse("parents:confirmation")
    reponse = client.post(adresse, {"date_naissance": "01/05/2013", "lien": "mere"}, follow=True)
    assert "Cet enfant est déjà dans votre espace." in reponse.content.decode()
    bordereau.refresh_from_db()
    assert bordereau.etat == "actif"


# -- Nothing tells a right slip from a wrong one ------------------------------


def cas(nom: str) -> tuple[str, str, str]:
    """What somebody types in each case: code Massar, slip code, birth date. A same live slip exists beside."""
    bordereau = creer_bordereau()
    creer_bordereau(eleve=creer_eleve(), code="7KQ2MX94TC")
    massar = bordereau.eleve.code_massar
    match nom:
        case "mauvais code":
            return massar, "7KQ2MX94TD", "01/05/2013"
        case "code d'un autre":
            return massar, "7KQ2MX94TC", "01/05/2013"
        case "élève inconnu":
            return "Z990000000", CODE, "01/05/2013"
        case "mauvaise date":
            return massar, CODE, "02/05/2013"
        case "périmé":
            hier = timezone.now() - datetime.timedelta(days=1)
            Bordereau.objects.filter(pk=bordereau.pk).update(emis_le=hier - datetime.timedelta(days=90), expire_le=hier)
        case "annulé":
            Bordereau.objects.filter(pk=bordereau.pk).update(etat="annule")
        case "utilisé":
            Bordereau.objects.filter(pk=bordereau.pk).update(etat="utilise", utilise_le=timezone.now())
    return massar, CODE, "01/05/2013"


CAS = ["bon", "mauvais code", "code d'un autre", "élève inconnu", "mauvaise date", "périmé", "annulé", "utilisé"]


def empreinte(reponse, requetes: CaptureQueriesContext, *saisi: str) -> tuple[object, ...]:
    """An answer without what changes at each request: the CSRF token and what was typed."""
    corps = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", reponse.content.decode())
    for mot in saisi:
        corps = corps.replace(mot, "§")
    entetes = {nom: valeur for nom, valeur in reponse.headers.items() if nom != "Content-Length"}
    return reponse.status_code, entetes, corps, [requete["sql"].split(" ")[0] for requete in requetes]


def demander(adresse: str, donnees: dict[str, str] | None, client: Client, *saisi: str) -> tuple[object, ...]:
    with CaptureQueriesContext(connection) as requetes:
        reponse = client.get(adresse) if donnees is None else client.post(adresse, donnees)
    return empreinte(reponse, requetes, *saisi)


def test_la_premiere_etape_repond_pareil_a_tous() -> None:
    vues = {}
    for nom in CAS:
        Bordereau.objects.all().delete()
        massar, code, _date = cas(nom)
        client = Client()
        donnees = {"code_massar": massar, "code_bordereau": code}
        posee = demander(reverse("parents:activation"), donnees, client, massar, code)
        suite = demander(reverse("parents:confirmation"), None, client, massar, code)
        assert (posee[0], suite[0]) == (302, 200)
        vues[nom] = str((posee, suite))
    assert len(set(vues.values())) == 1


def test_la_seconde_etape_refuse_pareil() -> None:
    vues = {}
    for nom in [nom for nom in CAS if nom != "bon"]:
        Bordereau.objects.all().delete()
        massar, code, date = cas(nom)
        client = Client()
        etape_un(client, massar, code)
        donnees = CONFIRMATION | {"date_naissance": date}
        refus = demander(reverse("parents:confirmation"), donnees, client, massar, code, date)
        assert refus[0] == 400
        assert "هذه المعلومات غير متطابقة" in str(refus[2])
        vues[nom] = str(refus)
    assert len(set(vues.values())) == 1, vues.keys()
    assert not Utilisateur.objects.exists()


@pytest.mark.parametrize("faute", [{"mot_de_passe": "court"}, {"nom": ""}, {"lien": ""}, {"date_naissance": "?"}])
def test_une_faute_de_saisie_ne_depend_pas_du_bordereau(faute: dict[str, str]) -> None:
    vues = {}
    for nom in CAS:
        Bordereau.objects.all().delete()
        massar, code, date = cas(nom)
        client = Client()
        etape_un(client, massar, code)
        donnees = CONFIRMATION | {"date_naissance": date} | faute
        refus = demander(reverse("parents:confirmation"), donnees, client, massar, code, date)
        assert refus[0] == 400
        assert 'class="errorlist"' in str(refus[2])
        vues[nom] = str(refus)
        assert not Bordereau.objects.filter(essais__gt=0).exists()
    assert len(set(vues.values())) == 1


@pytest.mark.parametrize(
    ("massar", "code"),
    [("Z99", CODE), ("Z991234567", "7KQ"), ("", ""), ("<script>", "<script>"), ("Z991234567", "U" * 10)],
)
def test_des_codes_mal_formes_sont_dits(massar: str, code: str, client) -> None:
    reponse = etape_un(client, massar, code)
    assert reponse.status_code == 400
    assert "<script>" not in reponse.content.decode().replace("<script src=", "")
    assert etapes.CLE not in client.session


@pytest.mark.parametrize("mot_de_passe", ["1234567890", "basketball1", "fatimazahra1", "عبداللطيف1", "court"])
def test_un_mot_de_passe_faible_est_refuse(mot_de_passe: str, client, bordereau) -> None:
    etape_un(client, bordereau.eleve.code_massar)
    reponse = etape_deux(client, mot_de_passe=mot_de_passe, prenom="Fatimazahra", nom="عبداللطيف")
    assert reponse.status_code == 400
    assert f'value="{mot_de_passe}"' not in reponse.content.decode()
    assert not Utilisateur.objects.exists()


# -- Between the steps --------------------------------------------------------


def test_sans_la_premiere_etape_pas_de_seconde(client) -> None:
    for reponse in (client.get(reverse("parents:confirmation")), etape_deux(client)):
        assert reponse["Location"] == reverse("parents:activation")


def test_une_demi_heure_puis_on_recommence(client, bordereau, monkeypatch) -> None:
    etape_un(client, bordereau.eleve.code_massar)
    maintenant = etapes.time.time()
    monkeypatch.setattr(etapes.time, "time", lambda: maintenant + 29 * 60)
    assert client.get(reverse("parents:confirmation")).status_code == 200
    monkeypatch.setattr(etapes.time, "time", lambda: maintenant + 31 * 60)
    assert etape_deux(client)["Location"] == reverse("parents:activation")
    assert etapes.CLE not in client.session
    assert not Utilisateur.objects.exists()


def test_ni_l_adresse_ni_la_page_ni_la_session_ne_portent_le_code(client, bordereau) -> None:
    reponse = etape_un(client, bordereau.eleve.code_massar)
    page = client.get(reponse["Location"]).content.decode()
    retenu = str(Session.objects.get().get_decoded())
    for endroit in (reponse["Location"], page, retenu):
        assert CODE not in endroit
    assert 'type="hidden"' not in page.replace('type="hidden" name="csrfmiddlewaretoken"', "")
    assert bordereau.eleve.code_massar not in reponse["Location"]


def test_les_pages_ne_se_gardent_pas(client, bordereau) -> None:
    for reponse in (
        client.get(reverse("parents:activation")),
        etape_un(client, bordereau.eleve.code_massar),
        client.get(reverse("parents:confirmation")),
        etape_deux(client),
    ):
        assert reponse["Cache-Control"] == "private, no-store"


def test_rien_de_personnel_dans_les_journaux(client, bordereau, caplog) -> None:
    with caplog.at_level(logging.DEBUG):
        etape_un(client, bordereau.eleve.code_massar, "7KQ2MX94TD")
        etape_deux(client)
        etape_un(client, bordereau.eleve.code_massar)
        etape_deux(client)
    ecrits = "\n".join(
        enregistrement.getMessage() for enregistrement in caplog.records if enregistrement.name != "django.db.backends"
    )
    assert Tutelle.objects.count() == 1
    for mot in (bordereau.eleve.code_massar, CODE, "أمزيان", "فاطمة", "olivier-cedre-argane", "2013"):
        assert mot not in ecrits


# -- Limits -------------------------------------------------------------------


@pytest.mark.parametrize("connu", [True, False])
def test_vingt_confirmations_par_heure_et_par_eleve(connu: bool, bordereau) -> None:
    massar = bordereau.eleve.code_massar if connu else "Z990000000"
    for _ in range(20):
        client = Client()
        etape_un(client, massar, "7KQ2MX94TD")
        assert etape_deux(client).status_code == 400
    client = Client()
    etape_un(client, massar)
    reponse = etape_deux(client)
    assert reponse.status_code == 429
    assert "طلبات كثيرة" in reponse.content.decode()
    assert not Utilisateur.objects.exists()


def test_un_eleve_bloque_n_en_bloque_pas_un_autre(client, bordereau) -> None:
    for _ in range(21):
        etape_un(client, "Z990000000", "7KQ2MX94TD")
        etape_deux(client)
    etape_un(client, bordereau.eleve.code_massar)
    assert etape_deux(client)["Location"] == reverse("parents:bienvenue")


def test_trois_cents_demandes_par_minute_et_par_adresse(client, bordereau, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"activation": "6/m/ip"}
    for _ in range(6):
        assert etape_un(client, "Z990000000").status_code == 302
    assert etape_un(client, bordereau.eleve.code_massar).status_code == 429
    assert etape_deux(client).status_code == 429
    assert client.get(reverse("parents:activation")).status_code == 200


def test_les_limites_livrees(settings) -> None:
    assert settings.ACCOUNT_RATE_LIMITS["activation"] == "300/m/ip"
    assert settings.ACCOUNT_RATE_LIMITS["activation_confirmation"] == "20/h/key"


def test_le_jeton_csrf_est_exige(bordereau) -> None:
    severe = Client(enforce_csrf_checks=True)
    assert etape_un(severe, bordereau.eleve.code_massar).status_code == 403


def test_les_fautes_de_saisie_n_usent_pas_la_limite(client, bordereau) -> None:
    etape_un(client, bordereau.eleve.code_massar)
    for _ in range(25):
        etape_deux(client, mot_de_passe="court")
    assert etape_deux(client)["Location"] == reverse("parents:bienvenue")
