"""Publishing a news item in a few fields: the right person, the wrong ones, and nothing lost."""

import re
import uuid

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import PageLogEntry, UploadedFile

from sites.models import PageActualite, ReglagesEcole
from sites.nommage import NOM_MAX
from tests.fabriques import creer_affectation, creer_utilisateur

from ..ecoles import Ecole, creer_redactrice, photo
from .gestes import SAISIE, adresse, fichiers, modification, publier

pytestmark = pytest.mark.django_db

# -- What a director does -----------------------------------------------------


def test_publier_avec_une_photo(client, ecole: Ecole) -> None:
    reponse = publier(client, ecole, photo=photo())
    assert reponse.redirect_chain[-1][0] == reverse("wagtailadmin_home")
    page = PageActualite.objects.get()
    assert (page.title, page.live, page.has_unpublished_changes) == ("حملة نظافة", True, False)
    assert page.get_parent().specific == ecole.actualites
    assert (page.etablissement, page.owner, page.langue_contenu) == (ecole.etablissement, ecole.directrice, "ar")
    assert page.corps[0].value.source == "<p>شارك التلاميذ.</p>\n\n<p>شكرا لهم.</p>"
    assert (page.image_alt, page.image.description) == ("تلاميذ ينظفون الساحة",) * 2
    assert page.image.uploaded_by_user == ecole.directrice
    assert page.live_revision == page.latest_revision
    assert page.latest_revision.user == ecole.directrice
    actes = set(PageLogEntry.objects.filter(page=page.pk, user=ecole.directrice).values_list("action", flat=True))
    assert {"wagtail.edit", "wagtail.publish"} <= actes
    assert page.get_url() in reponse.content.decode()
    publique = client.get(page.get_url()).content.decode()
    assert "شكرا لهم" in publique
    assert 'alt="تلاميذ ينظفون الساحة"' in publique


def test_un_titre_suffit(client, ecole: Ecole) -> None:
    publier(client, ecole, texte="", image_alt="ce qui reste d'une photo retirée")
    page = PageActualite.objects.get()
    assert (len(page.corps), page.image, page.image_alt) == (0, None, "")


def test_un_texte_francais_est_une_page_en_francais(client, ecole: Ecole) -> None:
    publier(client, ecole, title="Portes ouvertes", texte="Samedi matin.", image_alt="")
    page = PageActualite.objects.get()
    assert page.langue_contenu == "fr"
    publique = client.get(page.get_url()).content.decode()
    assert re.search(r'lang="fr"[^>]*dir="ltr"', publique)


def test_deux_nouvelles_du_meme_titre_ont_deux_adresses(client, ecole: Ecole) -> None:
    publier(client, ecole)
    publier(client, ecole)
    adresses = {page.get_url() for page in PageActualite.objects.all()}
    assert len(adresses) == 2
    assert all(client.get(url).status_code == 200 for url in adresses)


@pytest.mark.parametrize("titre", ["😀", "؟!", "ا" * 255, "rentrée__fr"], ids=["emoji", "signes", "long", "marque"])
def test_tout_titre_donne_une_adresse(titre: str, client, ecole: Ecole, autre: Ecole) -> None:
    """Its address is short, whatever the title, and its namesakes and its translation have theirs."""
    for _fois in range(2):
        publier(client, ecole, title=titre)
    premiere, seconde = PageActualite.objects.order_by("pk")
    assert (premiere.title, seconde.title) == (titre, titre)
    assert len(seconde.slug) <= NOM_MAX + len("-2")
    assert all(client.get(page.get_url()).status_code == 200 for page in (premiere, seconde))
    client.post(reverse("bureau:traduction", args=[seconde.pk]), {"traduire": "fr"})
    assert PageActualite.objects.get(locale__language_code="fr").translation_key == seconde.translation_key


def test_un_titre_invisible_est_vide(client, ecole: Ecole) -> None:
    reponse = publier(client, ecole, title=" \u200f\u200b ")
    assert list(reponse.context["form"].errors) == ["title"]
    assert not PageActualite.objects.exists()


def test_un_texte_trop_long_revient_entier(client, ecole: Ecole) -> None:
    """No field lets the browser cut what is pasted: the form says that it is too long, and shows all of it."""
    assert "maxlength" not in client.get(adresse(ecole)).content.decode()
    long = "كلمة " * 5_000 + "الأخيرة"
    reponse = publier(client, ecole, texte=long)
    assert list(reponse.context["form"].errors) == ["texte"]
    assert "الأخيرة" in reponse.content.decode()


def test_ce_qu_un_traitement_de_texte_cache_ne_se_publie_pas(client, ecole: Ecole) -> None:
    publier(client, ecole, texte="سطر\x0bآخر\x07", image_alt="")
    assert PageActualite.objects.get().corps[0].value.source == "<p>سطر آخر</p>"


def test_un_formulaire_envoye_deux_fois_publie_une_fois(client, ecole: Ecole) -> None:
    jeton = str(uuid.uuid4())
    for _fois in range(2):
        reponse = publier(client, ecole, jeton=jeton, photo=photo())
        assert PageActualite.objects.get().get_url() in reponse.content.decode()
    assert get_image_model().objects.count() == 1


def test_revenir_en_arriere_et_corriger_change_la_meme_page(client, ecole: Ecole) -> None:
    """The browser's back button gives the form again, with its token: what was corrected there is not lost."""
    jeton = str(uuid.uuid4())
    publier(client, ecole, jeton=jeton, photo=photo(), brouillon="1")
    publier(client, ecole, jeton=jeton, photo=photo())
    page = PageActualite.objects.get()
    assert (page.live, page.title) == (True, "حملة نظافة")
    publier(client, ecole, jeton=jeton, photo=photo(), title="حملة نظافة كبرى")
    page.refresh_from_db()
    assert (page.live, page.title, page.has_unpublished_changes) == (True, "حملة نظافة كبرى", False)


def test_revenir_en_arriere_ne_change_pas_ce_qui_attend_un_accord(client, ecole: Ecole) -> None:
    ReglagesEcole.objects.create(etablissement=ecole.etablissement, moderation_exigee=True)
    client.force_login(creer_redactrice(ecole))
    jeton = str(uuid.uuid4())
    publier(client, ecole, jeton=jeton)
    reponse = publier(client, ecole, jeton=jeton, title="autre chose")
    page = PageActualite.objects.get()
    assert (page.workflow_in_progress, page.get_latest_revision_as_object().title) == (True, "حملة نظافة")
    assert reverse("bureau:retirer", args=[page.pk]) in reponse.content.decode()
    assert "اسحبوه لتعديله" in reponse.content.decode()


def test_la_photo_est_a_l_ecole_de_la_page(client, ecole: Ecole, autre: Ecole) -> None:
    """Whoever writes for several schools does not leave a school with photos that it cannot change."""
    voisine = creer_affectation(role="communicateur", direction=ecole.etablissement.direction).utilisateur
    creer_affectation(utilisateur=ecole.directrice, etablissement=autre.etablissement)
    for personne in (voisine, ecole.directrice):
        client.force_login(personne)
        publier(client, autre, photo=photo())
    proprietaires = get_image_model().objects.values_list("proprietaire", flat=True)
    assert set(proprietaires) == {autre.etablissement.gresa}


def test_le_jeton_d_une_autre_ne_mene_pas_a_sa_page(client, ecole: Ecole, autre: Ecole) -> None:
    """Nor does the translation key of a page that exists."""
    jeton = str(uuid.uuid4())
    publier(client, ecole, jeton=jeton)
    premiere = PageActualite.objects.get()
    client.force_login(autre.directrice)
    for suivant in (jeton, str(premiere.translation_key)):
        publier(client, autre, jeton=suivant)
    assert PageActualite.objects.filter(etablissement=autre.etablissement).count() == 2
    assert PageActualite.objects.filter(translation_key=premiere.translation_key).count() == 1


def test_un_brouillon_reste_a_part(client, ecole: Ecole) -> None:
    publier(client, ecole, photo=photo(), brouillon="1")
    page = PageActualite.objects.get()
    assert (page.live, page.image.file.size > 0) == (False, True)
    assert client.get(page.get_url() or page.chemin()).status_code == 404


# -- Nothing is lost ----------------------------------------------------------


def test_une_photo_sans_description_est_gardee_avec_le_texte(client, ecole: Ecole, settings) -> None:
    reponse = publier(client, ecole, image_alt="", photo=photo())
    assert reponse.status_code == 422
    page = reponse.content.decode()
    assert "data:image/jpeg;base64," in page
    assert "شارك التلاميذ" in page
    assert not PageActualite.objects.exists()
    depot = UploadedFile.objects.get()
    assert f'value="{depot.pk}"' in page
    assert "20261124" not in depot.file.name
    publier(client, ecole, depot_photo=str(depot.pk))
    page = PageActualite.objects.get()
    assert (page.live, page.image.width) == (True, 40)
    assert not page.image.file.name.endswith(depot.file.name)


@pytest.mark.django_db(transaction=True)
def test_le_depot_s_en_va_quand_la_photo_est_publiee(client, ecole: Ecole, settings) -> None:
    publier(client, ecole, image_alt="", photo=photo())
    depot = UploadedFile.objects.get()
    publier(client, ecole, depot_photo=str(depot.pk))
    assert not UploadedFile.objects.exists()
    assert [chemin.parent.name for chemin in fichiers(settings)] == ["original_images"]


def test_la_photo_d_une_autre_ne_se_prend_pas(client, ecole: Ecole, autre: Ecole) -> None:
    client.force_login(autre.directrice)
    publier(client, autre, image_alt="", photo=photo())
    depot = UploadedFile.objects.get()
    client.force_login(ecole.directrice)
    publier(client, ecole, depot_photo=str(depot.pk))
    assert PageActualite.objects.get().image is None
    assert UploadedFile.objects.filter(pk=depot.pk).exists()


def test_les_depots_d_une_personne_sont_comptes(client, ecole: Ecole, settings) -> None:
    for _fois in range(7):
        publier(client, ecole, image_alt="", photo=photo())
    assert UploadedFile.objects.count() == len(fichiers(settings)) == 5


@pytest.mark.parametrize("depot", ["x", "0", "-1", "9" * 30, "١", "1; DROP"])
def test_une_cle_de_depot_inventee_ne_donne_rien(depot: str, client, ecole: Ecole) -> None:
    publier(client, ecole, depot_photo=depot, image_alt="")
    assert PageActualite.objects.get().image is None


@pytest.mark.parametrize(
    ("champs", "champ"),
    [
        ({"title": ""}, "title"),
        ({"title": "ع" * 256}, "title"),
        ({"texte": "x" * 20_001}, "texte"),
        ({"image_alt": "x" * 201}, "image_alt"),
    ],
)
def test_ce_qui_manque_ou_deborde_est_dit(champs, champ: str, client, ecole: Ecole) -> None:
    reponse = publier(client, ecole, **champs)
    assert reponse.status_code == 422
    assert list(reponse.context["form"].errors) == [champ]
    page = reponse.content.decode()
    assert f'href="#id_{champ}"' in page
    assert not PageActualite.objects.exists()


@pytest.mark.parametrize(
    "fichier",
    [
        photo("photo.svg"),
        photo("photo.png"),
        photo("photo.exe"),
    ],
    ids=lambda fichier: fichier.name,
)
def test_un_fichier_qui_n_est_pas_une_photo_est_refuse(fichier, client, ecole: Ecole, settings) -> None:
    reponse = publier(client, ecole, photo=fichier)
    assert reponse.status_code == 422
    assert "photo" in reponse.context["form"].errors
    assert (PageActualite.objects.count(), UploadedFile.objects.count(), fichiers(settings)) == (0, 0, set())


def test_un_echec_n_ecrit_rien(client, ecole: Ecole, settings, monkeypatch) -> None:
    def tomber(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("wagtail.models.Revision.publish", tomber)
    with pytest.raises(RuntimeError), transaction.atomic():
        publier(client, ecole, photo=photo())
    assert not PageActualite.objects.exists()
    assert not get_image_model().objects.exists()
    assert fichiers(settings) == set()


# -- Whom it is for -----------------------------------------------------------


def test_les_autres_ne_trouvent_rien(client, ecole: Ecole, autre: Ecole, publiee: PageActualite) -> None:
    etrangers = [autre.directrice, creer_affectation(etablissement=autre.etablissement, role="secretaire").utilisateur]
    for etranger in etrangers:
        client.force_login(etranger)
        for methode in (client.get, client.post):
            assert methode(adresse(ecole), SAISIE).status_code == 404
            assert methode(modification(publiee), SAISIE).status_code == 404
    publiee.refresh_from_db()
    assert (PageActualite.objects.count(), publiee.title) == (1, "حملة نظافة")


def test_une_famille_et_un_inconnu_restent_dehors(client, ecole: Ecole) -> None:
    client.force_login(creer_utilisateur())
    assert client.post(adresse(ecole), SAISIE).status_code == 404
    client.logout()
    assert client.post(adresse(ecole), SAISIE).status_code == 302
    assert not PageActualite.objects.exists()


def test_une_ecole_qui_n_existe_pas(client, ecole: Ecole) -> None:
    for gresa in ("99999z", "zzz"):
        assert client.get(reverse("bureau:ecrire_actualite", kwargs={"gresa": gresa})).status_code == 404


def test_peu_de_requetes(client, ecole: Ecole, django_assert_max_num_queries) -> None:
    client.get(adresse(ecole))
    with django_assert_max_num_queries(20):
        client.get(adresse(ecole))
