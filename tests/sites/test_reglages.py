"""The settings of a school: its own director writes them, its own pages show them, and nothing else gets in."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from etablissements.acces.models import Affectation
from etablissements.registre.models import Etablissement
from portal.socle.models import ImagePortail
from sites.models import ReglagesEcole, reglages_de
from tests.fabriques import creer_affectation, creer_utilisateur
from tests.html import exiger_page_saine

pytestmark = pytest.mark.django_db


def adresse(ecole: Etablissement) -> str:
    return reverse("gestion_sites:reglages", kwargs={"gresa": ecole.gresa})


def image(titre: str = "logo") -> ImagePortail:
    octets = BytesIO()
    Image.new("RGB", (400, 200), "teal").save(octets, "PNG")
    return ImagePortail.objects.create(title=titre, file=ImageFile(octets, f"{titre}.png"))


def entrer(client: Client, ecole: Etablissement, role: str = Affectation.Role.DIRECTEUR):
    affectation = creer_affectation(etablissement=ecole, role=role)
    client.force_login(affectation.utilisateur)
    return affectation


def test_une_ecole_qui_n_a_rien_regle_a_les_reglages_par_defaut(ecoles) -> None:
    reglages = reglages_de(ecoles[0])
    assert (reglages.moderation_exigee, reglages.formulaire_ouvert, reglages.reseaux) == (False, True, [])
    assert not ReglagesEcole.objects.exists()


def test_une_adresse_sans_https_est_completee(client: Client, ecoles) -> None:
    """As a telephone shows it, and as people type it; one that is not on its network is refused all the same."""
    ecole, _autre = ecoles
    entrer(client, ecole)
    client.post(adresse(ecole), {"youtube": "www.youtube.com/@argane"})
    assert ReglagesEcole.objects.get().youtube == "https://www.youtube.com/@argane"
    assert client.post(adresse(ecole), {"youtube": "example.org/@argane"}).status_code == 200
    assert ReglagesEcole.objects.get().youtube == "https://www.youtube.com/@argane"


def test_le_directeur_regle_le_site_de_son_ecole_et_elle_seule_change(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    entrer(client, ecole)
    assert client.get(adresse(ecole)).status_code == 200
    reponse = client.post(
        adresse(ecole),
        {
            "telephone_administration": "0528 86 00 00",
            "courriel_contact": "argane@example.ma",
            "youtube": "https://www.youtube.com/@argane",
            "moderation_exigee": "on",
            "etablissement": autre.pk,
        },
    )
    assert (reponse.status_code, reponse["Location"]) == (302, adresse(ecole))
    reglages = ReglagesEcole.objects.get()
    assert reglages.etablissement == ecole, "an undeclared field is not read"
    assert (reglages.moderation_exigee, reglages.formulaire_ouvert) == (True, False)
    for langue in ("ar", "fr"):
        sienne = client.get(f"/{langue}/ecoles/{ecole.slug_public}/contact/").content.decode()
        page = exiger_page_saine(sienne, langue=langue)
        assert "0528 86 00 00" in page.texte
        assert "https://www.youtube.com/@argane" in [lien.attributs.get("href") for lien in page.tous("a")]
        assert "argane@example.ma" not in client.get(f"/{langue}/ecoles/{autre.slug_public}/contact/").content.decode()


@pytest.mark.parametrize("methode", ["get", "post"])
def test_personne_d_autre_ne_regle_le_site(client: Client, ecoles, methode: str) -> None:
    ecole, autre = ecoles
    finie = creer_affectation(etablissement=ecole)
    finie.au = finie.du
    finie.save()
    acteurs = [
        finie.utilisateur,
        creer_affectation(etablissement=autre).utilisateur,
        creer_affectation(etablissement=ecole, role=Affectation.Role.SECRETAIRE).utilisateur,
        creer_utilisateur(is_superuser=True),
    ]
    for acteur in acteurs:
        client.force_login(acteur)
        assert getattr(client, methode)(adresse(ecole)).status_code == 404
    client.logout()
    assert getattr(client, methode)(adresse(ecole)).status_code == 302
    assert not ReglagesEcole.objects.exists()


def test_une_image_qu_on_ne_peut_choisir_est_refusee_sans_se_montrer(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    entrer(client, ecole)
    etrangere = image("fête secrète")
    ImagePortail.objects.filter(pk=etrangere.pk).update(proprietaire=autre.gresa)
    reponse = client.post(adresse(ecole), {"logo": etrangere.pk, "courriel_contact": "pas une adresse"}, follow=True)
    assert reponse.redirect_chain or reponse.status_code == 403
    assert "fête secrète" not in reponse.content.decode()
    assert not ReglagesEcole.objects.exists()
    ImagePortail.objects.filter(pk=etrangere.pk).update(proprietaire=ecole.gresa)
    assert client.post(adresse(ecole), {"logo": etrangere.pk}).status_code == 302
    assert ReglagesEcole.objects.get().logo == etrangere


def test_qui_dirige_deux_ecoles_choisit(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    directeur = entrer(client, ecole).utilisateur
    assert client.get(reverse("gestion_sites:choisir"))["Location"] == adresse(ecole)
    creer_affectation(utilisateur=directeur, etablissement=autre)
    liste = client.get(reverse("gestion_sites:choisir")).content.decode()
    assert adresse(ecole) in liste
    assert adresse(autre) in liste
    client.force_login(creer_utilisateur(is_superuser=True))
    assert client.get(reverse("gestion_sites:choisir")).status_code == 404


@pytest.mark.parametrize(
    ("reseau", "valeur"),
    [
        ("facebook", "http://www.facebook.com/argane"),
        ("facebook", "https://www.facebook.com/"),
        ("facebook", "https://facebook.com.example.org/argane"),
        ("facebook", "https://www.facebook.com@example.org/argane"),
        ("facebook", "https://example.org/https://www.facebook.com/argane"),
        ("facebook", "https://www.facebook.com:8443/argane"),
        ("facebook", "https://www.facebook.com\\@example.org/argane"),
        ("youtube", "https://www.facebook.com/argane"),
        ("x", "javascript:alert(1)//x.com/a"),
        ("x", "https://[x.com/a"),
        ("instagram", "//www.instagram.com/argane"),
    ],
)
def test_un_lien_qui_n_est_pas_du_reseau_est_refuse(ecoles, reseau: str, valeur: str) -> None:
    with pytest.raises(ValidationError) as refus:
        ReglagesEcole(etablissement=ecoles[0], **{reseau: valeur}).full_clean()
    assert reseau in refus.value.message_dict


# Wagtail leaves the file of a new rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
def test_le_logo_est_dans_le_cadre_pour_une_requete(client: Client, ecoles, django_assert_num_queries) -> None:
    ecole, autre = ecoles
    chemin = "/ar/ecoles/{}/contact/"
    client.get(chemin.format(autre.slug_public))
    with django_assert_num_queries(3):
        client.get(chemin.format(autre.slug_public))
    ReglagesEcole.objects.create(etablissement=ecole, logo=image())
    client.get(chemin.format(ecole.slug_public))
    with django_assert_num_queries(4):
        page = client.get(chemin.format(ecole.slug_public)).content.decode()
    assert 'class="heros__logo"' in page
    assert 'class="heros__logo"' not in client.get(chemin.format(autre.slug_public)).content.decode()
