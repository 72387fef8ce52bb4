"""The pages of a school: what they say, what they say they do not know, and what they cost."""

import datetime
import gzip
import json
from io import BytesIO

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image

from etablissements.registre.models import Dotation, Etablissement
from portal.socle.models import ImagePortail
from sites.createur import Createur
from sites.models import PageActualite, PageActualites, PageContact, PageEtablissement, ReglagesEcole
from sites.sections import ouvrir
from sites.variantes import Section
from tests.fabriques import creer_classe, creer_eleve, creer_etablissement, creer_import_liste, creer_inscription
from tests.html import PageLue, exiger_page_saine
from themes.finders import assembler

pytestmark = pytest.mark.django_db

REQUETES = json.loads((settings.BASE_DIR / "tests/donnees/requetes.json").read_text(encoding="utf-8"))


@pytest.fixture
def ecole() -> Etablissement:
    """A school among others, the neighbour full of facts that must not show."""
    cree = creer_etablissement(nom_fr="LYCEE COLLEGIAL ARGANE", nom_ar="الثانوية الاعدادية أركان")
    voisine = creer_etablissement(nom_fr="ECOLE VOISINE", nom_ar="م. الجوار", type="ecole", cycles=("primaire",))
    createur = Createur()
    createur.creer(cree)
    createur.creer(voisine)
    peupler(voisine, niveau="6APG", filles=9, garcons=9)
    doter(voisine, Dotation.Genre.INTERNAT, 1)
    creer_etablissement(nom_fr="SATELLITE DU VOISIN", rattachement=voisine, type="satellite")
    publier(voisine, "ailleurs", titre="خبر الجوار")
    return cree


def peupler(ecole: Etablissement, *, niveau: str = "1APIC", filles: int = 3, garcons: int = 1) -> None:
    classe = creer_classe(etablissement=ecole, niveau=niveau, libelle=f"{niveau}-1")
    for sexe in "F" * filles + "M" * garcons:
        creer_inscription(eleve=creer_eleve(sexe=sexe), classe=classe)
    creer_import_liste(classe=classe, nb_eleves=filles + garcons)


def doter(ecole: Etablissement, genre: Dotation.Genre, nombre: int) -> None:
    releve = datetime.date(2026, 10, 1)
    Dotation.objects.create(etablissement=ecole, genre=genre, nombre=nombre, source="essais", releve_le=releve)


def publier(ecole: Etablissement, slug: str, *, titre: str = "خبر المؤسسة", **champs: object) -> PageActualite:
    index = PageActualites.objects.get(etablissement=ecole)
    return index.add_child(instance=PageActualite(title=titre, slug=slug, locale=index.locale, **champs))


def lire(client: Client, ecole: Etablissement, reste: str = "", langue: str = "fr") -> PageLue:
    reponse = client.get(f"/{langue}/ecoles/{ecole.slug_public}/{reste}")
    assert reponse.status_code == 200
    return exiger_page_saine(reponse.content.decode(), langue=langue)


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_l_identite_et_la_situation_viennent_du_registre(client: Client, ecole, langue: str) -> None:
    texte = lire(client, ecole, langue=langue).texte
    for fait in (ecole.nom_public_ar, ecole.nom_public_fr, ecole.gresa, str(ecole.commune.nom)):
        assert fait in texte
    assert "essais" in texte, "the source"
    assert "2025" in texte, "the date"
    assert "VOISINE" not in texte.upper()


@pytest.mark.parametrize(("connue", "langue"), [("adresse_fr", "ar"), ("adresse_ar", "fr")])
def test_une_adresse_connue_dans_une_langue_se_montre_dans_l_autre(client, ecole, connue: str, langue: str) -> None:
    Etablissement.objects.filter(pk=ecole.pk).update(**{connue: "12, rue du Cèdre"})
    assert "12, rue du Cèdre" in lire(client, ecole, langue=langue).texte
    Etablissement.objects.filter(pk=ecole.pk).update(adresse_fr="Rue A", adresse_ar="زنقة ب")
    texte = lire(client, ecole, langue=langue).texte
    assert ("Rue A" in texte, "زنقة ب" in texte) == (langue == "fr", langue == "ar")


def test_ce_qui_n_est_pas_connu_est_dit_ou_tu(client: Client, ecole) -> None:
    texte = lire(client, ecole).texte
    assert "Les effectifs ne sont pas encore connus" in texte
    assert texte.count("pas encore connu") >= 4, "headcount, address, telephone, e-mail"
    for absent in ("Équipements", "Satellites et annexes", "Dernières actualités", "Filières"):
        assert absent not in texte


def test_les_effectifs_disent_leur_annee_leur_date_et_leur_source(client: Client, ecole) -> None:
    peupler(ecole, filles=3, garcons=1)
    page = lire(client, ecole)
    for fait in ("Part des filles 75", "1APIC-1", "calculé le 7 octobre 2025", "Massar"):
        assert fait in page.texte
    cellules = [cellule.attributs["data-libelle"] for cellule in page.tous("td")]
    assert cellules == ["Filles", "Garçons", "Total"] * 2
    filles, garcons = page.tous("rect")
    assert (filles.attributs["width"], garcons.attributs["x"], garcons.attributs["width"]) == ("75", "75", "25")


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_la_page_des_resultats_dit_de_quand_sont_les_effectifs(client: Client, ecole, langue: str) -> None:
    peupler(ecole, niveau="3APIC")
    ouvrir(etablissement=ecole, section=Section.RESULTATS)
    texte = lire(client, ecole, "resultats/", langue).texte
    assert "2026/2027" in texte
    assert {"fr": "calculé le 7 octobre 2025", "ar": "7 أكتوبر 2025"}[langue] in texte
    assert {"fr": "4 élèves", "ar": "4 تلاميذ"}[langue] in texte


def test_un_niveau_sans_eleve_ne_divise_pas_par_zero(client: Client, ecole) -> None:
    peupler(ecole, filles=0, garcons=0)
    assert "Part des filles 0" in lire(client, ecole).texte


def test_les_filieres_ne_se_montrent_qu_au_lycee(client: Client, ecole) -> None:
    lycee = creer_etablissement(nom_fr="LYCEE CEDRE", type="lycee", cycles=("qualifiant",))
    Createur().creer(lycee)
    peupler(ecole)
    peupler(lycee, niveau="TCSF", filles=2, garcons=0)
    assert "Filières" not in lire(client, ecole).texte
    assert "Filières Tronc commun scientifique 2 élèves" in lire(client, lycee).texte


def test_une_dotation_absente_et_une_dotation_nulle_different(client: Client, ecole) -> None:
    doter(ecole, Dotation.Genre.CANTINE, 0)
    doter(ecole, Dotation.Genre.LABORATOIRE, 2)
    texte = lire(client, ecole).texte
    assert "Cantine non" in texte
    assert "Laboratoires 2" in texte
    assert "Internat pas encore connu" in texte, "what families of a collège ask first is told even when unknown"
    assert "Transport scolaire pas encore connu" in texte
    assert "Clôture" not in texte
    assert "au registre le 1 octobre 2026" in texte


def test_les_unites_se_montrent_sur_la_page_de_leur_ecole(client: Client, ecole) -> None:
    unite = creer_etablissement(nom_fr="SATELLITE TIZI", rattachement=ecole, type="satellite")
    creer_etablissement(nom_fr="SATELLITE FERME", rattachement=ecole, type="satellite", ouvert=False)
    texte = lire(client, ecole).texte
    assert f"Satellite Tizi École satellite · {unite.commune.nom} · {unite.gresa}" in texte
    assert "Ferme" not in texte
    assert "Voisin" not in texte


@pytest.mark.parametrize(
    ("type_", "cycles", "theme"),
    [
        ("ecole", ("prescolaire", "primaire"), "primaire"),
        ("college", ("college",), "college"),
        ("lycee", ("college", "qualifiant"), "lycee"),
    ],
)
def test_chaque_cycle_a_son_theme(client: Client, type_: str, cycles: tuple[str, ...], theme: str) -> None:
    ecole = creer_etablissement(type=type_, cycles=cycles)
    Createur().creer(ecole)
    (corps,) = lire(client, ecole).tous("body")
    assert corps.attributs["class"] == f"cycle-{theme}"


@pytest.mark.parametrize("reste", ["", "actualites/", "contact/", "actualites/rentree/"])
def test_le_changement_de_langue_reste_sur_la_page(client: Client, ecole, reste: str) -> None:
    publier(ecole, "rentree")
    adresse = f"ecoles/{ecole.slug_public}/{reste}"
    for langue in ("ar", "fr"):
        page = lire(client, ecole, reste, langue)
        bascule = {
            lien.attributs["hreflang"]: lien.attributs["href"]
            for lien in page.tous("a")
            if "hreflang" in lien.attributs
        }
        assert bascule == {"ar": f"/ar/{adresse}", "fr": f"/fr/{adresse}"}
        liens = [lien.attributs for lien in page.tous("link")]
        publique = settings.URL_PUBLIQUE
        assert [lien["href"] for lien in liens if lien["rel"] == "canonical"] == [f"{publique}/{langue}/{adresse}"]
        assert {lien["hreflang"]: lien["href"] for lien in liens if "hreflang" in lien} == {
            "ar": f"{publique}/ar/{adresse}",
            "fr": f"{publique}/fr/{adresse}",
            "x-default": f"{publique}/ar/{adresse}",
        }


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_la_suite_d_une_liste_a_son_adresse_et_son_titre(client: Client, ecole, langue: str, monkeypatch) -> None:
    """Search engines took the second page for the first, and the switch of language went back to it."""
    monkeypatch.setattr("sites.models.actualites.ACTUALITES_PAR_PAGE", 1)
    for numero in range(3):
        publier(ecole, f"n{numero}")
    adresse, publique = f"ecoles/{ecole.slug_public}/actualites/", settings.URL_PUBLIQUE

    def lue(demandee: str) -> tuple[list[str | None], list[str | None], set[str | None], str]:
        page = lire(client, ecole, f"actualites/{demandee}", langue)
        liens = [lien.attributs for lien in page.tous("link")]
        return (
            [lien["href"] for lien in liens if lien["rel"] == "canonical"],
            [lien["href"] for lien in liens if lien.get("hreflang") == "fr"],
            {lien.attributs["href"] for lien in page.tous("a") if "hreflang" in lien.attributs},
            page.textes[0],
        )

    premiere, deuxieme, derniere = lue(""), lue("?page=2"), lue("?page=999")
    assert premiere[0] == [f"{publique}/{langue}/{adresse}"]
    assert lue("?page=1") == lue("?page=abc") == premiere
    assert deuxieme[:3] == (
        [f"{publique}/{langue}/{adresse}?page=2"],
        [f"{publique}/fr/{adresse}?page=2"],
        {f"/ar/{adresse}?page=2", f"/fr/{adresse}?page=2"},
    )
    assert derniere[0] == [f"{publique}/{langue}/{adresse}?page=3"], "the last one, whatever was asked beyond"
    assert len({premiere[3], deuxieme[3], derniere[3]}) == 3, "titles"
    retour = [
        a.attributs["href"]
        for a in lire(client, ecole, "actualites/?page=2").tous("a")
        if a.attributs.get("rel") == "prev"
    ]
    assert retour == ["?"], "the first page has one address"


# Wagtail 8.0 leaves the temporary file of a rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")
def test_une_actualite_montre_son_texte_son_image_et_sa_date(client: Client, ecole, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    sortie = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(sortie, "PNG")
    image = ImagePortail.objects.create(title="cour", credit="L'école", file=ImageFile(sortie, name="cour.png"))
    corps = [
        ("texte", "<p>نص <b>الخبر</b></p>"),
        ("image", {"image": image, "alt": "ساحة المؤسسة", "legende": "", "credit": ""}),
    ]
    publier(
        ecole, "rentree", date=datetime.date(2026, 9, 7), chapo="في سطرين", image=image, image_alt="ساحة", corps=corps
    )
    page = lire(client, ecole, "actualites/rentree/")
    for attendu in ("خبر المؤسسة", "7 septembre 2026", "في سطرين", "الخبر", "L'école"):
        assert attendu in page.texte
    assert [image.attributs["alt"] for image in page.tous("img")] == ["ساحة", "ساحة المؤسسة"]
    assert "خبر المؤسسة" in lire(client, ecole).texte
    liste = lire(client, ecole, "actualites/").texte
    assert "خبر المؤسسة" in liste
    assert "خبر الجوار" not in liste


def test_une_image_sans_description_est_refusee(ecole) -> None:
    page = PageActualite(title="x", slug="x", image=ImagePortail(pk=1), etablissement=ecole)
    page.image_id = 1
    with pytest.raises(ValidationError) as refus:
        page.clean()
    assert list(refus.value.message_dict) == ["image_alt"]


def test_sans_actualite_la_page_le_dit(client: Client, ecole) -> None:
    assert "pas encore publié d'actualité" in lire(client, ecole, "actualites/").texte


def test_le_contact_dit_ce_que_sait_le_registre(client: Client, ecole) -> None:
    assert lire(client, ecole, "contact/").texte.count("pas encore connu") == 3
    Etablissement.objects.filter(pk=ecole.pk).update(
        adresse_fr="12, rue des Essais", telephone="0528990000", courriel="essais@ecoles.example"
    )
    page = lire(client, ecole, "contact/")
    assert "12, rue des Essais" in page.texte
    assert {"tel:+212528990000", "mailto:essais@ecoles.example"} <= {lien.attributs["href"] for lien in page.tous("a")}


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_le_telephone_et_les_inscriptions_sont_a_une_touche_de_l_accueil(client: Client, ecole, langue: str) -> None:
    """They were six screens below, or behind tabs out of sight on a telephone."""
    Etablissement.objects.filter(pk=ecole.pk).update(telephone="0528 99.00.11")
    ouvrir(etablissement=ecole, section=Section.ADMISSIONS)
    base = f"/{langue}/ecoles/{ecole.slug_public}/"
    voisine = Etablissement.objects.exclude(pk=ecole.pk).get(rattachement=None)
    assert acces(client, ecole, langue) == ["tel:+212528990011", f"{base}admissions/", f"{base}contact/"]
    assert acces(client, voisine, langue) == [f"/{langue}/ecoles/{voisine.slug_public}/contact/"], "no number is known"
    ReglagesEcole.objects.create(etablissement=voisine, telephone_administration="0528 99 00 12")
    assert acces(client, voisine, langue)[0] == "tel:+212528990012"
    Etablissement.objects.filter(pk=ecole.pk).update(ouvert=False)
    assert acces(client, ecole, langue) == []


def acces(client: Client, ecole: Etablissement, langue: str) -> list[str | None]:
    liens = lire(client, ecole, langue=langue).tous("a")
    return [lien.attributs["href"] for lien in liens if "acces__lien" in (lien.attributs.get("class") or "")]


def test_un_numero_ecrit_avec_des_espaces_s_appelle(client: Client, ecole) -> None:
    """An address holds no space."""
    Etablissement.objects.filter(pk=ecole.pk).update(telephone="0528 99.00.11")
    association = ouvrir(etablissement=ecole, section=Section.ASSOCIATION)
    association.telephone = "0661 990011/141"
    association.save()
    numeros = [
        lien.attributs["href"]
        for reste in ("contact/", "association/")
        for lien in lire(client, ecole, reste).tous("a")
        if (lien.attributs.get("href") or "").startswith("tel:")
    ]
    assert numeros == ["tel:+212528990011", "tel:+212661990011"]


def test_ce_que_l_ecole_ecrit_garde_sa_langue(client: Client, ecole) -> None:
    PageEtablissement.objects.get(etablissement=ecole).presentation = []
    page = PageEtablissement.objects.get(etablissement=ecole)
    page.presentation = [("texte", "<p>مؤسسة تأسست سنة 1980</p>")]
    page.save()
    contact = PageContact.objects.get(etablissement=ecole)
    contact.horaires = [("texte", "<p>من الاثنين إلى السبت</p>")]
    contact.save()
    for reste, texte in (("", "مؤسسة تأسست سنة 1980"), ("contact/", "من الاثنين إلى السبت")):
        lue = lire(client, ecole, reste)
        assert texte in lue.texte
        assert [bloc.attributs["dir"] for bloc in lue.tous("div") if bloc.attributs.get("lang") == "ar"] == ["rtl"]


def test_une_page_publique_ne_depend_pas_de_qui_la_lit(client: Client, ecole, django_user_model) -> None:
    adresse = f"/ar/ecoles/{ecole.slug_public}/"
    anonyme = client.get(adresse)
    client.force_login(django_user_model.objects.create_user("essai-lecteur"))
    assert client.get(adresse).content == anonyme.content


@pytest.mark.parametrize("reste", ["", "actualites/", "actualites/<actualite>/", "contact/"])
def test_le_nombre_de_requetes_est_constant(client: Client, ecole, reste: str, django_assert_num_queries) -> None:
    chemin = reste.replace("<actualite>", "un")
    publier(ecole, "un")
    peupler(ecole)
    lire(client, ecole, chemin)
    with django_assert_num_queries(REQUETES[f"/ecoles/<ecole>/{reste}"]):
        lire(client, ecole, chemin)
    peupler(ecole, niveau="2APIC")
    for rang, genre in enumerate(Dotation.Genre):
        doter(ecole, genre, rang)
        creer_etablissement(rattachement=ecole, type="satellite")
    publier(ecole, "deux")
    with django_assert_num_queries(REQUETES[f"/ecoles/<ecole>/{reste}"]):
        lire(client, ecole, chemin)


def test_une_page_d_ecole_pese_peu(client: Client, ecole) -> None:
    for niveau in ("1APIC", "2APIC", "3APIC"):
        peupler(ecole, niveau=niveau)
    for genre in Dotation.Genre:
        doter(ecole, genre, 1)
    html = client.get(f"/ar/ecoles/{ecole.slug_public}/").content
    motifs = (settings.BASE_DIR / "themes/static/themes").glob("*.svg")
    fichiers = [html, assembler().encode(), *(motif.read_bytes() for motif in motifs)]
    assert sum(len(gzip.compress(fichier)) for fichier in fichiers) < 30_000
