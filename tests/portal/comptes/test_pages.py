"""The account pages, under our names and our words: sign-in, sign-out, password, e-mail, the closed sign-up."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.comptes.models import Utilisateur
from tests.fabriques import creer_affectation, creer_tuteur, creer_utilisateur
from tests.fabriques.comptes import MOT_DE_PASSE

pytestmark = pytest.mark.django_db
NOUVEAU = "palmier-dattier-2027"


@pytest.fixture
def mere():
    return creer_tuteur(utilisateur=creer_utilisateur(username="4821553096")).utilisateur


def connecter(client, identifiant: str, mot_de_passe: str = MOT_DE_PASSE, **suite: str):
    return client.post(reverse("account_login"), {"login": identifiant, "password": mot_de_passe, **suite})


@pytest.mark.parametrize("saisi", ["4821553096", "4821 5530 96", " 4821-5530-96", "٤٨٢١٥٥٣٠٩٦"])
def test_on_se_connecte_comme_on_ecrit_son_identifiant(saisi: str, client, mere) -> None:
    reponse = connecter(client, saisi)
    assert reponse.status_code == 302
    assert client.session["_auth_user_id"] == str(mere.pk)
    assert client.session.get_expire_at_browser_close()


@pytest.mark.parametrize(
    ("identifiant", "mot_de_passe"), [("4821553096", "faux-mot-de-passe"), ("1000000008", MOT_DE_PASSE)]
)
def test_un_refus_ne_dit_pas_ce_qui_est_faux(identifiant, mot_de_passe, client, mere) -> None:
    reponse = connecter(client, identifiant, mot_de_passe)
    assert "_auth_user_id" not in client.session
    erreurs = reponse.context["form"].non_field_errors()
    assert erreurs == ["المعرف أو كلمة المرور غير صحيحة."]


def test_toutes_les_ecritures_d_un_identifiant_partagent_une_limite(client, mere) -> None:
    for saisi in ["4821553096", "4821 5530 96"] * 5:
        connecter(client, saisi, "faux-mot-de-passe")
    reponse = connecter(client, "٤٨٢١٥٥٣٠٩٦", MOT_DE_PASSE)
    assert "_auth_user_id" not in client.session
    assert "محاولات خاطئة كثيرة" in reponse.content.decode()


def test_l_identifiant_de_session_change(client, mere) -> None:
    session = client.session
    session["trace"] = "avant"
    session.save()
    avant = session.session_key
    client.cookies["sessionid"] = avant
    connecter(client, "4821553096")
    assert client.session.session_key != avant


@pytest.mark.parametrize("suite", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:alert(1)"])
def test_on_ne_part_pas_ailleurs(suite: str, client, mere) -> None:
    assert connecter(client, "4821553096", next=suite)["Location"] == reverse("comptes:accueil")


PUBLIQUES = [
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
]
PRIVEES = ["account_change_password", "account_email", "account_reauthenticate", "comptes:accueil"]


@pytest.mark.parametrize("langue", ["ar", "fr"])
@pytest.mark.parametrize("route", PUBLIQUES)
def test_une_page_publique_est_la_notre_dans_sa_langue(route: str, langue: str, client) -> None:
    with translation.override(langue):
        adresse = reverse(route)
    verifier_habillage(client.get(adresse), langue)


@pytest.mark.parametrize("langue", ["ar", "fr"])
@pytest.mark.parametrize("route", [r for r in PRIVEES if r != "account_reauthenticate"])
def test_une_page_privee_est_la_notre_et_fermee_aux_inconnus(route: str, langue: str, client) -> None:
    with translation.override(langue):
        adresse = reverse(route)
        connexion = reverse("account_login")
    ferme = client.get(adresse)
    assert (ferme.status_code, ferme["Location"]) == (302, f"{connexion}?next={adresse}")
    client.force_login(creer_utilisateur(username="4821553096"))
    verifier_habillage(client.get(adresse), langue)


def verifier_habillage(reponse, langue: str) -> None:
    """Our frame, the right language and direction, one heading, and not a word of allauth's English."""
    assert reponse.status_code == 200
    page = reponse.content.decode()
    assert f'<html lang="{langue}" dir="{"rtl" if langue == "ar" else "ltr"}">' in page
    assert "themes/portail.css" in page
    assert page.count("<h1") == 1
    texte = re.sub(r"<[^>]+>|\s+", " ", page[page.index("<main") : page.index("</main>")])
    for mot in ("Sign", "Password", "Email", "please", "You "):
        assert mot not in texte, mot
    if langue == "ar":
        assert not re.search(r"[A-Za-z]{4,}", texte), texte


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_la_deconnexion_garde_la_langue(langue: str, client, mere) -> None:
    connecter(client, mere.username)
    reponse = client.post(f"/{langue}/compte/logout/")
    assert (reponse.status_code, reponse["Location"]) == (302, f"/{langue}/")


def test_deconnexion_par_post_seulement(client, mere) -> None:
    client.force_login(mere)
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    reponse = client.post(reverse("account_logout"))
    assert reponse.status_code == 302
    assert "_auth_user_id" not in client.session


def test_personne_ne_s_inscrit_sans_bordereau(client) -> None:
    donnees = {"username": "nouveau", "password1": NOUVEAU, "password2": NOUVEAU}
    assert b"<h1" in client.post(reverse("account_signup"), donnees).content
    assert not Utilisateur.objects.exists()


def test_changer_de_mot_de_passe(client, mere) -> None:
    client.force_login(mere)
    page = reverse("account_change_password")
    court = client.post(page, {"oldpassword": MOT_DE_PASSE, "password1": "court", "password2": "court"})
    assert "كلمة المرور هذه قصيرة جدا: يلزم 10 رموز على الأقل." in court.content.decode()
    faux = client.post(page, {"oldpassword": "faux", "password1": NOUVEAU, "password2": NOUVEAU})
    assert "ليست هذه كلمة المرور الحالية." in faux.content.decode()
    assert (
        client.post(page, {"oldpassword": MOT_DE_PASSE, "password1": NOUVEAU, "password2": NOUVEAU}).status_code == 302
    )
    mere.refresh_from_db()
    assert mere.check_password(NOUVEAU)
    assert client.get(reverse("comptes:accueil")).status_code == 302  # this session goes on


def test_un_nouveau_mot_de_passe_ferme_les_autres_sessions(client, mere) -> None:
    ailleurs = Client()
    ailleurs.force_login(mere)
    client.force_login(mere)
    client.post(
        reverse("account_change_password"), {"oldpassword": MOT_DE_PASSE, "password1": NOUVEAU, "password2": NOUVEAU}
    )
    assert "/login/" in ailleurs.get(reverse("comptes:accueil"))["Location"]


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_retrouver_son_mot_de_passe_par_courriel(langue: str, client, mere) -> None:
    mere.email = "mere@famille.example"
    mere.save()
    with translation.override(langue):
        page = reverse("account_reset_password")
        attendu = {"ar": "كلمة المرور الجديدة", "fr": "Nouveau mot de passe"}[langue]
    client.post(page, {"email": "mere@famille.example"})
    (courriel,) = mail.outbox
    assert attendu in courriel.subject
    assert "4821553096" in courriel.body
    lien = re.search(r"http://testserver(\S+)", courriel.body)[1]
    reponse = client.get(lien, follow=True)
    verifier_habillage(reponse, langue)
    fin = client.post(reponse.redirect_chain[-1][0], {"password1": NOUVEAU, "password2": NOUVEAU}, follow=True)
    verifier_habillage(fin, langue)
    mere.refresh_from_db()
    assert mere.check_password(NOUVEAU)
    use = client.get(lien, follow=True)
    assert "message--error" in use.content.decode()


def test_une_adresse_inconnue_recoit_la_meme_reponse_et_rien(client, mere) -> None:
    mere.email = "mere@famille.example"
    mere.save()
    page = reverse("account_reset_password")
    reponses = [client.post(page, {"email": adresse}) for adresse in ("mere@famille.example", "autre@famille.example")]
    assert len({(r.status_code, r["Location"]) for r in reponses}) == 1
    assert [courriel.to for courriel in mail.outbox] == [["mere@famille.example"]]


def test_la_page_d_oubli_envoie_d_abord_a_l_ecole(client) -> None:
    with translation.override("fr"):
        page = client.get(reverse("account_reset_password")).content.decode()
    assert page.index("demandez un nouveau bordereau") < page.index('name="email"')


def test_donner_une_adresse_est_facultatif_et_se_confirme(client, mere) -> None:
    assert mere.email == ""
    connecter(client, "4821553096")
    client.post(reverse("account_email"), {"email": "mere@famille.example", "action_add": "1"})
    (courriel,) = mail.outbox
    lien = re.search(r"http://testserver(\S+)", courriel.body)[1]
    assert "mere@famille.example" in client.get(reverse("account_email")).content.decode()
    assert client.get(lien).status_code == 200
    assert client.post(lien).status_code == 302
    mere.refresh_from_db()
    assert mere.email == "mere@famille.example"


# -- Where one goes after signing in ------------------------------------------


def test_un_parent_va_a_ses_enfants(client, mere) -> None:
    client.force_login(mere)
    assert client.get(reverse("comptes:accueil"))["Location"] == reverse("parents:tableau")


def test_le_personnel_va_a_la_gestion(client) -> None:
    client.force_login(creer_affectation().utilisateur)
    assert client.get(reverse("comptes:accueil"))["Location"] == reverse("wagtailadmin_home")


def test_qui_est_les_deux_choisit(client) -> None:
    agent = creer_affectation().utilisateur
    creer_tuteur(utilisateur=agent)
    client.force_login(agent)
    page = client.get(reverse("comptes:accueil"))
    assert page.status_code == 200
    assert [espace.route for espace in page.context["espaces"]] == ["wagtailadmin_home", "parents:tableau"]


def test_qui_n_est_rien_lit_quoi_faire(client) -> None:
    client.force_login(creer_utilisateur(username="4821553096"))
    page = client.get(reverse("comptes:accueil"))
    assert page.status_code == 200
    assert page.context["espaces"] == []
    assert "4821 5530 96" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
