"""The invented country: believable, whole, the same for the same seed, resumed after a stop."""

import io
from collections import Counter
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, ReferenceIndex

from etablissements.acces.models import Affectation
from etablissements.registre.gresa import code_valide
from etablissements.registre.models import Commune, Dotation, Etablissement
from portal.comptes.models import Utilisateur
from portal.demonstration.pays import generateur
from portal.demonstration.pays.ecoles import CAPACITE, POIDS, SOURCE, code, inventer
from portal.demonstration.pays.personnes import identifiant
from portal.socle.models import ImagePortail
from sites.models import (
    PageActualite,
    PageActualites,
    PageAgenda,
    PageContact,
    PageEtablissement,
    PageEvenement,
    PageGalerie,
    PageLibre,
)
from tests.fabriques import creer_etablissement, creer_registre

pytestmark = pytest.mark.django_db

ECOLES = 12


@pytest.fixture(autouse=True)
def medias(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def lancer(*arguments: str, ecoles: int = ECOLES) -> str:
    sortie = io.StringIO()
    call_command("generer_pays", "--ecoles", str(ecoles), *arguments, stdout=sortie, stderr=io.StringIO())
    return sortie.getvalue()


def empreinte() -> list[tuple]:
    """What the country is, without what the database numbers."""
    ecoles = Etablissement.objects.order_by("gresa").values_list("gresa", "nom_fr", "nom_ar", "commune", "type")
    pages = Page.objects.filter(depth__gte=6).order_by("url_path").values_list("url_path", "title", "locale")
    images = PageActualite.objects.order_by("url_path").values_list("url_path", "image__file", "date")
    agents = Utilisateur.objects.order_by("username").values_list("username", "first_name", "last_name")
    return [*ecoles, *pages, *images, *agents]


def test_chaque_ecole_a_son_site_ses_actualites_ses_images_et_sa_direction() -> None:
    assert f"{ECOLES} écoles ajoutées, 0 y étaient" in lancer()
    ecoles = Etablissement.objects.autonomes()
    assert ecoles.count() == ECOLES
    for ecole in ecoles:
        accueil = PageEtablissement.objects.live().get(etablissement=ecole)
        genres = Counter(type(page) for page in accueil.get_descendants(inclusive=True).specific())
        assert genres[PageEtablissement] == genres[PageActualites] == genres[PageContact] == 1
        assert genres[PageActualite] >= 4
        assert (genres[PageAgenda], genres[PageEvenement], genres[PageGalerie], genres[PageLibre]) == (1, 4, 1, 1)
        assert Affectation.objects.en_cours().filter(etablissement=ecole, role="directeur").count() == 1
        assert ecole.cycle_principal in ecole.cycles.all()
        assert ecole.dotations.exists()
    assert {page.locale.language_code for page in PageActualite.objects.select_related("locale")} == {"ar", "fr"}
    assert not PageActualite.objects.filter(image__isnull=False, image_alt="").exists()
    assert all(ImagePortail.objects.filter(proprietaire=ecole.gresa).count() == 3 for ecole in ecoles)
    assert Utilisateur.objects.filter(username=identifiant("communicateur", "09.581")).exists()


def test_les_pages_se_lisent(client) -> None:
    lancer()
    for page in Page.objects.filter(depth__gte=6).specific():
        assert client.get(page.get_url()).status_code == 200, page.url_path


def test_l_arbre_et_les_index_sont_justes() -> None:
    lancer()
    assert Page.find_problems() == ([], [], [], [], [])
    sortie = io.StringIO()
    call_command("fixtree", "--noinput", stdout=sortie)
    assert "No problems found" in sortie.getvalue()
    illustree = PageActualite.objects.filter(image__isnull=False).first()
    assert str(illustree.pk) in {r.object_id for r in ReferenceIndex.get_references_to(illustree.image)}
    photo = PageGalerie.objects.first().photos.first()
    assert str(photo.page_id) in {r.object_id for r in ReferenceIndex.get_references_to(photo.image)}
    assert illustree.pk in {page.pk for page in PageActualite.objects.search(illustree.title)}


def test_les_codes_sont_valides_et_hors_de_ceux_qui_existent() -> None:
    lancer()
    codes = Etablissement.objects.values_list("gresa", flat=True)
    assert all(code_valide(gresa) and 40_000 <= int(gresa[:5]) < 98_000 for gresa in codes)
    assert all(avant[:5] != apres[:5] for avant, apres in pairwise(sorted(codes)))
    assert code(CAPACITE - 1, 3)[:5] == "97999"


def test_le_pays_ressemble_au_pays() -> None:
    """One school in two is rural and has satellites; there are more collèges than lycées; every academy has schools."""
    creer_registre(complet=True)
    communes = list(Commune.objects.select_related("direction__academie"))
    poids = [POIDS[commune.genre] for commune in communes]
    inventees = [inventer(graine=1, rang=rang, communes=communes, poids=poids) for rang in range(600)]
    types = Counter(inventee.ecole.type for inventee in inventees)
    assert types["secteur"] > types["ecole"] > types["college"] > types["lycee"] > types["communautaire"] > 0
    assert len({inventee.ecole.direction.academie_id for inventee in inventees}) == 12
    for inventee in inventees:
        assert bool(inventee.unites) is (inventee.ecole.type == "secteur")
        assert all(isinstance(dotation, Dotation) for dotation in inventee.dotations)
        assert inventee.ecole.nom_public_fr != inventee.ecole.nom_fr
        assert inventee.ecole.nom_public_ar


def test_la_meme_graine_donne_le_meme_pays() -> None:
    lancer(ecoles=3)
    premier = empreinte()
    Affectation.objects.all().delete()
    Utilisateur.objects.all().delete()
    PageEtablissement.objects.first().get_parent().get_parent().get_parent().delete()
    Dotation.objects.all().delete()
    Etablissement.objects.filter(rattachement__isnull=False).delete()
    Etablissement.objects.all().delete()
    ImagePortail.objects.all().delete()
    lancer(ecoles=3)
    assert empreinte() == premier


def test_interrompue_elle_reprend_sans_rien_refaire(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generateur, "LOT", 2)
    planter, lots = generateur.planter, []

    def tomber(semis: object) -> None:
        planter(semis)
        lots.append(semis)
        if len(lots) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(generateur, "planter", tomber)
    with pytest.raises(KeyboardInterrupt):
        lancer(ecoles=5)
    assert Etablissement.objects.autonomes().count() == PageEtablissement.objects.count() == 2
    avant = set(Page.objects.values_list("pk", flat=True))
    monkeypatch.setattr(generateur, "planter", planter)
    assert "3 écoles ajoutées, 2 y étaient" in lancer(ecoles=5)
    assert avant < set(Page.objects.values_list("pk", flat=True))
    assert Page.find_problems() == ([], [], [], [], [])
    assert "0 écoles ajoutées, 5 y étaient" in lancer(ecoles=5)
    assert Affectation.objects.filter(role="ministere").count() == 1


def test_elle_demande_avant_d_entrer_dans_une_base_qui_a_d_autres_ecoles(monkeypatch: pytest.MonkeyPatch) -> None:
    autre = creer_etablissement()
    monkeypatch.setattr("builtins.input", lambda _question: "n")
    with pytest.raises(CommandError, match="Rien n'a été fait"):
        lancer(ecoles=1)
    assert list(Etablissement.objects.all()) == [autre]
    lancer("--oui", ecoles=1)
    assert Etablissement.objects.filter(source=SOURCE, rattachement=None).count() == 1
    assert not PageEtablissement.objects.filter(etablissement=autre).exists()


def test_une_autre_graine_ou_trop_d_ecoles_sont_refusees() -> None:
    lancer(ecoles=1)
    with pytest.raises(CommandError, match="une autre graine"):
        lancer("--graine", "7", ecoles=2)
    with pytest.raises(CommandError, match=f"Au plus {CAPACITE} écoles"):
        lancer(ecoles=CAPACITE + 1)
