"""Schools from CSV: what is created, changed, left alone or refused, and what the report says of it."""

import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.utils import translation

from etablissements.registre.importation import operations
from etablissements.registre.importation.operations import importer_etablissements
from etablissements.registre.models import Dotation, Etablissement
from etablissements.registre.signaux import etablissements_importes
from portal.socle.rapports import Issue, Rapport
from tests import fabriques
from tests.outils_base import contenu_de_la_base

REELLES = settings.BASE_DIR / "etablissements" / "registre" / "donnees" / "ecoles_tiznit.csv"
INVENTEES = settings.BASE_DIR / "portal" / "demonstration" / "donnees" / "ecoles_inventees.csv"
REFERENCE = settings.BASE_DIR / "tests" / "donnees" / "schools_tiznit.csv"
ENTETE = "gresa,nom_fr,nom_ar,type,cycles,commune,direction,rattachement"
MERE = "99501C,SS DES ESSAIS,م.م التجارب,secteur,primaire,09.581.01.07,09.581,"
UNITE = "99502D,SS DES ESSAIS UNITE A,م.م التجارب فرعية أ,satellite,primaire,09.581.01.07,09.581,99501C"
COLLEGE = "99503E,COLLEGE DES ESSAIS,الثانوية الاعدادية التجارب,college,college,07.351.01.05,07.351,"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def registre() -> None:
    fabriques.creer_registre()


@pytest.fixture(autouse=True)
def francais(monde_propre) -> None:
    translation.activate("fr")


def ecrire(dossier: Path, *lignes: str, nom: str = "ecoles.csv", entete: str = ENTETE) -> Path:
    chemin = dossier / nom
    chemin.write_text("\n".join((entete, *lignes)) + "\n", encoding="utf-8")
    return chemin


def issues(rapport: Rapport) -> list[tuple[int, str, str]]:
    return [(ligne.reperes[2], ligne.issue.value, ligne.objet) for ligne in rapport.lignes]


def motifs(rapport: Rapport) -> list[str]:
    return [str(ligne.motif) for ligne in rapport.lignes if ligne.issue is Issue.REFUSE]


def test_les_319_ecoles_de_tiznit_puis_rien(django_assert_max_num_queries) -> None:
    fabriques.creer_registre(complet=True)
    with django_assert_max_num_queries(40):
        premier = importer_etablissements(fichiers=[REELLES])
    assert premier.comptes == {Issue.CREE: 319}
    avant = contenu_de_la_base()
    assert importer_etablissements(fichiers=[REELLES]).comptes == {Issue.INCHANGE: 319}
    assert contenu_de_la_base() == avant
    assert Etablissement.objects.autonomes().count() == 111
    massira = Etablissement.objects.get(gresa="17253C")
    assert (massira.cycle_principal_id, set(massira.cycles.values_list("code", flat=True))) == (
        "qualifiant",
        {"qualifiant", "bts"},
    )
    khaldoune = Etablissement.objects.get(gresa="17248X")
    assert khaldoune.cycle_principal_id == "qualifiant"
    assert khaldoune.commune.nom_fr == "Bounaamane"
    assert [e.gresa for e in Etablissement.objects.chercher("ابن خلدون bounaamane")] == ["17248X"]


def test_le_fichier_de_reference_tel_quel_dit_les_memes_ecoles() -> None:
    fabriques.creer_registre(complet=True)
    assert importer_etablissements(fichiers=[REFERENCE]).comptes == {Issue.CREE: 319}
    assert importer_etablissements(fichiers=[REELLES]).comptes == {Issue.INCHANGE: 319}


def test_les_ecoles_inventees_ont_contacts_et_dotations() -> None:
    rapport = importer_etablissements(fichiers=[INVENTEES], source="invention", releve_le=datetime.date(2026, 1, 2))
    assert rapport.comptes == {Issue.CREE: 3}
    assert all(gresa.startswith("99") for gresa in Etablissement.objects.values_list("gresa", flat=True))
    zitoun = Etablissement.objects.get(gresa="99023H")
    assert (zitoun.nom_ar, zitoun.direction_id) == ("الثانوية الاعدادية الزيتون التجريبية", "07.351")
    assert (zitoun.source, zitoun.releve_le) == ("invention", datetime.date(2026, 1, 2))
    dotations = {d.genre: d.nombre for d in zitoun.dotations.all()}
    assert dotations["salles"] == 18
    assert dotations["internat"] == 0
    assert "transport" not in dotations
    assert {d.releve_le for d in zitoun.dotations.all()} == {datetime.date(2026, 1, 2)}


def test_les_unites_suivent_leur_ecole_quel_que_soit_l_ordre(tmp_path) -> None:
    rapport = importer_etablissements(fichiers=[ecrire(tmp_path, UNITE, COLLEGE, MERE)])
    assert issues(rapport) == [(2, "cree", "99502D"), (3, "cree", "99503E"), (4, "cree", "99501C")]
    assert Etablissement.objects.get(gresa="99502D").rattachement.gresa == "99501C"


def test_l_ecole_d_une_unite_peut_etre_dans_un_autre_fichier(tmp_path) -> None:
    unites, meres = ecrire(tmp_path, UNITE, nom="a.csv"), ecrire(tmp_path, MERE, nom="b.csv")
    assert importer_etablissements(fichiers=[unites, meres]).comptes == {Issue.CREE: 2}


def test_ce_qui_change_est_nomme_et_date(tmp_path) -> None:
    importer_etablissements(fichiers=[ecrire(tmp_path, COLLEGE)], releve_le=datetime.date(2020, 1, 1))
    change = COLLEGE.replace("COLLEGE DES ESSAIS", "COLLEGE NEUF").replace(",college,07", ",primaire;college,07")
    rapport = importer_etablissements(fichiers=[ecrire(tmp_path, change, nom="suite.csv")])
    assert issues(rapport) == [(2, "modifie", "99503E")]
    assert str(rapport.lignes[0].motif) == "nom en français, cycles"
    ecole = Etablissement.objects.get(gresa="99503E")
    assert ecole.source == "suite.csv"
    assert ecole.releve_le > datetime.date(2020, 1, 1)
    assert set(ecole.cycles.values_list("code", flat=True)) == {"primaire", "college"}
    assert list(Etablissement.objects.chercher("neuf")) == [ecole]


def test_une_date_de_releve_donnee_redate_ce_qui_n_a_pas_change(tmp_path) -> None:
    chemin = ecrire(tmp_path, f"{COLLEGE},eau", entete=f"{ENTETE},dotations")
    importer_etablissements(fichiers=[chemin], releve_le=datetime.date(2020, 1, 1))
    rapport = importer_etablissements(fichiers=[chemin], releve_le=datetime.date(2021, 1, 1))
    assert [str(ligne.motif) for ligne in rapport.lignes] == ["date du relevé"]
    assert Dotation.objects.get().releve_le == datetime.date(2021, 1, 1)
    assert importer_etablissements(fichiers=[chemin]).comptes == {Issue.INCHANGE: 1}


def test_une_colonne_absente_laisse_ses_faits_une_cellule_vide_les_efface(tmp_path) -> None:
    complet = ecrire(tmp_path, f"{COLLEGE},0528000000,eau;salles=3", entete=f"{ENTETE},telephone,dotations")
    importer_etablissements(fichiers=[complet])
    sans = ecrire(tmp_path, COLLEGE, nom="sans.csv")
    assert importer_etablissements(fichiers=[sans]).comptes == {Issue.INCHANGE: 1}
    assert Dotation.objects.count() == 2
    vide = ecrire(tmp_path, f"{COLLEGE},,", nom="vide.csv", entete=f"{ENTETE},telephone,dotations")
    rapport = importer_etablissements(fichiers=[vide])
    assert [str(ligne.motif) for ligne in rapport.lignes] == ["téléphone, dotations"]
    assert not Dotation.objects.exists()


REFUS = [
    ("9950G,A,ا,college,college,07.351.01.05,07.351,", "doit avoir cinq chiffres et une lettre"),
    (COLLEGE.replace("99503E", "99503H"), "La lettre de contrôle du code GRESA 99503H est fausse : ce devrait être E."),
    (COLLEGE.replace("99503E", "99503I"), "ce devrait être E"),
    (COLLEGE.replace("07.351,", "07.999,"), "La direction « 07.999 » est inconnue."),
    (COLLEGE.replace("07.351.01.05", "07.351.99.99"), "La commune « 07.351.99.99 » est inconnue."),
    (COLLEGE.replace("07.351.01.05", "09.581.01.07"), "est de la direction 09.581, pas de la direction 07.351"),
    (COLLEGE.replace("college,college", "palais,college"), "Le type « palais » est inconnu."),
    (COLLEGE.replace("college,college", "college,master"), "Le cycle « master » est inconnu."),
    (COLLEGE.replace("college,college", "college,"), "La colonne cycles est vide."),
    (COLLEGE.replace("college,college", "college, ; ;"), "La colonne cycles est vide."),
    (COLLEGE.replace("COLLEGE DES ESSAIS", ""), "La colonne nom_fr est vide."),
    (COLLEGE.replace("الثانوية الاعدادية التجارب", ""), "La colonne nom_ar est vide."),
    (COLLEGE.replace("الثانوية الاعدادية التجارب", "COLLEGE"), "La colonne nom_ar ne contient pas un nom"),
    (COLLEGE.replace("COLLEGE DES ESSAIS", "=HYPERLINK(A1)"), "La colonne nom_fr ne contient pas un nom"),
    (COLLEGE.replace("COLLEGE DES ESSAIS", "@SUM"), "La colonne nom_fr ne contient pas un nom"),
    (COLLEGE.replace("COLLEGE DES ESSAIS", "C" * 201), "La colonne nom_fr dépasse 200 caractères."),
    (COLLEGE.replace("COLLEGE DES ESSAIS", "COL\x07LEGE"), "des caractères qui ne s'impriment pas"),
    (UNITE.replace("99501C", "99999A"), "est fausse"),
    (UNITE.replace("99501C", "99504F"), "L'établissement de rattachement 99504F est inconnu ou refusé."),
    (UNITE.replace("99501C", ""), "doit nommer son établissement"),
    (UNITE.replace("99501C", "99502D"), "rattaché à lui-même"),
    (f"{COLLEGE},décalée", "La ligne a 9 cellules pour 8 colonnes : elle est décalée."),
]


@pytest.mark.parametrize(("ligne", "motif"), REFUS)
def test_une_ligne_refusee_dit_pourquoi_et_ne_retient_pas_les_autres(tmp_path, ligne: str, motif: str) -> None:
    rapport = importer_etablissements(fichiers=[ecrire(tmp_path, ligne, MERE)])
    assert rapport.comptes == {Issue.REFUSE: 1, Issue.CREE: 1}
    assert rapport.lignes[0].reperes == ("ecoles.csv", "", 2)
    assert motif in motifs(rapport)[0]
    assert Etablissement.objects.count() == 1


@pytest.mark.parametrize(
    ("colonne", "cellule", "motif"),
    [
        ("telephone", "appelez-moi", "Le téléphone « appelez-moi » n'en est pas un."),
        ("courriel", "ecole", "L'adresse « ecole » n'en est pas une."),
        ("dotations", "piscine", "La dotation « piscine » ne se lit pas."),
        ("dotations", "salles=beaucoup", "La dotation « salles=beaucoup » ne se lit pas."),
        ("dotations", "salles=-1", "ne se lit pas"),
        ("dotations", "salles=99999999999", "ne se lit pas"),
        ("dotations", "eau;eau", "ne se lit pas"),
        ("adresse_fr", "x" * 251, "La colonne adresse_fr dépasse 250 caractères."),
    ],
)
def test_une_colonne_facultative_mal_remplie_est_refusee(tmp_path, colonne, cellule, motif) -> None:
    rapport = importer_etablissements(
        fichiers=[ecrire(tmp_path, f'{COLLEGE},"{cellule}"', entete=f"{ENTETE},{colonne}")]
    )
    assert motif in motifs(rapport)[0]
    assert not Etablissement.objects.exists()


def test_toutes_les_fautes_d_une_ligne_sont_dites_ensemble(tmp_path) -> None:
    ligne = "99503H,,ا,palais,college,07.351.01.05,07.999,"
    motif = motifs(importer_etablissements(fichiers=[ecrire(tmp_path, ligne)]))[0]
    for morceau in ("lettre de contrôle", "nom_fr est vide", "palais", "07.999"):
        assert morceau in motif


def test_un_code_donne_deux_fois_renvoie_a_la_premiere_ligne(tmp_path) -> None:
    un, deux = ecrire(tmp_path, COLLEGE, COLLEGE), ecrire(tmp_path, COLLEGE, nom="deux.csv")
    rapport = importer_etablissements(fichiers=[un, deux])
    assert issues(rapport) == [(2, "cree", "99503E"), (3, "refuse", "99503E"), (2, "refuse", "99503E")]
    assert motifs(rapport) == ["Ce code est déjà donné par ecoles.csv, ligne 2."] * 2


def test_l_unite_d_une_ecole_refusee_est_refusee(tmp_path) -> None:
    rapport = importer_etablissements(fichiers=[ecrire(tmp_path, MERE.replace("secteur", "palais"), UNITE)])
    assert rapport.comptes == {Issue.REFUSE: 2}


def test_une_unite_n_a_pas_d_unite(tmp_path) -> None:
    sous_unite = UNITE.replace("99502D", "99504F").replace("99501C", "99502D")
    rapport = importer_etablissements(fichiers=[ecrire(tmp_path, MERE, UNITE, sous_unite)])
    assert motifs(rapport) == ["L'établissement de rattachement 99502D est lui-même une unité d'un autre."]
    # The same against what the database already knows, from either end.
    rapport = importer_etablissements(fichiers=[ecrire(tmp_path, sous_unite)])
    assert "lui-même une unité" in motifs(rapport)[0]
    rapport = importer_etablissements(fichiers=[ecrire(tmp_path, COLLEGE, MERE.replace("09.581,", "09.581,99503E"))])
    assert motifs(rapport) == ["Cet établissement a lui-même des unités : il ne peut pas être rattaché."]


def test_un_code_qui_arrive_mal_ecrit_par_un_tableur_se_lit(tmp_path) -> None:
    ligne = COLLEGE.replace("99503E", " ٩٩٥٠٣ e ").replace("07.351,", "7.351,")
    assert importer_etablissements(fichiers=[ecrire(tmp_path, ligne)]).comptes == {Issue.CREE: 1}


def test_la_commune_se_nomme_dans_l_une_ou_l_autre_ecriture(tmp_path) -> None:
    entete = ENTETE.replace("commune", "commune_fr,commune_ar")
    lignes = [
        COLLEGE.replace("07.351.01.05,07.351", noms)
        for noms in (
            "GUELIZ (Arr.),,07.351",
            ",جليز,07.351",
            "Guéliz,جليز,07.351",
            "Tiznit,,07.351",
            "Gueliz,تافراوت,07.351",
        )
    ]
    vus = []
    for ligne in lignes:
        rapport = importer_etablissements(fichiers=[ecrire(tmp_path, ligne, entete=entete)], essai=True)
        vus.append(rapport.lignes[0].issue)
    assert vus == [Issue.CREE, Issue.CREE, Issue.CREE, Issue.REFUSE, Issue.CREE]


def test_l_essai_n_ecrit_rien_et_dit_la_meme_chose(tmp_path) -> None:
    importer_etablissements(fichiers=[ecrire(tmp_path, COLLEGE)])
    chemin = ecrire(tmp_path, COLLEGE.replace("DES ESSAIS", "NEUF"), MERE, UNITE, "faux", nom="suite.csv")
    avant = contenu_de_la_base()
    essai = importer_etablissements(fichiers=[chemin], essai=True)
    assert contenu_de_la_base() == avant
    vrai = importer_etablissements(fichiers=[chemin])
    assert essai.lignes == vrai.lignes
    assert essai.essai
    assert contenu_de_la_base() != avant


def test_le_signal_dit_ce_qui_est_cree_ou_change(tmp_path, django_capture_on_commit_callbacks) -> None:
    recus: list[list[int]] = []

    def recevoir(sender, identifiants, **_autres) -> None:
        recus.append(identifiants)

    etablissements_importes.connect(recevoir)
    try:
        chemin = ecrire(tmp_path, COLLEGE, MERE)
        with django_capture_on_commit_callbacks(execute=True):
            importer_etablissements(fichiers=[chemin], essai=True)
        assert recus == []
        with django_capture_on_commit_callbacks(execute=True):
            importer_etablissements(fichiers=[chemin])
        assert sorted(recus[0]) == sorted(Etablissement.objects.values_list("pk", flat=True))
        with django_capture_on_commit_callbacks(execute=True):
            importer_etablissements(fichiers=[chemin])
            importer_etablissements(fichiers=[ecrire(tmp_path, COLLEGE.replace("DES", "D'"), MERE)])
        assert recus[1:] == [[Etablissement.objects.get(gresa="99503E").pk]]
    finally:
        etablissements_importes.disconnect(recevoir)


def test_une_panne_ne_laisse_rien(tmp_path, monkeypatch) -> None:
    def panne(*_arguments, **_options) -> None:
        raise RuntimeError

    monkeypatch.setattr(operations.Dotation.objects, "bulk_create", panne)
    avant = contenu_de_la_base()
    with pytest.raises(RuntimeError):
        importer_etablissements(fichiers=[ecrire(tmp_path, COLLEGE)])
    assert contenu_de_la_base() == avant


def test_un_autre_import_au_meme_instant_se_rattrape(tmp_path, monkeypatch) -> None:
    """The first attempt finds that another import created the school after it had looked: it looks again."""
    ecrire_vraiment, fois = operations._ecrire, []

    def ecrire_une_fois_mal(ecritures) -> None:
        fois.append(1)
        if len(fois) == 1:
            raise IntegrityError
        ecrire_vraiment(ecritures)

    monkeypatch.setattr(operations, "_ecrire", ecrire_une_fois_mal)
    rapport = importer_etablissements(fichiers=[ecrire(tmp_path, COLLEGE, "faux")])
    assert rapport.comptes == {Issue.CREE: 1, Issue.REFUSE: 1}
    assert Etablissement.objects.count() == 1


def test_la_progression_compte_chaque_ligne(tmp_path) -> None:
    pas, totaux = [], []

    def suivre(total: int):
        totaux.append(total)
        return pas.append

    importer_etablissements(fichiers=[ecrire(tmp_path, COLLEGE, MERE, UNITE)], progression=suivre)
    assert (totaux, sum(pas)) == ([6], 6)
