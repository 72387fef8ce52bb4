"""What a change drops beyond the page that changed: what leads to it, its place among others, the logo, the map."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from etablissements.registre import chargement
from etablissements.registre.models import Commune, Etablissement
from portal.diffusion.magasin import Magasin
from portal.ministere.models import PageMinistere
from sites.createur import Createur
from sites.models import PageEtablissement, PageLibre, ReglagesEcole
from sites.traductions import traduire
from tests.diffusion import Lecteur
from tests.fabriques import creer_affectation, creer_etablissement
from tests.fabriques.mediatheque import creer_image

pytestmark = pytest.mark.django_db


@pytest.fixture
def valider(django_capture_on_commit_callbacks):
    """What is done inside is committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def gardees(lecteur: Lecteur, magasin: Magasin):
    """Read addresses, then say which of them have their copy."""

    def lire(*chemins: str):
        for chemin in chemins:
            assert lecteur.lire(chemin).statut == 200, chemin
        return lambda: {chemin for chemin in chemins if lecteur.lire(chemin).du_magasin}

    return lire


def libre(ecole, slug: str, **champs) -> PageLibre:
    accueil = PageEtablissement.objects.get(etablissement=ecole.etablissement)
    return accueil.add_child(instance=PageLibre(title=slug, slug=slug, locale=accueil.locale, **champs))


def liens_vers(*pages: Page) -> list[tuple[str, object]]:
    """A body that names pages, in a text and by a button."""
    texte = "".join(f'<p><a linktype="page" id="{page.pk}">ici</a></p>' for page in pages)
    boutons = [
        ("appel", {"texte": "ici", "phrase": "", "lien": {"page": Page.objects.get(pk=page.pk), "url": ""}})
        for page in pages
    ]
    return [("texte", texte), *boutons]


@pytest.mark.parametrize("geste", ["renommer", "retirer", "supprimer"])
def test_ce_qui_mene_a_une_page_suit_son_adresse(a, b, lecteur, gardees, valider, geste: str) -> None:
    """On the site of another school too, and on the ministry's home."""
    cible = libre(a, "reglement")
    with valider():
        cite = libre(b, "liens", corps=liens_vers(cible, b.actualite))
        ministere = PageMinistere.objects.get(locale__language_code="ar")
        ministere.mot = liens_vers(cible)
        ministere.save_revision().publish()
    mene, voisine = f"{b.adresse}liens/", f"{b.adresse}contact/"
    encore = gardees(mene, "/ar/", voisine)
    assert lecteur.lire(mene).corps.decode().count(f'"{a.adresse}reglement/"') == 2
    with valider():
        if geste == "renommer":
            cible.slug = "charte"
            cible.save_revision().publish()
        else:
            cible.unpublish() if geste == "retirer" else cible.delete()
    assert encore() == {voisine}
    assert lecteur.lire(mene).corps.decode().count(f'"{a.adresse}charte/"') == (2 if geste == "renommer" else 0)
    if geste == "retirer":
        with valider():
            cible.save_revision().publish()
        assert lecteur.lire(mene).corps.decode().count(f'"{a.adresse}reglement/"') == 2
    assert cite.live


def test_ce_qui_mene_a_une_ecole_suit_son_nom(a, b, lecteur, gardees, valider) -> None:
    """The name is in the address of each of its pages."""
    accueil = PageEtablissement.objects.get(etablissement=a.etablissement)
    with valider():
        libre(b, "liens", corps=liens_vers(accueil, a.actualite))
    encore = gardees(f"{b.adresse}liens/", b.adresse)
    with valider():
        Etablissement.objects.filter(pk=a.etablissement.pk).update(nom_fr="COLLEGE OMEGA")
        Createur().creer(Etablissement.objects.get(pk=a.etablissement.pk))
    assert encore() == {b.adresse}
    assert "alpha" not in lecteur.lire(f"{b.adresse}liens/").corps.decode()


def test_ce_qui_mene_a_une_page_suit_sa_traduction(a, b, lecteur, valider) -> None:
    """In a language without a frame, a translation has an address of its own."""
    cible = libre(a, "reglement")
    with valider():
        mene = libre(b, "liens", corps=liens_vers(cible))
        traduire(page=mene, langue="zgh", auteur=None).save_revision().publish()
    adresse = f"/zgh{b.adresse.removeprefix('/ar')}liens/"
    tamazight = f'"/zgh{a.adresse.removeprefix("/ar")}reglement/"'
    assert tamazight not in lecteur.lire(adresse).corps.decode()
    with valider():
        traduire(page=cible, langue="zgh", auteur=None).save_revision().publish()
    assert tamazight in lecteur.lire(adresse).corps.decode()


def test_ranger_les_pages_libres_range_les_onglets(a, b, client, lecteur, gardees, valider) -> None:
    libre(a, "une")
    deux = libre(a, "deux")
    encore = gardees(a.adresse, f"{a.adresse}contact/", b.adresse)
    client.force_login(creer_affectation(etablissement=a.etablissement).utilisateur)
    place = [page.slug for page in deux.get_parent().get_children()].index("une")
    with valider():
        adresse = reverse("wagtailadmin_pages:set_page_position", args=[deux.pk])
        assert client.post(f"{adresse}?position={place}").status_code == 200
    assert encore() == {b.adresse}
    page = lecteur.lire(a.adresse).corps.decode()
    assert page.index("/deux/") < page.index("/une/")


@pytest.mark.parametrize("geste", ["remplacer", "supprimer"])
def test_un_autre_logo_est_sur_toutes_les_pages(
    a, b, settings, tmp_path, lecteur, gardees, valider, geste: str
) -> None:
    settings.MEDIA_ROOT = tmp_path / "medias"
    logo = creer_image(taille=(60, 60))
    for ecole, image in ((a, logo), (b, creer_image(taille=(60, 60)))):
        ReglagesEcole.objects.create(etablissement=ecole.etablissement, logo=image)
    encore = gardees(a.adresse, f"{a.adresse}contact/", f"{a.adresse}actualites/rentree/", b.adresse)
    ancien = logo.get_rendition("max-320x144|format-webp").url
    assert ancien in lecteur.lire(a.adresse).corps.decode()
    with valider():
        if geste == "remplacer":
            logo.file = creer_image(taille=(50, 50), couleur="navy").file
            logo.save()
            logo.renditions.all().delete()  # as Wagtail's form does, in the same transaction
        else:
            logo.delete()
    assert encore() == {b.adresse}
    assert ancien not in lecteur.lire(a.adresse).corps.decode()


def test_le_plan_d_une_ecole_suit_ses_pages(a, b, lecteur, gardees, valider) -> None:
    plans = [f"/sitemap-ecole-{ecole.etablissement.gresa.lower()}.xml" for ecole in (a, b)]
    encore = gardees(*plans)
    page = Page.objects.get(pk=a.actualite.pk).specific
    with valider():
        page.save_revision()
    assert encore() == set(plans), "a draft drops nothing"
    with valider():
        page.unpublish()
    assert encore() == {plans[1]}
    assert "rentree" not in lecteur.lire(plans[0]).corps.decode()


def test_une_ecole_fermee_ne_suit_que_la_liste_de_ses_voisines(a, ouvrir, gardees, valider) -> None:
    with valider():
        fermee = ouvrir("COLLEGE FERME")
        Etablissement.objects.filter(pk=fermee.etablissement.pk).update(ouvert=False)
    encore = gardees(fermee.adresse, a.adresse)
    with valider():
        a.actualite.save_revision().publish()
    assert encore() == {fermee.adresse}, "the news of its neighbours are not on it"


def test_un_nom_de_commune_est_partout(a, b, lecteur, gardees, valider, monkeypatch) -> None:
    """The nomenclatures were loaded again, with another spelling; once more changes nothing."""
    creer_etablissement()
    adresses = ("/ar/", "/ar/annuaire/", a.adresse, f"{b.adresse}contact/")
    encore = gardees(*adresses)
    lire_donnees = chargement.lire_donnees

    def autrement(nomenclature):
        for valeurs, liens in lire_donnees(nomenclature):
            if nomenclature.modele is Commune and valeurs["code"] == a.etablissement.commune_id:
                valeurs["nom_ar"] = "اسم آخر"
            yield valeurs, liens

    with valider():
        chargement.charger_registre()
    gardees(*adresses)
    monkeypatch.setattr(chargement, "lire_donnees", autrement)
    with valider():
        chargement.charger_registre()
    assert encore() == set()
    assert "اسم آخر" in lecteur.lire(a.adresse).corps.decode()
    with valider():
        chargement.charger_registre()
    assert encore() == set(adresses)
