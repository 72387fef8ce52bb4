"""Many pages at once: the same tree, addresses and indexes as one by one."""

import pytest
from wagtail.models import Page, ReferenceIndex

from portal.socle.models import ImagePortail
from portal.socle.plantation import AdresseOccupee, Plant, planter
from sites.createur import Createur
from sites.models import PageActualite, PageActualites, PageEtablissement
from tests.fabriques import creer_etablissement

pytestmark = pytest.mark.django_db


@pytest.fixture
def listes() -> list[PageActualites]:
    createur = Createur()
    for _numero in range(2):
        createur.creer(creer_etablissement())
    return list(PageActualites.objects.order_by("path"))


def actualite(liste: PageActualites, slug: str, **champs: object) -> Plant:
    page = PageActualite(title=f"Fête {slug}", slug=slug, locale=liste.locale, etablissement=liste.etablissement)
    for nom, valeur in champs.items():
        setattr(page, nom, valeur)
    return Plant(page, references=True)


def test_les_pages_plantees_valent_des_pages_ajoutees(listes) -> None:
    une, autre = listes
    une.add_child(instance=actualite(une, "ajoutee").page)
    planter([(une, [actualite(une, "b"), actualite(une, "c")]), (autre, [actualite(autre, "b")])])
    assert Page.find_problems() == ([], [], [], [], [])
    assert [page.slug for page in une.get_children()] == ["ajoutee", "b", "c"]
    assert une.numchild == PageActualites.objects.get(pk=une.pk).numchild == 3
    plantee, ajoutee = (PageActualite.objects.child_of(une).get(slug=slug) for slug in ("c", "ajoutee"))
    assert plantee.url_path == f"{une.url_path}c/"
    assert plantee.draft_title == plantee.title
    assert (plantee.live, plantee.etablissement_id) == (ajoutee.live, ajoutee.etablissement_id)
    assert plantee.translation_key != ajoutee.translation_key
    une.add_child(instance=actualite(une, "d").page)
    assert Page.find_problems() == ([], [], [], [], [])


def test_les_pages_plantees_sont_trouvees(listes) -> None:
    planter([(listes[0], [actualite(listes[0], "moisson")])])
    assert [page.slug for page in PageActualite.objects.search("moisson")] == ["moisson"]
    assert PageEtablissement.objects.search(listes[0].etablissement.nom_public_ar).count() > 0


def test_ce_qu_une_page_cite_est_note(listes) -> None:
    image = ImagePortail.objects.create(title="Cour", file="cour.png", width=1, height=1)
    planter([(listes[0], [actualite(listes[0], "photo", image=image), actualite(listes[0], "sans")])])
    page = PageActualite.objects.get(slug="photo")
    assert [reference.object_id for reference in ReferenceIndex.get_references_to(image)] == [str(page.pk)]
    champs = [champ.name for champ in ReferenceIndex._meta.concrete_fields if not champ.primary_key]
    notees = list(ReferenceIndex.get_references_for_object(page).order_by("model_path").values(*champs))
    ReferenceIndex.remove_for_object(page)
    ReferenceIndex.create_or_update_for_object(page)
    assert list(ReferenceIndex.get_references_for_object(page).order_by("model_path").values(*champs)) == notees


def test_une_adresse_prise_est_refusee_et_rien_n_est_ecrit(listes) -> None:
    une, autre = listes
    planter([(une, [actualite(une, "prise")])])
    avant = Page.objects.count()
    with pytest.raises(AdresseOccupee):
        planter([(autre, [actualite(autre, "prise")]), (une, [actualite(une, "prise")])])
    with pytest.raises(AdresseOccupee):
        planter([(autre, [actualite(autre, "deux"), actualite(autre, "deux")])])
    assert Page.objects.count() == avant


def test_le_nombre_de_requetes_ne_suit_pas_celui_des_pages(listes, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(25):
        planter([(listes[0], [Plant(actualite(listes[0], f"a{n}").page) for n in range(80)])])


def test_un_parent_sans_enfant_recoit_les_siens(listes) -> None:
    planter([(listes[0], [actualite(listes[0], "premiere")])])
    assert listes[0].get_children().get().path == f"{listes[0].path}0001"
