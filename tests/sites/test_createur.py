"""The sites of the schools: made once, whole, and following the registry."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from wagtail.models import Page

from etablissements.registre.models import Commune, Direction, Etablissement
from portal.socle.plantation import AdresseOccupee
from sites.createur import LOT, Createur, Fait, creer_sites
from sites.models import PageActualites, PageContact, PageDirection, PageEtablissement, slug_de
from tests.fabriques import creer_etablissement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sans_decor")]


def pages_de(ecole: Etablissement) -> list[type[Page]]:
    accueil = PageEtablissement.objects.get(etablissement=ecole)
    return [type(page) for page in accueil.get_descendants(inclusive=True).specific()]


def test_un_site_a_un_accueil_des_actualites_et_un_contact() -> None:
    ecole, autre = creer_etablissement(), creer_etablissement()
    assert [fait for _ecole, fait in creer_sites([ecole, autre])] == [Fait.CREE, Fait.CREE]
    assert pages_de(ecole) == pages_de(autre) == [PageEtablissement, PageActualites, PageContact]
    accueil = PageEtablissement.objects.get(etablissement=ecole)
    assert accueil.title == ecole.nom_public_ar
    assert accueil.get_parent().specific.direction == ecole.direction
    assert accueil.live


def test_recommencer_ne_refait_rien() -> None:
    ecole = creer_etablissement()
    Createur().creer(ecole)
    avant = list(Page.objects.order_by("pk").values_list("pk", "path", "slug", "title"))
    assert Createur().creer(ecole) is Fait.INCHANGE
    assert list(Page.objects.order_by("pk").values_list("pk", "path", "slug", "title")) == avant


def test_les_noeuds_existent_dans_les_deux_langues() -> None:
    Createur().creer(creer_etablissement())
    directions = PageDirection.objects.order_by("locale__language_code")
    langues = sorted(code for code, _nom in settings.LANGUES_DU_CADRE)
    assert [page.locale.language_code for page in directions] == langues
    assert {page.title for page in directions} == {"تيزنيت", "Tiznit"}


def test_un_nom_corrige_au_registre_change_le_titre_et_l_adresse() -> None:
    ecole, autre = creer_etablissement(nom_fr="ECOLE ARGANE"), creer_etablissement(nom_fr="ECOLE CEDRE")
    createur = Createur()
    createur.creer(ecole)
    createur.creer(autre)
    ecole.nom_fr = "ECOLE ARGANIER"
    ecole.save()
    assert createur.creer(ecole) is Fait.RENOMME
    assert createur.creer(autre) is Fait.INCHANGE
    page = PageEtablissement.objects.get(etablissement=ecole)
    assert page.slug == slug_de(ecole) == f"{ecole.gresa.lower()}-ecole-arganier"
    assert page.get_children().first().url_path.startswith(page.url_path)


def test_une_ecole_qui_change_de_direction_change_de_place_avec_ses_pages() -> None:
    ecole = creer_etablissement()
    Createur().creer(ecole)
    ecole.direction = Direction.objects.get(code="07.351")
    ecole.commune = Commune.objects.get(code="07.351.01.05")
    ecole.save()
    assert Createur().creer(ecole) is Fait.RENOMME
    page = PageEtablissement.objects.get(etablissement=ecole)
    assert page.get_parent().specific.direction == ecole.direction
    assert pages_de(ecole) == [PageEtablissement, PageActualites, PageContact]


def test_une_panne_au_milieu_ne_laisse_rien() -> None:
    premiere, occupee = creer_etablissement(), creer_etablissement()
    createur = Createur()
    createur.creer(creer_etablissement())
    direction = PageDirection.objects.get(locale__language_code="ar")
    direction.add_child(instance=PageDirection(title="…", slug=slug_de(occupee), direction=direction.direction))
    avant = Page.objects.count()
    with pytest.raises(AdresseOccupee, match=occupee.gresa.lower()):
        createur.creer_lot([premiere, occupee])
    assert Page.objects.count() == avant


def test_le_cout_d_un_site_est_borne(django_assert_max_num_queries) -> None:
    createur = Createur()
    createur.creer(creer_etablissement())
    ecole = Etablissement.objects.select_related("direction__academie").get(pk=creer_etablissement().pk)
    with django_assert_max_num_queries(20):
        createur.creer(ecole)


def test_cent_sites_coutent_a_peine_plus_de_requetes_qu_un(django_assert_max_num_queries) -> None:
    createur = Createur()
    createur.creer(creer_etablissement())
    nouvelles = [creer_etablissement().pk for _numero in range(LOT)]
    ecoles = list(Etablissement.objects.select_related("direction__academie").filter(pk__in=nouvelles))
    with django_assert_max_num_queries(50):
        assert set(createur.creer_lot(ecoles)) == {Fait.CREE}
    assert Page.find_problems() == ([], [], [], [], [])


def test_la_commande_cree_les_ecoles_et_non_les_unites(capsys) -> None:
    ecole = creer_etablissement()
    creer_etablissement(rattachement=ecole, type="annexe")
    call_command("creer_sites")
    assert "1 sites créés, 0 renommés, 0 inchangés" in capsys.readouterr().out
    call_command("creer_sites", "--ecole", ecole.gresa.lower())
    assert "0 sites créés, 0 renommés, 1 inchangés" in capsys.readouterr().out
    assert PageEtablissement.objects.count() == 1


def test_la_commande_nomme_les_ecoles_inconnues() -> None:
    with pytest.raises(CommandError, match="16698Z"):
        call_command("creer_sites", "--ecole", "16698Z")
