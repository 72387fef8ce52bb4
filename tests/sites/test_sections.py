"""The sections of a school: what its cycle offers, opening one, following the registry, and what each page costs."""

import datetime
import json

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from etablissements.registre.models import Cycle, Etablissement
from sites.createur import Createur
from sites.models import PageActualite, PageActualites, PageAgenda, PageEtablissement, PageLibre, PageRubrique
from sites.sections import SectionRefusee, ouvrir, sections_de
from sites.variantes import Section, theme_de
from tests.fabriques import creer_affectation, creer_etablissement
from tests.fabriques.pages import creer_actualite, creer_evenement, creer_image, creer_site_complet
from tests.html import exiger_page_saine

# Wagtail 8.0 leaves the temporary file of a rendition to the garbage collector.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]

REQUETES = json.loads((settings.BASE_DIR / "tests/donnees/requetes.json").read_text(encoding="utf-8"))
CYCLES = {
    "primaire": ("ecole", ("prescolaire", "primaire")),
    "college": ("college", ("college",)),
    "lycee": ("lycee", ("qualifiant",)),
}


@pytest.fixture(autouse=True)
def _medias(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def ecole_de(variante: str, **champs: object) -> Etablissement:
    genre, cycles = CYCLES[variante]
    ecole = creer_etablissement(type=genre, cycles=cycles, **champs)
    Createur().creer(ecole)
    return ecole


@pytest.mark.parametrize("variante", CYCLES)
def test_chaque_page_de_chaque_cycle_se_lit_dans_les_deux_langues(client: Client, variante: str) -> None:
    genre, cycles = CYCLES[variante]
    voisine = creer_etablissement(nom_fr="ECOLE VOISINE", nom_ar="م. الجوار")
    creer_site_complet(voisine)
    ecole = creer_etablissement(type=genre, cycles=cycles)
    for reste in creer_site_complet(ecole):
        for langue in ("ar", "fr"):
            reponse = client.get(f"/{langue}/ecoles/{ecole.slug_public}/{reste}")
            assert reponse.status_code == 200, reste
            page = exiger_page_saine(reponse.content.decode(), langue=langue)
            assert "Voisine" not in page.texte
            assert "الجوار" not in page.texte


def test_le_cycle_decide_des_sections() -> None:
    offertes = {
        variante: {etat.section for etat in sections_de(etablissement=ecole_de(variante)) if etat.offerte}
        for variante in CYCLES
    }
    assert Section.PRESCOLAIRE in offertes["primaire"]
    assert Section.CANTINE not in offertes["lycee"]
    assert Section.ORIENTATION in offertes["college"] & offertes["lycee"]
    assert Section.ORIENTATION not in offertes["primaire"]
    assert not {Section.CPGE, Section.BTS} & offertes["lycee"], "the registry gives this lycée neither"
    ecole = ecole_de("lycee")
    ecole.cycles.add(Cycle.objects.get(code="cpge"))
    assert Section.CPGE in {etat.section for etat in sections_de(etablissement=ecole)}


def test_ouvrir_deux_fois_ne_fait_qu_une_page() -> None:
    ecole, autre = ecole_de("college"), ecole_de("college")
    page = ouvrir(etablissement=ecole, section=Section.AGENDA)
    assert ouvrir(etablissement=ecole, section=Section.AGENDA).pk == page.pk
    assert page.live
    assert page.etablissement == ecole
    assert not PageAgenda.objects.filter(etablissement=autre).exists()


@pytest.mark.parametrize("section", [Section.CANTINE, Section.CPGE, Section.LIBRE])
def test_une_section_que_le_cycle_n_a_pas_est_refusee(section: Section) -> None:
    ecole = ecole_de("college")
    avant = Page.objects.count()
    with pytest.raises(SectionRefusee):
        ouvrir(etablissement=ecole, section=section)
    assert Page.objects.count() == avant


def test_le_site_suit_le_registre_quand_le_cycle_change(client: Client) -> None:
    ecole = ecole_de("primaire")
    ouvrir(etablissement=ecole, section=Section.PRESCOLAIRE)
    adresse = f"/fr/ecoles/{ecole.slug_public}/"
    assert "cycle-primaire" in client.get(adresse).content.decode()
    ecole.type, ecole.cycle_principal = "lycee", Cycle.objects.get(code="qualifiant")
    ecole.save()
    ecole.cycles.set(["qualifiant"])
    page = client.get(adresse).content.decode()
    assert "cycle-lycee" in page
    assert "Résultats du baccalauréat" in page
    assert theme_de(ecole) == "lycee"
    assert client.get(f"{adresse}prescolaire/").status_code == 200, "what exists stays readable"
    etats = {etat.section: etat for etat in sections_de(etablissement=ecole)}
    assert not etats[Section.PRESCOLAIRE].offerte
    assert etats[Section.ORIENTATION].offerte
    with pytest.raises(SectionRefusee):
        ouvrir(etablissement=ecole, section=Section.CANTINE)


def test_wagtail_n_offre_que_ce_que_le_cycle_a() -> None:
    accueil = PageEtablissement.objects.get(etablissement=ecole_de("college"))
    assert PageAgenda.can_create_at(accueil)
    assert PageRubrique.can_create_at(accueil)
    rubrique = PageRubrique(title="x", rubrique="cantine", locale=accueil.locale)
    with pytest.raises(ValidationError) as refus:
        accueil.add_child(instance=rubrique)
    assert "rubrique" in refus.value.message_dict
    ouvrir(etablissement=accueil.etablissement, section=Section.AGENDA)
    accueil.refresh_from_db()
    assert not PageAgenda.can_create_at(accueil), "one agenda a school"


@pytest.mark.parametrize(("rubrique", "statut"), [("", 200), ("rien", 200), ("cantine", 200), ("orientation", 302)])
def test_un_sujet_s_ouvre_par_l_editeur_complet(rubrique: str, statut: int, client: Client) -> None:
    accueil = PageEtablissement.objects.get(etablissement=ecole_de("college"))
    client.force_login(creer_affectation(etablissement=accueil.etablissement).utilisateur)
    adresse = reverse("wagtailadmin_pages:add", args=["portail_sites", "pagerubrique", accueil.pk])
    saisie = querydict_from_html(client.get(adresse).content.decode()).dict()
    corps = nested_form_data({"corps": streamfield([])})
    reponse = client.post(adresse, saisie | corps | {"title": "x", "rubrique": rubrique})
    assert reponse.status_code == statut
    ouvertes = PageRubrique.objects.filter(etablissement=accueil.etablissement).values_list("slug", flat=True)
    assert list(ouvertes) == ([rubrique] if statut == 302 else [])
    if statut == 200:
        assert set(reponse.context["form"].errors) == {"rubrique"}


@pytest.mark.parametrize("titre", ["Agenda", "Recherche", "Cantine"])
def test_une_page_libre_ne_prend_pas_l_adresse_d_une_section(titre: str) -> None:
    accueil = PageEtablissement.objects.get(etablissement=ecole_de("college"))
    with pytest.raises(ValidationError) as refus:
        accueil.add_child(instance=PageLibre(title=titre, locale=accueil.locale))
    assert "slug" in refus.value.message_dict
    page = accueil.add_child(instance=PageLibre(title=titre, slug="autre-nom", locale=accueil.locale))
    assert page.live


def test_les_actualites_d_une_section_retiree_ne_se_montrent_nulle_part(client: Client) -> None:
    ecole, autre = ecole_de("college"), ecole_de("college")
    for une in (ecole, autre):
        creer_actualite(une, title=f"خبر {une.gresa}", slug=f"nouvelle-{une.gresa.lower()}")
    direction = f"/ar/etablissements/{ecole.direction.academie.slug}/{ecole.direction.slug}/"
    chez = f"/ar/ecoles/{ecole.slug_public}/"
    adresses = (direction, direction.rsplit("/", 2)[0] + "/", f"{direction}actualites.rss", chez)
    adresses += (f"{chez}recherche/?q={ecole.gresa}", f"/sitemap-ecole-{ecole.gresa.lower()}.xml")
    marque = f"nouvelle-{ecole.gresa.lower()}"
    assert all(marque in client.get(adresse).content.decode() for adresse in adresses)
    PageActualites.objects.get(etablissement=ecole).unpublish()
    assert client.get(f"{chez}actualites/{marque}/").status_code == 404
    for adresse in adresses:
        assert marque not in client.get(adresse).content.decode(), adresse
    assert f"nouvelle-{autre.gresa.lower()}" in client.get(direction).content.decode()


def test_une_section_retiree_ne_revient_pas_avec_un_texte_qui_y_fut_lu() -> None:
    ecole = ecole_de("college")
    creer_actualite(ecole, title="خبر", slug="nouvelle").save_revision().publish()
    PageActualites.objects.get(etablissement=ecole).unpublish()
    PageActualite.objects.get(etablissement=ecole).save_revision().publish()
    assert not PageActualites.objects.get(etablissement=ecole).live


@pytest.mark.parametrize("champ", ["jour", "jour_fin"])
def test_une_date_au_bout_du_calendrier_est_refusee(champ: str) -> None:
    with pytest.raises(ValidationError) as refus:
        creer_evenement(ecole_de("college"), **{champ: datetime.date(9999, 12, 31)})
    assert champ in refus.value.message_dict


def test_une_page_ne_change_pas_d_ecole() -> None:
    ecole, autre = ecole_de("college"), ecole_de("college")
    page = creer_actualite(ecole)
    assert not page.can_move_to(PageActualites.objects.get(etablissement=autre))
    assert page.can_move_to(PageActualites.objects.get(etablissement=ecole))
    accueil = PageEtablissement.objects.get(etablissement=ecole)
    assert not accueil.can_move_to(accueil.get_parent())


def test_les_actualites_epinglees_viennent_d_abord() -> None:
    ecole, autre = ecole_de("college"), ecole_de("college")
    creer_actualite(autre, "ailleurs", epinglee=True)
    creer_actualite(ecole, "ancienne", date="2026-01-01", epinglee=True)
    creer_actualite(ecole, "nouvelle", date="2026-05-01")
    assert [page.slug for page in PageActualite.de(ecole)] == ["ancienne", "nouvelle"]


def test_le_nombre_de_requetes_de_chaque_page(client: Client) -> None:
    """Nothing cached: as many queries with one item as with several, at most eight, as written down."""
    ecoles = [creer_etablissement(type="lycee", cycles=("qualifiant",)) for _rang in range(2)]
    chemins, _ceux_de_l_autre = map(creer_site_complet, ecoles)
    image = creer_image()

    def mesurer() -> dict[str, int]:
        comptes = {}
        for chemin in chemins:
            adresse = f"/ar/ecoles/{ecoles[0].slug_public}/{chemin}"
            client.get(adresse)  # the sizes of images are made once
            cache.clear()
            with CaptureQueriesContext(connection) as requetes:
                assert client.get(adresse).status_code == 200
            comptes[f"/ecoles/<lycée complet>/{chemin}"] = len(requetes)
        return comptes

    ContentType.objects.get_for_models(*Page.__subclasses__())
    premiers = mesurer()
    for rang in range(3):
        creer_actualite(ecoles[0], f"nouvelle-{rang}", image=image, image_alt="ساحة")
        creer_evenement(ecoles[0], f"evenement-{rang}")
    assert mesurer() == premiers
    assert max(premiers.values()) <= 8, premiers
    assert premiers == {page: nombre for page, nombre in REQUETES.items() if page in premiers}
