"""One page translated on demand: beside its original, at its address, flagged when it is behind."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from etablissements.bureau.traduction.views import Traduction
from portal.diffusion import cles
from sites.models import PageActualite, PageEvenement, PageLibre
from sites.plan.requetes import pages_de_l_ecole
from sites.sections import ouvrir
from sites.traductions import TraductionRefusee, tenir_pour_a_jour, traductions_depassees, traduire
from sites.variantes import Section
from tests.fabriques import creer_utilisateur

from ..ecoles import Ecole, creer_redactrice

pytestmark = pytest.mark.django_db


def publier(page: Page, **champs: object) -> None:
    for nom, valeur in champs.items():
        setattr(page, nom, valeur)
    page.save_revision().publish()
    page.refresh_from_db()


def ecrire(ecole: Ecole, slug: str = "rentree", titre: str = "الدخول المدرسي") -> PageActualite:
    page = ecole.actualites.add_child(instance=PageActualite(title=titre, slug=slug, locale=ecole.actualites.locale))
    publier(page)
    return page


def traduite(ecole: Ecole, page: Page, titre: str = "La rentrée", langue: str = "fr") -> Page:
    traduction = traduire(page=page, langue=langue, auteur=ecole.directrice)
    publier(traduction, title=titre)
    return traduction


def adresse(ecole: Ecole, reste: str, langue: str) -> str:
    return f"/{langue}/ecoles/{ecole.etablissement.slug_public}/{reste}"


def texte(client: Client, chemin: str) -> str:
    reponse = client.get(chemin)
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_une_page_se_traduit_et_aucune_autre(client: Client, ecole: Ecole, autre: Ecole) -> None:
    page, ailleurs = ecrire(ecole), ecrire(autre)
    avant = dict(Page.objects.values_list("pk", "path"))
    reponse = client.post(reverse("bureau:traduction", args=[page.pk]), {"traduire": "fr"})
    traduction = PageActualite.objects.get(translation_key=page.translation_key, locale__language_code="fr")
    assert reponse["Location"] == reverse("wagtailadmin_pages:edit", args=[traduction.pk])
    assert (traduction.get_parent().pk, traduction.live, traduction.title) == (ecole.actualites.pk, False, page.title)
    assert dict(Page.objects.exclude(pk=traduction.pk).values_list("pk", "path")) == avant
    assert not ailleurs.get_translations().exists()
    assert client.get(reponse["Location"]).status_code == 200
    client.post(reverse("bureau:traduction", args=[page.pk]), {"traduire": "fr"})
    assert page.get_translations().count() == 1


def test_chaque_lecteur_lit_sa_langue_a_la_meme_adresse(client: Client, ecole: Ecole, autre: Ecole) -> None:
    page, _ailleurs = ecrire(ecole), ecrire(autre)
    traduction = traduire(page=page, langue="fr", auteur=ecole.directrice)
    fr, ar = (adresse(ecole, "actualites/rentree/", langue) for langue in ("fr", "ar"))
    assert "الدخول المدرسي" in texte(client, fr)  # a draft is nobody's page
    publier(traduction, title="La rentrée")
    assert "La rentrée" in texte(client, fr)
    assert "الدخول المدرسي" not in texte(client, fr)
    assert "الدخول المدرسي" in texte(client, ar)
    assert "الدخول المدرسي" in texte(client, adresse(autre, "actualites/rentree/", "fr"))
    with translation.override("fr"):
        assert traduction.url == fr
    nom_de_l_arbre = client.get(adresse(ecole, f"actualites/{traduction.slug}/", "fr"))
    assert (nom_de_l_arbre.status_code, nom_de_l_arbre["Location"]) == (301, fr)
    traduction.unpublish()
    assert "الدخول المدرسي" in texte(client, fr)


@pytest.mark.parametrize("reste", ["", "actualites/"])
def test_les_listes_la_montrent_une_fois(client: Client, ecole: Ecole, reste: str) -> None:
    traduite(ecole, ecrire(ecole))
    fr, ar = (texte(client, adresse(ecole, reste, langue)) for langue in ("fr", "ar"))
    assert ("La rentrée" in fr, "الدخول المدرسي" in fr) == (True, False)
    assert ("La rentrée" in ar, "الدخول المدرسي" in ar) == (False, True)
    assert "__fr" not in fr


def test_un_evenement_et_une_page_libre_aussi(client: Client, ecole: Ecole) -> None:
    agenda = ouvrir(etablissement=ecole.etablissement, section=Section.AGENDA)
    fete = agenda.add_child(
        instance=PageEvenement(title="حفل", slug="fete", locale=agenda.locale, jour=datetime.date(2030, 6, 1))
    )
    accueil = ecole.actualites.get_parent()
    libre = accueil.add_child(instance=PageLibre(title="مشروعنا", slug="projet", locale=accueil.locale))
    for page in (fete, libre):
        publier(page)
    traduite(ecole, fete, "La fête")
    traduite(ecole, libre, "Notre projet")
    assert "La fête" in texte(client, adresse(ecole, "agenda/fete/", "fr"))
    page = texte(client, adresse(ecole, "projet/", "fr"))
    assert ("Notre projet" in page, "مشروعنا" in page) == (True, False)
    assert "مشروعنا" in texte(client, adresse(ecole, "projet/", "ar"))


def test_renommer_l_original_renomme_sa_traduction(
    client: Client, ecole: Ecole, django_capture_on_commit_callbacks
) -> None:
    page = ecrire(ecole)
    traduite(ecole, page)
    with django_capture_on_commit_callbacks(execute=True):
        publier(page, slug="nouvelle-annee")
    assert "La rentrée" in texte(client, adresse(ecole, "actualites/nouvelle-annee/", "fr"))
    ancienne = client.get(adresse(ecole, "actualites/rentree/", "fr"))
    assert ancienne["Location"] == adresse(ecole, "actualites/nouvelle-annee/", "fr")


def test_une_traduction_dans_le_plan_n_est_pas_une_seconde_adresse(client: Client, ecole: Ecole) -> None:
    page = ecrire(ecole)
    traduite(ecole, page)
    adresses = [entree.adresses["fr"] for entree in pages_de_l_ecole(ecole.etablissement.gresa)]
    assert sum("rentree" in une for une in adresses) == 1
    assert not any("__fr" in une for une in adresses)


def test_une_traduction_depassee_se_voit(client: Client, ecole: Ecole, autre: Ecole) -> None:
    page = ecrire(ecole)
    traduction = traduite(ecole, page)
    traduite(autre, ecrire(autre))
    avis = "Le texte d&#x27;origine a changé depuis cette traduction."
    fr = adresse(ecole, "actualites/rentree/", "fr")
    assert avis not in texte(client, fr)
    publier(page, title="الدخول المدرسي المقبل")
    assert [une.pk for une in traductions_depassees(etablissement_id=ecole.etablissement.pk)] == [traduction.pk]
    assert traductions_depassees(etablissement_id=autre.etablissement.pk) == []
    assert "changé depuis cette traduction" in texte(client, fr)
    assert "changé depuis" not in texte(client, adresse(ecole, "actualites/rentree/", "ar"))
    ecran = reverse("bureau:traduction", args=[traduction.pk])
    with translation.override("fr"):
        assert reverse("bureau:traduction", args=[traduction.pk]) in texte(client, reverse("wagtailadmin_home"))
        editeur = reverse("wagtailadmin_pages:edit", args=[traduction.pk])
        assert "publié de nouveau depuis cette traduction" in texte(client, editeur)
    client.post(ecran, {"a_jour": "fr"})
    assert client.post(ecran, {"a_jour": "zgh"}).status_code == 404
    assert traductions_depassees(etablissement_id=ecole.etablissement.pk) == []
    assert "changé depuis" not in texte(client, fr)


def test_chaque_langue_a_son_retard(client: Client, ecole: Ecole, autre: Ecole) -> None:
    page = ecrire(ecole)
    traduite(ecole, page)
    publier(page, title="الدخول المدرسي المقبل")
    en_amazighe = traduite(ecole, page, "ⴰⵏⴽⵛⵓⵎ", "zgh")
    (en_francais,) = traductions_depassees(etablissement_id=ecole.etablissement.pk)
    assert en_francais.title == "La rentrée", "translating into another language brings nothing up to date"
    publier(page, title="الدخول المدرسي القريب")
    assert {une.pk for une in traductions_depassees(etablissement_id=ecole.etablissement.pk)} == {
        en_francais.pk,
        en_amazighe.pk,
    }
    client.post(reverse("bureau:traduction", args=[page.pk]), {"a_jour": "zgh"})
    assert [une.pk for une in traductions_depassees(etablissement_id=ecole.etablissement.pk)] == [en_francais.pk]
    assert traductions_depassees(etablissement_id=autre.etablissement.pk) == []


def test_l_ecran_offre_chaque_langue_une_fois(client: Client, ecole: Ecole, autre: Ecole) -> None:
    page = ecrire(ecole)
    with translation.override("fr"):
        ecran = reverse("bureau:traduction", args=[page.pk])
        vue = texte(client, ecran)
        assert ("Traduire en français" in vue, "Traduire en amazighe" in vue, "Traduire en arabe" in vue) == (
            True,
            True,
            False,
        )
        client.post(ecran, {"traduire": "zgh"})
        vue = texte(client, ecran)
        assert ("Traduire en français" in vue, "Traduire en amazighe" in vue) == (True, False)
    for refusee in ("ar", "tlh", ""):
        assert client.post(ecran, {"traduire": refusee}).status_code == 404
    assert [une.locale.language_code for une in page.get_translations()] == ["zgh"]


def test_l_ecran_coute_autant_avec_et_sans_traductions(
    client: Client, ecole: Ecole, autre: Ecole, django_assert_num_queries
) -> None:
    page = ecrire(ecole)
    vue = Traduction()
    vue.original = page
    assert page.langue_contenu == "ar"
    with django_assert_num_queries(1):
        assert [version.page for version in vue.versions] == [None, None]
    traduite(ecole, page)
    traduite(ecole, page, "ⴰⵏⴽⵛⵓⵎ", "zgh")
    traduite(autre, ecrire(autre))
    with django_assert_num_queries(2):
        assert [version.langue for version in vue.versions if version.page] == ["fr", "zgh"]


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_retirer_l_original_le_retire_dans_toutes_les_langues(
    client: Client, ecole: Ecole, autre: Ecole, action: str
) -> None:
    page, ailleurs = ecrire(ecole), ecrire(autre)
    traductions = [traduite(ecole, page), traduite(ecole, page, "ⴰⵏⴽⵛⵓⵎ", "zgh")]
    voisine = traduite(autre, ailleurs)
    assert client.post(reverse(f"wagtailadmin_pages:{action}", args=[page.pk])).status_code == 302
    for une in traductions:
        une.refresh_from_db()
        assert not une.live
    for langue in ("ar", "fr", "zgh"):
        assert Client().get(adresse(ecole, "actualites/rentree/", langue)).status_code == 404
    voisine.refresh_from_db()
    assert voisine.live
    traduite_seule = traduite(autre, ailleurs, "ⴰⵏⴽⵛⵓⵎ", "zgh")
    traduite_seule.unpublish()
    voisine.refresh_from_db()
    assert (voisine.live, PageActualite.objects.get(pk=ailleurs.pk).live) == (True, True)


def test_publier_la_traduction_perime_les_listes_et_l_original_quand_elle_parait(ecole: Ecole, autre: Ecole) -> None:
    page, ailleurs = ecrire(ecole), ecrire(autre)
    traduction = traduite(ecole, page)
    gresa = ecole.etablissement.gresa
    assert {cles.page(traduction.pk), cles.actualites(gresa)} <= traduction.cles_perimees()
    assert cles.page(page.pk) not in traduction.cles_perimees(), "the original is as it was"
    assert traduction.cles_du_cadre() == {cles.page(page.pk)}
    assert cles.page(page.pk) in traduction.cles_de_diffusion()  # the line that says it is behind
    autres = {cles.page(ailleurs.pk), cles.actualites(autre.etablissement.gresa)}
    assert not autres & (traduction.cles_perimees() | traduction.cles_du_cadre())


def test_la_redactrice_de_l_ecole_traduit_et_personne_d_autre(client: Client, ecole: Ecole, autre: Ecole) -> None:
    page = ecrire(ecole)
    adresse_de_l_ecran = reverse("bureau:traduction", args=[page.pk])
    for intruse in (autre.directrice, creer_redactrice(autre), creer_utilisateur()):
        client.force_login(intruse)
        assert client.post(adresse_de_l_ecran, {"traduire": "fr"}).status_code in (302, 403, 404)
        assert not page.get_translations().exists()
    client.force_login(creer_redactrice(ecole))
    assert client.get(adresse_de_l_ecran).status_code == 200
    client.post(adresse_de_l_ecran, {"traduire": "fr"})
    assert page.get_translations().count() == 1


def test_ce_qui_ne_se_traduit_pas_est_refuse(client: Client, ecole: Ecole) -> None:
    page = ecrire(ecole)
    traduction = traduire(page=page, langue="fr", auteur=ecole.directrice)
    for refusee, langue in ((page, "ar"), (page, "tlh"), (traduction, "ar"), (ecole.actualites, "fr")):
        with pytest.raises(TraductionRefusee):
            traduire(page=refusee, langue=langue, auteur=ecole.directrice)
    with pytest.raises(TraductionRefusee):
        tenir_pour_a_jour(traduction=page)
    brouillon = ecrire(ecole, "brouillon")
    brouillon.unpublish()
    client.post(reverse("bureau:traduction", args=[brouillon.pk]), {"traduire": "fr"})
    assert not brouillon.get_translations().exists()
    assert client.get(reverse("bureau:traduction", args=[ecole.actualites.pk])).status_code == 404


def test_le_cout_ne_depend_pas_des_autres_ecoles(
    ecole: Ecole, autre: Ecole, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    page = ecrire(ecole)
    for numero in range(5):
        ecrire(autre, f"nouvelle-{numero}")
    with django_assert_max_num_queries(120):
        traduire(page=page, langue="fr", auteur=ecole.directrice)
    with django_assert_num_queries(2):
        traductions_depassees(etablissement_id=ecole.etablissement.pk)
