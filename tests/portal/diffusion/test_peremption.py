"""What a change drops: exactly the copies that showed it, and never a copy that was true."""

from collections.abc import Callable

import pytest
from django.db import transaction
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, ReferenceIndex

from etablissements.registre.importation.operations import importer_etablissements
from etablissements.registre.models import AnneeScolaire
from etablissements.scolarite.api import importer_liste
from portal.demonstration.classeurs import ecrire_classeurs
from portal.diffusion import cles
from portal.diffusion.api import perimer
from portal.diffusion.magasin import Magasin
from portal.diffusion.models import Peremption
from portal.socle.models import ImagePortail
from sites.models import PageActualite, PageActualites, PageContact, PageEtablissement
from tests.diffusion import Lecteur

pytestmark = pytest.mark.django_db

RESTES = ("", "actualites/", "actualites/rentree/", "contact/")


class Vues:
    """The addresses that a test fills, and which of them still have their copy."""

    def __init__(self, lecteur: Lecteur, magasin: Magasin, adresses: list[str]) -> None:
        self.magasin, self.adresses = magasin, adresses
        for adresse in adresses:
            lecteur.lire(adresse)
        assert self.tombees() == set(), "every address is kept"

    def tombees(self) -> set[str]:
        fichiers = {adresse: self.magasin.pages / f"testserver{adresse},index.html" for adresse in self.adresses}
        return {adresse for adresse, fichier in fichiers.items() if not fichier.exists()}


@pytest.fixture
def vues(a, b, lecteur: Lecteur, magasin: Magasin) -> Vues:
    direction = a.etablissement.direction
    noeuds = ["", "etablissements/", f"etablissements/{direction.academie.slug}/"]
    noeuds.append(f"{noeuds[-1]}{direction.slug}/")
    ecoles = [f"{ecole.adresse[4:]}{reste}" for ecole in (a, b) for reste in RESTES]
    return Vues(lecteur, magasin, [f"/{langue}/{chemin}" for langue in ("ar", "fr") for chemin in (*noeuds, *ecoles)])


Tombe = Callable[..., set[str]]


def dans_les_deux_langues(*chemins: str) -> set[str]:
    return {f"/{langue}/{chemin.removeprefix('/ar/')}" for langue in ("ar", "fr") for chemin in chemins}


def pages_au_dessus(ecole) -> list[str]:
    """The pages of the academy and of the direction: they show the news of their schools."""
    direction = ecole.etablissement.direction
    academie = f"etablissements/{direction.academie.slug}/"
    return [academie, f"{academie}{direction.slug}/"]


def test_publier_une_actualite_ote_ses_copies_et_rien_de_b(a, vues, django_capture_on_commit_callbacks) -> None:
    page = Page.objects.get(pk=a.actualite.pk).specific
    page.title = "عنوان جديد"
    revision = page.save_revision()
    assert vues.tombees() == set(), "a draft drops nothing"
    with django_capture_on_commit_callbacks(execute=True):
        revision.publish()
    assert vues.tombees() == dans_les_deux_langues(
        f"{a.adresse}actualites/rentree/", f"{a.adresse}actualites/", a.adresse, *pages_au_dessus(a)
    )


def test_la_page_republiee_est_neuve_partout(a, vues, lecteur, django_capture_on_commit_callbacks) -> None:
    page = Page.objects.get(pk=a.actualite.pk).specific
    page.title = "عنوان جديد"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    for reste in ("actualites/rentree/", "actualites/", ""):
        assert "عنوان جديد" in lecteur.lire(f"{a.adresse}{reste}").corps.decode()
        assert lecteur.lire(f"{a.adresse}{reste}").du_magasin


@pytest.mark.parametrize("geste", ["retirer", "supprimer"])
def test_retirer_ou_supprimer_une_actualite(a, vues, lecteur, geste: str, django_capture_on_commit_callbacks) -> None:
    page = Page.objects.get(pk=a.actualite.pk)
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish() if geste == "retirer" else page.delete()
    assert vues.tombees() == dans_les_deux_langues(
        f"{a.adresse}actualites/rentree/", f"{a.adresse}actualites/", a.adresse, *pages_au_dessus(a)
    )
    assert lecteur.lire(f"{a.adresse}actualites/rentree/").statut == 404


def test_retirer_la_section_ote_ce_qui_la_montrait(a, vues, django_capture_on_commit_callbacks) -> None:
    section = PageActualites.objects.get(etablissement=a.etablissement)
    with django_capture_on_commit_callbacks(execute=True):
        section.unpublish()
    du_site = [f"{a.adresse}{reste}" for reste in RESTES]
    assert vues.tombees() == dans_les_deux_langues(*du_site, *pages_au_dessus(a))


def test_renommer_l_accueil_ote_tout_le_site(a, vues, django_capture_on_commit_callbacks) -> None:
    accueil = PageEtablissement.objects.get(etablissement=a.etablissement)
    accueil.title, accueil.slug = "اسم جديد", f"{a.etablissement.gresa.lower()}-nouveau"
    with django_capture_on_commit_callbacks(execute=True):
        accueil.save_revision().publish()
    restes = [f"{a.adresse}{reste}" for reste in RESTES]
    assert vues.tombees() == dans_les_deux_langues(*restes, *pages_au_dessus(a))


def test_deplacer_une_page_ote_ses_copies(a, vues, django_capture_on_commit_callbacks) -> None:
    accueil = PageEtablissement.objects.get(etablissement=a.etablissement)
    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.get(pk=a.actualite.pk).specific.move(accueil, pos="last-child")
    assert dans_les_deux_langues(f"{a.adresse}actualites/rentree/", f"{a.adresse}actualites/") <= vues.tombees()
    assert not {adresse for adresse in vues.tombees() if "beta" in adresse}


def test_le_texte_d_une_section_n_ote_que_sa_page(a, vues, django_capture_on_commit_callbacks) -> None:
    contact = PageContact.objects.get(etablissement=a.etablissement)
    contact.horaires = [("texte", "<p>من الاثنين إلى السبت</p>")]
    with django_capture_on_commit_callbacks(execute=True):
        contact.save_revision().publish()
    assert vues.tombees() == dans_les_deux_langues(f"{a.adresse}contact/")


def test_une_annulation_n_ote_rien(a, vues, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        perimer(cles.ecole(a.etablissement.gresa))
        transaction.set_rollback(True)
    assert vues.tombees() == set()
    assert not Peremption.objects.filter(cles__contains=a.etablissement.gresa, cles__startswith="ecole").exists()


def test_une_image_remplacee_ote_les_pages_qui_la_montrent(
    a, vues, settings, tmp_path, django_capture_on_commit_callbacks
) -> None:
    settings.MEDIA_ROOT = tmp_path / "medias"
    image = ImagePortail.objects.create(title="cour", file=get_test_image_file())
    page = PageActualite.objects.get(pk=a.actualite.pk)
    page.image, page.image_alt = image, "ساحة"
    page.save()
    ReferenceIndex.create_or_update_for_object(page)
    with django_capture_on_commit_callbacks(execute=True):
        image.file = get_test_image_file(filename="autre.png")
        image.save()
    attendues = dans_les_deux_langues(
        f"{a.adresse}actualites/rentree/", f"{a.adresse}actualites/", a.adresse, *pages_au_dessus(a)
    )
    assert vues.tombees() == attendues


def test_une_image_que_rien_ne_montre_n_ote_rien(vues, settings, tmp_path, django_capture_on_commit_callbacks) -> None:
    settings.MEDIA_ROOT = tmp_path / "medias"
    with django_capture_on_commit_callbacks(execute=True):
        image = ImagePortail.objects.create(title="cour", file=get_test_image_file())
        image.title = "autre"
        image.save()
        image.delete()
    assert vues.tombees() == set()


def test_le_registre_ote_l_ecole_qui_change_sa_direction_et_le_pays(
    a, b, vues, tmp_path, django_capture_on_commit_callbacks
) -> None:
    ecole = a.etablissement
    fichier = tmp_path / "ecoles.csv"
    ligne = [ecole.gresa, ecole.nom_fr, ecole.nom_ar, ecole.type, "college", ecole.commune_id, ecole.direction_id]
    entete = "gresa,nom_fr,nom_ar,type,cycles,commune,direction,telephone"
    fichier.write_text("\n".join((entete, ",".join((*ligne, "0528990000")))) + "\n", encoding="utf-8")
    for essai in (True, False):
        assert vues.tombees() == set()
        with django_capture_on_commit_callbacks(execute=True):
            assert not importer_etablissements(fichiers=[fichier], essai=essai).refuse
    noeuds = ("", "etablissements/", *pages_au_dessus(a))
    assert vues.tombees() == dans_les_deux_langues(*noeuds, *(f"{a.adresse}{reste}" for reste in RESTES))


def test_une_liste_d_eleves_ote_les_pages_qui_montrent_les_effectifs(
    a, vues, tmp_path, django_capture_on_commit_callbacks
) -> None:
    classeur = ecrire_classeurs(
        etablissement=a.etablissement, annee=AnneeScolaire.courante(), dossier=tmp_path, graine=1, langue="ar"
    )
    depot = {"nom": classeur.name, "contenu": classeur.read_bytes(), "etablissement": a.etablissement.gresa}
    with django_capture_on_commit_callbacks(execute=True):
        importer_liste(**depot, essai=True)
    assert vues.tombees() == set()
    with django_capture_on_commit_callbacks(execute=True):
        assert not importer_liste(**depot).refuse
    tombees = vues.tombees()
    assert dans_les_deux_langues(a.adresse) <= tombees
    assert all(a.etablissement.slug_public in adresse for adresse in tombees)
    assert not tombees & dans_les_deux_langues(f"{a.adresse}actualites/rentree/")


def test_ouvrir_une_ecole_de_plus_ote_la_page_de_sa_direction(
    a, vues, ouvrir, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ouvrir("COLLEGE GAMMA")
    assert vues.tombees() == dans_les_deux_langues(*pages_au_dessus(a))
