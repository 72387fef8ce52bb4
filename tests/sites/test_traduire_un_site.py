"""The words of a home and of its sections in another language: at their addresses, at no query more, nowhere else."""

import json

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page
from wagtail.permissions import policy_registry

from etablissements.acces.perms import PUBLIENT
from etablissements.registre.models import Etablissement
from portal.diffusion.magasin import Magasin
from sites.createur import Createur, Fait
from sites.droits.affectations import portee_de
from sites.droits.pages import noeuds
from sites.models import PageDEcole, PageEtablissement, PageLibre, PageRubrique
from sites.plan.requetes import pages_de_l_ecole
from sites.sections import ouvrir
from sites.traductions import TraductionRefusee, tenir_pour_a_jour, traduire
from sites.variantes import CYCLE_EXIGE, VARIANTES, Section
from tests.diffusion import Lecteur
from tests.fabriques import creer_affectation, creer_etablissement
from tests.fabriques.pages import creer_site_complet
from tests.fabriques.registre import MARRAKECH
from tests.html import PageLue, exiger_page_saine

pytestmark = pytest.mark.django_db
REQUETES = json.loads((settings.BASE_DIR / "tests/donnees/requetes.json").read_text(encoding="utf-8"))
TEXTES = {"fr": "Notre lycée se présente", "zgh": "ⴰⵏⵙⵓⴼ ⵙ ⵉⵏⵍⵎⴰⴷⵏ"}
ORIGINAL = "نص المؤسسة"
AVIS = "Le texte d'origine a changé depuis cette traduction."
SANS_TEXTE = {Section.ACTUALITES, Section.AGENDA, Section.GALERIE}
AVEC_TEXTE = VARIANTES["lycee"].sections - SANS_TEXTE - {Section.LIBRE, *CYCLE_EXIGE}


@pytest.fixture
def ecoles() -> tuple[Etablissement, Etablissement]:
    """Two lycées, each with every section written in Arabic."""
    creees = [creer_etablissement(nom_fr=f"LYCEE {nom}", type="lycee", cycles=("qualifiant",)) for nom in "AB"]
    for ecole in creees:
        creer_site_complet(ecole)
        accueil = accueil_de(ecole)
        accueil.presentation = [("texte", f"<p>{ORIGINAL}</p>")]
        accueil.save_revision().publish()
    return creees[0], creees[1]


def accueil_de(ecole: Etablissement) -> PageEtablissement:
    return PageEtablissement.objects.filter(etablissement=ecole).earliest("pk")


def publier(page: PageDEcole, texte: str) -> PageDEcole:
    champ = {"PageEtablissement": "presentation", "PageContact": "horaires"}.get(type(page).__name__, "corps")
    setattr(page, champ, [("texte", f"<p>{texte}</p>")])
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def traduite(page: PageDEcole, langue: str = "fr") -> PageDEcole:
    return publier(traduire(page=page, langue=langue, auteur=None), TEXTES[langue])


def adresse(ecole: Etablissement, langue: str, reste: str = "") -> str:
    return f"/{langue}/ecoles/{ecole.slug_public}/{reste}"


def lire(client: Client, ecole: Etablissement, langue: str, reste: str = "") -> PageLue:
    reponse = client.get(adresse(ecole, langue, reste))
    assert reponse.status_code == 200
    return exiger_page_saine(reponse.content.decode(), langue="ar" if langue == "zgh" else langue)


def ancres(page: PageLue) -> list[str | None]:
    return [lien.attributs["href"] for lien in page.tous("a")]


def section(ecole: Etablissement, quoi: Section) -> PageDEcole:
    page = ouvrir(etablissement=ecole, section=quoi)
    assert isinstance(page, PageDEcole)
    return page


# -- The home -----------------------------------------------------------------


def test_l_accueil_se_lit_dans_sa_langue_et_l_arbre_n_en_sait_rien(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    avant = set(Page.objects.values_list("pk", "path", "slug"))
    brouillon = traduire(page=accueil_de(ecole), langue="fr", auteur=None)
    assert avant < set(Page.objects.values_list("pk", "path", "slug"))
    assert brouillon.get_parent().pk == accueil_de(ecole).pk
    assert (brouillon.langue, brouillon.numchild, brouillon.live) == ("fr", 0, False)
    assert brouillon.title == ecole.nom_public_fr
    assert ORIGINAL in lire(client, ecole, "fr").texte, "a draft is nobody's page"
    publier(brouillon, TEXTES["fr"])
    en_francais = lire(client, ecole, "fr")
    assert (TEXTES["fr"] in en_francais.texte, ORIGINAL in en_francais.texte) == (True, False)
    assert (TEXTES["fr"] in lire(client, ecole, "ar").texte, ORIGINAL in lire(client, ecole, "ar").texte) == (
        False,
        True,
    )
    assert ORIGINAL in lire(client, autre, "fr").texte
    with translation.override("fr"):
        assert brouillon.url == adresse(ecole, "fr")
    assert client.get(adresse(ecole, "fr", "__fr/"))["Location"] == adresse(ecole, "fr")
    assert Page.find_problems() == ([], [], [], [], [])


def test_en_amazighe_l_accueil_a_son_adresse_et_ses_nouvelles(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    traduite(accueil_de(ecole), "zgh")
    page = lire(client, ecole, "zgh")
    assert TEXTES["zgh"] in page.texte
    (redige,) = [une.attributs for une in page.tous("div") if une.attributs.get("lang") == "zgh"]
    assert redige["dir"] == "ltr"
    for langue in ("ar", "fr", "zgh"):
        liens = [lien.attributs for lien in lire(client, ecole, langue).tous("link")]
        assert [lien["href"] for lien in liens if lien.get("hreflang") == "zgh"] == [
            f"{settings.URL_PUBLIQUE}{adresse(ecole, 'zgh')}"
        ]
    assert client.get(adresse(autre, "zgh"))["Location"] == adresse(autre, "ar")


def test_elle_n_est_ni_un_onglet_ni_un_resultat_ni_une_adresse_de_plus(client: Client, ecoles) -> None:
    ecole, _autre = ecoles
    avant = {langue: ancres(lire(client, ecole, langue)) for langue in ("ar", "fr")}
    plan = [entree.adresses for entree in pages_de_l_ecole(ecole.gresa)]
    noeud = f"/fr/etablissements/{ecole.direction.academie.slug}/{ecole.direction.slug}/"
    liste = client.get(noeud).content
    traduite(accueil_de(ecole), "fr")
    for langue, liens in avant.items():
        assert ancres(lire(client, ecole, langue)) == liens
    assert [entree.adresses for entree in pages_de_l_ecole(ecole.gresa)] == plan
    trouvees = client.get(adresse(ecole, "fr", "recherche/"), {"q": ecole.nom_public_fr}).content.decode()
    assert "__fr" not in trouvees
    assert client.get(noeud).content == liste


@pytest.mark.parametrize("langue", ["ar", "fr", "zgh"])
def test_l_accueil_traduit_coute_les_memes_requetes(client: Client, ecoles, langue: str) -> None:
    ecole, _autre = ecoles
    ContentType.objects.get_for_models(*Page.__subclasses__())
    accueil = accueil_de(ecole)
    for code in TEXTES:
        traduite(accueil, code)
    publier(accueil, ORIGINAL)  # the notice costs nothing either
    client.get(adresse(ecole, langue))
    cache.clear()
    with CaptureQueriesContext(connection) as requetes:
        lire(client, ecole, langue)
    assert len(requetes) == REQUETES["/ecoles/<lycée complet>/"] <= 7


def test_elle_dit_quand_l_original_a_change(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    traduction = traduite(accueil_de(ecole))
    traduite(accueil_de(autre))
    assert AVIS not in lire(client, ecole, "fr").texte
    publier(accueil_de(ecole), f"{ORIGINAL} من جديد")
    assert AVIS in lire(client, ecole, "fr").texte
    assert AVIS not in lire(client, autre, "fr").texte
    tenir_pour_a_jour(traduction=traduction)
    assert AVIS not in lire(client, ecole, "fr").texte


def test_rien_ne_va_dessous(ecoles) -> None:
    ecole, autre = ecoles
    traduction = traduite(accueil_de(ecole))
    libre = Page.objects.child_of(accueil_de(ecole)).type(PageLibre).first().specific
    for modele in PageEtablissement.allowed_subpage_models():
        assert not modele.can_create_at(traduction), modele
    assert not libre.can_move_to(traduction)
    assert not traduction.can_move_to(accueil_de(autre))
    assert not traduction.can_move_to(accueil_de(ecole).get_parent())
    with pytest.raises(TraductionRefusee):
        traduire(page=traduction, langue="zgh", auteur=None)
    deuxieme = PageEtablissement(title="x", slug="x", etablissement=ecole, locale=traduction.locale)
    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        accueil_de(ecole).add_child(instance=deuxieme)


def test_qui_travaille_a_l_ecole_a_toujours_un_seul_noeud(ecoles) -> None:
    ecole, _autre = ecoles
    traduction = traduite(accueil_de(ecole))
    traduite(accueil_de(ecole), "zgh")
    directrice = creer_affectation(etablissement=ecole).utilisateur
    assert [page.pk for page in noeuds(portee_de(directrice, PUBLIENT))] == [accueil_de(ecole).pk]
    politique = policy_registry.get_by_type(Page)
    assert politique.explorable_root_instance(directrice).pk == accueil_de(ecole).pk
    assert politique.instances_user_has_permission_for(directrice, "publish").filter(pk=traduction.pk).exists()


def test_elle_suit_l_ecole_que_le_registre_deplace_et_renomme(client: Client, ecoles) -> None:
    ecole, _autre = ecoles
    traduction = traduite(accueil_de(ecole))
    ecole.nom_fr, ecole.direction_id = "LYCEE CEDRE", MARRAKECH
    ecole.save()
    ecole.refresh_from_db()
    assert Createur().creer(ecole) is Fait.RENOMME
    traduction.refresh_from_db()
    assert traduction.get_parent().pk == accueil_de(ecole).pk
    assert traduction.title == ecole.nom_public_fr
    assert TEXTES["fr"] in lire(client, ecole, "fr").texte


# -- The sections -------------------------------------------------------------


@pytest.mark.parametrize("quoi", sorted(AVEC_TEXTE))
def test_une_section_se_traduit_sous_le_meme_intitule(client: Client, ecoles, quoi: Section) -> None:
    ecole, autre = ecoles
    reste = f"{quoi.value}/"
    page = publier(section(ecole, quoi), ORIGINAL)
    publier(section(autre, quoi), ORIGINAL)
    for langue in TEXTES:
        traduite(page, langue)
    for langue, texte in TEXTES.items():
        lue = lire(client, ecole, langue, reste)
        assert (texte in lue.texte, ORIGINAL in lue.texte) == (True, False)
        onglets = [lien.attributs["href"] for lien in lue.tous("a") if lien.attributs.get("aria-current") == "page"]
        assert onglets == [adresse(ecole, langue, reste)]
    assert ORIGINAL in lire(client, ecole, "ar", reste).texte
    assert ORIGINAL in lire(client, autre, "fr", reste).texte
    publier(page, f"{ORIGINAL} من جديد")
    assert AVIS in lire(client, ecole, "fr", reste).texte


def test_une_rubrique_traduite_garde_son_sujet(ecoles) -> None:
    ecole, _autre = ecoles
    traduction = traduite(section(ecole, Section.INTERNAT))
    traduction.rubrique = Section.LABORATOIRES.value
    traduction.save_revision().publish()
    traduction = PageRubrique.objects.get(pk=traduction.pk)
    assert (traduction.rubrique, traduction.slug) == ("internat", "internat__fr")


@pytest.mark.parametrize("quoi", sorted(SANS_TEXTE))
def test_ce_qui_n_a_pas_de_texte_ne_se_traduit_pas(ecoles, quoi: Section) -> None:
    with pytest.raises(TraductionRefusee):
        traduire(page=section(ecoles[0], quoi), langue="fr", auteur=None)


# -- The published copies -----------------------------------------------------


class Copies:
    """The copies of two schools in every language, and which of them a change drops."""

    def __init__(self, magasin: Magasin, lecteur: Lecteur, ecoles: tuple[Etablissement, Etablissement]) -> None:
        self.magasin, self.lecteur = magasin, lecteur
        self.adresses = [
            adresse(ecole, langue, reste)
            for ecole in ecoles
            for langue in ("ar", "fr", "zgh")
            for reste in ("", "association/", "actualites/", "contact/")
        ]
        self.remplir()

    def remplir(self) -> None:
        for une in self.adresses:
            self.lecteur.lire(une)
        self.gardees = {une for une in self.adresses if self._fichier(une).exists()}

    def tombees(self) -> set[str]:
        return {une for une in self.gardees if not self._fichier(une).exists()}

    def _fichier(self, une: str):
        return self.magasin.pages / f"testserver{une},index.html"


@pytest.mark.parametrize("reste", ["", "association/"])
def test_publier_une_traduction_ote_ce_qu_elle_change(
    ecoles, magasin: Magasin, reste: str, django_capture_on_commit_callbacks
) -> None:
    ecole, _autre = ecoles
    page = section(ecole, Section.ASSOCIATION) if reste else accueil_de(ecole)
    copies = Copies(magasin, Lecteur(), ecoles)
    tous = {adresse(ecole, langue, reste) for langue in ("ar", "fr", "zgh")}

    def apres(faire) -> set[str]:
        with django_capture_on_commit_callbacks(execute=True):
            faire()
        tombees = copies.tombees()
        copies.remplir()
        return tombees

    with django_capture_on_commit_callbacks(execute=True):
        en_francais = traduire(page=page, langue="fr", auteur=None)
    assert copies.tombees() == set(), "a draft changes nothing"
    assert apres(lambda: publier(en_francais, TEXTES["fr"])) == tous - {adresse(ecole, "zgh", reste)}
    assert apres(lambda: publier(en_francais, "Autrement dit")) == {adresse(ecole, "fr", reste)}
    assert apres(lambda: publier(page, ORIGINAL)) == tous - {adresse(ecole, "zgh", reste)}
    assert apres(en_francais.unpublish) == tous - {adresse(ecole, "zgh", reste)}


def test_un_onglet_amazighe_change_le_cadre_de_l_ecole(
    ecoles, magasin: Magasin, django_capture_on_commit_callbacks
) -> None:
    ecole, autre = ecoles
    copies = Copies(magasin, Lecteur(), ecoles)
    with django_capture_on_commit_callbacks(execute=True):
        traduite(section(ecole, Section.ASSOCIATION), "zgh")
    assert copies.tombees() == {une for une in copies.gardees if ecole.slug_public in une}
    assert not [une for une in copies.tombees() if autre.slug_public in une]
