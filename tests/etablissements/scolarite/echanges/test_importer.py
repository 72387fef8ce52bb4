"""A workbook comes in whole or not at all; what the report says; what the database then holds."""

import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError
from django.utils import timezone

from etablissements.scolarite.api import EtablissementInconnu, effectifs, importer_liste, importer_listes
from etablissements.scolarite.echanges import ecriture, importer
from etablissements.scolarite.models import Classe, Eleve, ImportListe, Inscription
from portal.socle.rapports import Issue, Rapport
from tests import fabriques
from tests.fabriques.classeurs import FeuilleListe, classeur, eleve, eleve_fr
from tests.outils_base import contenu_de_la_base

MASSAR = settings.BASE_DIR / "tests" / "donnees" / "massar"
FRANCAIS = {"langue": "fr", "niveau": "1° Année Secondaire Collégial, Parcours International (français)"}


def importer_feuilles(*feuilles: FeuilleListe, nom: str = "ListEleve_20251007.xlsx", **options) -> Rapport:
    return importer_liste(nom=nom, contenu=classeur(*feuilles), **options)


def refus(rapport: Rapport) -> list[tuple[str, str, str]]:
    return [
        (ligne.reperes[1], ligne.cellule, str(ligne.motif)) for ligne in rapport.lignes if ligne.issue is Issue.REFUSE
    ]


def test_l_echantillon_entre_en_entier(college) -> None:
    zitoun = fabriques.creer_etablissement(
        code="99023H", direction="07.351", nom_ar="الثانوية الاعدادية الزيتون التجريبية"
    )
    chemin = MASSAR / "ListEleve_20251007.xlsx"
    rapport = importer_listes(fichiers=[chemin])
    assert rapport.comptes == {Issue.CREE: 103}
    assert rapport.lignes[0].reperes == ("ListEleve_20251007.xlsx", "1APIC-3", 11)
    assert rapport.lignes[0].objet == "1APIC-3"
    compte = effectifs(etablissement_id=zitoun.pk)
    assert (compte.total, compte.nb_classes, compte.annee, compte.source) == (103, 3, "2025-2026", chemin.name)
    assert [(n.code, n.total, n.classes) for n in compte.niveaux] == [
        ("1APIC", 34, ("1APIC-3",)),
        ("2APIC", 36, ("2APIC-1",)),
        ("3APIC", 33, ("3APIC-2",)),
    ]
    connu = Eleve.objects.get(code_massar="A991015755")
    assert (connu.nom_ar, connu.prenom_ar, connu.nom_fr) == ("أمزيان", "إلياس", "")
    assert (connu.date_naissance, connu.lieu_naissance_ar) == (datetime.date(2012, 12, 20), "تارودانت")
    assert connu.inscriptions.get().du == datetime.date(2025, 9, 1)
    trace = ImportListe.objects.get()
    assert (trace.nb_classes, trace.nb_eleves, trace.etablissement) == (3, 103, zitoun)


def test_les_autres_echantillons_sont_refuses_par_leur_nom(college) -> None:
    chemins = sorted(chemin for chemin in MASSAR.glob("*.xlsx") if "ListEleve" not in chemin.name)
    avant = contenu_de_la_base()
    rapport = importer_listes(fichiers=chemins)
    motifs = {ligne.reperes[0]: str(ligne.motif) for ligne in rapport.lignes}
    assert len(motifs) == len(rapport.lignes) == 4
    for nom, motif in motifs.items():
        if "truncated" in nom:
            assert motif.startswith("Ce n'est pas un classeur entier")
        else:
            assert motif.startswith("C'est une feuille de notes (NotesCC)")
    assert contenu_de_la_base() == avant


def test_la_seconde_fois_ne_change_rien(college) -> None:
    feuilles = (FeuilleListe(), FeuilleListe(classe="2APIC-1", eleves=[eleve(3)]))
    assert importer_feuilles(*feuilles).comptes == {Issue.CREE: 3}
    avant = contenu_de_la_base()
    assert importer_feuilles(*feuilles).comptes == {Issue.INCHANGE: 3}
    assert contenu_de_la_base() == avant


def test_la_meme_liste_telechargee_de_nouveau_redate_les_effectifs(college) -> None:
    """Other bytes, same pupils: a newer source that confirms the same figures."""
    importer_feuilles(FeuilleListe(), nom="octobre.xlsx")
    avec_pied = FeuilleListe(autres={"B20": "حرر بتيزنيت"})
    assert importer_feuilles(avec_pied, nom="novembre.xlsx").comptes == {Issue.INCHANGE: 2}
    assert ImportListe.objects.count() == 2
    assert effectifs(etablissement_id=college.pk).source == "novembre.xlsx"


def test_l_essai_n_ecrit_rien_et_dit_la_meme_chose(college) -> None:
    importer_feuilles(FeuilleListe())
    suite = FeuilleListe(eleves=[eleve(1), eleve(2, prenom="آدم"), eleve(3)])
    avant = contenu_de_la_base()
    essai = importer_feuilles(suite, essai=True)
    assert contenu_de_la_base() == avant
    vrai = importer_feuilles(suite)
    assert essai.lignes == vrai.lignes
    assert essai.essai
    assert vrai.comptes == {Issue.INCHANGE: 1, Issue.MODIFIE: 1, Issue.CREE: 1}


def test_ce_qui_change_est_nomme(college) -> None:
    importer_feuilles(FeuilleListe())
    corrige = eleve(1, prenom="آدم", date="2012-12-21", sexe="أنثى", lieu="تيزنيت")
    rapport = importer_feuilles(FeuilleListe(eleves=[corrige, eleve(2)]))
    assert str(rapport.lignes[0].motif) == "prénom en arabe, sexe, date de naissance, lieu de naissance en arabe"
    change = Eleve.objects.get(code_massar="W990000001")
    assert (change.prenom_ar, change.sexe, change.lieu_naissance_ar) == ("آدم", "F", "تيزنيت")


def test_un_eleve_change_de_classe_dans_son_ecole(college) -> None:
    importer_feuilles(FeuilleListe(), FeuilleListe(classe="1APIC-2", eleves=[eleve(3)]))
    cle = Eleve.objects.get(code_massar="W990000001").cle
    rapport = importer_feuilles(
        FeuilleListe(eleves=[eleve(2)]), FeuilleListe(classe="1APIC-2", eleves=[eleve(1), eleve(3)])
    )
    assert rapport.comptes == {Issue.INCHANGE: 2, Issue.MODIFIE: 1}
    inscription = Inscription.objects.get(eleve__code_massar="W990000001")
    assert (inscription.classe.libelle, inscription.statut) == ("1APIC-2", "active")
    assert Eleve.objects.get(code_massar="W990000001").cle == cle


def test_l_arabe_et_le_francais_se_completent_sans_rien_effacer(college) -> None:
    importer_feuilles(FeuilleListe())
    rapport = importer_feuilles(FeuilleListe(**FRANCAIS, eleves=[eleve_fr(1), eleve_fr(2, lieu="")]))
    assert rapport.comptes == {Issue.MODIFIE: 2}
    assert "nom en français, prénom en français" in str(rapport.lignes[0].motif)
    premier, second = Eleve.objects.order_by("code_massar")
    assert (premier.nom_ar, premier.prenom_ar, premier.nom_fr, premier.prenom_fr) == (
        "أمزيان",
        "إلياس",
        "AMEZIANE",
        "Ilyas",
    )
    assert (premier.lieu_naissance_ar, premier.lieu_naissance_fr) == ("تارودانت", "Taroudannt")
    assert (second.lieu_naissance_ar, second.lieu_naissance_fr) == ("تارودانت", "")
    importer_feuilles(FeuilleListe(eleves=[eleve(1, lieu=""), eleve(2)]))
    premier.refresh_from_db()
    assert (premier.lieu_naissance_ar, premier.nom_fr) == ("تارودانت", "AMEZIANE")


def test_l_annee_suivante_l_eleve_connu_se_reinscrit(college, voisin) -> None:
    importer_feuilles(FeuilleListe(annee="2024/2025"))
    rapport = importer_feuilles(FeuilleListe(classe="2APIC-1", etablissement=voisin.nom_ar))
    assert rapport.comptes == {Issue.MODIFIE: 2}
    assert str(rapport.lignes[0].motif) == "inscription"
    assert Eleve.objects.count() == 2
    assert sorted(Inscription.objects.values_list("annee_id", "classe__etablissement__gresa")) == sorted(
        [("2024-2025", college.gresa)] * 2 + [("2025-2026", voisin.gresa)] * 2
    )


def test_un_eleve_revenu_apres_un_depart_se_reinscrit_a_la_suite(college) -> None:
    importer_feuilles(FeuilleListe(eleves=[eleve(1)]))
    Inscription.objects.update(statut="terminee", au=datetime.date(2025, 11, 3))
    rapport = importer_feuilles(FeuilleListe(eleves=[eleve(1)]))
    assert rapport.comptes == {Issue.MODIFIE: 1}
    assert Inscription.objects.get(statut="active").du == datetime.date(2025, 11, 3)


def test_un_eleve_d_une_autre_ecole_est_refuse_par_son_code_gresa(college, voisin) -> None:
    importer_feuilles(FeuilleListe(etablissement=voisin.nom_ar, eleves=[eleve(2)]))
    avant = contenu_de_la_base()
    rapport = importer_feuilles(FeuilleListe())
    assert refus(rapport) == [
        (
            "1APIC-1",
            "B12",
            f"Cet élève est déjà inscrit cette année à l'établissement {voisin.gresa} : "
            "son transfert doit d'abord y être enregistré.",
        ),
        ("", "", "Rien de ce classeur n'a été écrit : corrigez-le et recommencez."),
    ]
    assert contenu_de_la_base() == avant
    Inscription.objects.update(statut="terminee", au=datetime.date(2025, 11, 3))
    assert importer_feuilles(FeuilleListe()).comptes == {Issue.CREE: 1, Issue.MODIFIE: 1}


def test_un_code_donne_a_une_autre_personne_est_refuse(college) -> None:
    importer_feuilles(FeuilleListe())
    autre = eleve(1, nom="الفاسي", prenom="سارة", date="2013-04-05")
    rapport = importer_feuilles(FeuilleListe(eleves=[autre, eleve(2)]))
    assert refus(rapport)[0][:2] == ("1APIC-1", "B11")
    assert "connu pour une autre personne" in refus(rapport)[0][2]
    assert Eleve.objects.get(code_massar="W990000001").nom_ar == "أمزيان"


def test_tous_les_defauts_d_un_classeur_sont_dits_et_rien_n_est_ecrit(college) -> None:
    avant = contenu_de_la_base()
    rapport = importer_feuilles(
        FeuilleListe(eleves=[eleve(1), eleve(2, sexe="?"), eleve(1), eleve(3, date="1900-01-01")]),
        FeuilleListe(classe="2APIC-1", niveau="مستوى آخر", eleves=[eleve(1), eleve(4, code="W9")]),
        FeuilleListe(classe="1APIC-2", eleves=[eleve(5)]),
    )
    assert [(feuille, cellule) for feuille, cellule, _motif in refus(rapport)] == [
        ("1APIC-1", "E12"),
        ("1APIC-1", "B13"),
        ("1APIC-1", "F14"),
        ("2APIC-1", "C7"),
        ("2APIC-1", "B11"),
        ("2APIC-1", "B12"),
        ("", ""),
    ]
    motifs = [motif for _feuille, _cellule, motif in refus(rapport)]
    assert motifs[1] == "Ce code Massar est déjà en cellule B11."
    assert motifs[2] == "La date de naissance donne un âge hors de 2 à 30 ans."
    assert motifs[4] == "Cet élève est déjà dans une autre classe : feuille 1APIC-1, cellule B11."
    assert rapport.comptes == {Issue.REFUSE: 7}
    assert contenu_de_la_base() == avant


def test_un_classeur_refuse_n_arrete_pas_les_autres(college, tmp_path: Path) -> None:
    chemins = []
    for rang, feuille in enumerate(
        (FeuilleListe(), FeuilleListe(eleves=[eleve(8, sexe="?")]), FeuilleListe(classe="2APIC-1", eleves=[eleve(9)]))
    ):
        chemins.append(tmp_path / f"{rang}.xlsx")
        chemins[-1].write_bytes(classeur(feuille))
    chemins.append(tmp_path / "absent.xlsx")
    pas: list[int] = []
    rapport = importer_listes(fichiers=chemins, progression=lambda _total: pas.append)
    assert rapport.comptes == {Issue.CREE: 3, Issue.REFUSE: 3}
    assert Eleve.objects.count() == 3
    assert sum(pas) == 4
    assert str(rapport.lignes[-1].motif) == "Le fichier n'existe pas ou ne peut pas être ouvert."


@pytest.mark.parametrize(
    ("naissance", "motif"),
    [
        ("2023-09-01", None),
        ("2023-09-02", "âge hors de 2 à 30 ans"),
        ("1995-09-01", None),
        ("1994-09-01", "âge hors de 2 à 30 ans"),
    ],
)
def test_l_age_est_borne_au_premier_jour_de_l_annee(college, naissance: str, motif: str | None) -> None:
    rapport = importer_feuilles(FeuilleListe(eleves=[eleve(1, date=naissance)]))
    assert (motif is None) == (not rapport.refuse)
    assert motif is None or motif in refus(rapport)[0][2]


def test_une_naissance_dans_l_avenir_est_dite(college, monkeypatch) -> None:
    monkeypatch.setattr(importer.timezone, "localdate", lambda: datetime.date(2025, 10, 7))
    rapport = importer_feuilles(FeuilleListe(eleves=[eleve(1, date="2025-10-08"), eleve(2, date="2212-12-20")]))
    assert [(cellule, motif) for _feuille, cellule, motif in refus(rapport)][:2] == [
        ("F11", "La date de naissance est dans l'avenir."),
        ("F12", "La date de naissance est dans l'avenir."),
    ]


def test_les_partants_sont_signales_et_restent(college) -> None:
    importer_feuilles(FeuilleListe(eleves=[eleve(1), eleve(2), eleve(3)]))
    rapport = importer_feuilles(FeuilleListe(eleves=[eleve(1)]))
    assert rapport.comptes == {Issue.INCHANGE: 1, Issue.SIGNALE: 1}
    assert not rapport.refuse
    signale = rapport.lignes[-1]
    assert (signale.reperes[1], signale.objet) == ("1APIC-1", "1APIC-1")
    assert str(signale.motif) == ("2 élèves inscrits ne sont plus dans la liste ; leur inscription reste ouverte.")
    assert Inscription.objects.filter(statut="active").count() == 3


def test_le_niveau_d_une_classe_se_corrige(college) -> None:
    fabriques.creer_classe(etablissement=college, annee="2025-2026", niveau="1ACG", libelle="1APIC-1")
    importer_feuilles(FeuilleListe())
    assert Classe.objects.get().niveau_id == "1APIC"


def test_le_dernier_import_date_les_effectifs(college, monkeypatch) -> None:
    jour = timezone.make_aware(datetime.datetime(2025, 10, 8, 9))
    monkeypatch.setattr(ecriture.timezone, "now", lambda: jour)
    importer_feuilles(FeuilleListe(), nom="ancien.xlsx")
    plus_tard = jour + datetime.timedelta(days=30)
    monkeypatch.setattr(ecriture.timezone, "now", lambda: plus_tard)
    importer_feuilles(FeuilleListe(), nom="ancien.xlsx")
    assert effectifs(etablissement_id=college.pk).releve_le == datetime.date(2025, 10, 8)
    importer_feuilles(FeuilleListe(eleves=[eleve(1), eleve(2), eleve(3)]), nom="nouveau.xlsx")
    compte = effectifs(etablissement_id=college.pk)
    assert (compte.releve_le, compte.source, compte.total) == (datetime.date(2025, 11, 7), "nouveau.xlsx", 3)


def test_l_ecole_designee_l_emporte_sur_le_nom(college, voisin) -> None:
    rapport = importer_feuilles(FeuilleListe(etablissement="اسم آخر"), etablissement=voisin.gresa.lower())
    assert rapport.comptes == {Issue.CREE: 2}
    assert set(Classe.objects.values_list("etablissement__gresa", flat=True)) == {voisin.gresa}
    with pytest.raises(EtablissementInconnu):
        importer_feuilles(FeuilleListe(), etablissement="99999U")


def test_un_classeur_vide_le_dit(college) -> None:
    vide = FeuilleListe(autres=dict.fromkeys(FeuilleListe().cellules()))
    assert refus(importer_feuilles(vide)) == [("", "", "Le classeur est vide : aucune feuille ne contient de liste.")]


def test_une_panne_au_dernier_moment_ne_laisse_rien(college, monkeypatch) -> None:
    def panne(*_arguments, **_options) -> None:
        raise RuntimeError

    monkeypatch.setattr(ecriture, "_absents", panne)
    avant = contenu_de_la_base()
    with pytest.raises(RuntimeError):
        importer_feuilles(FeuilleListe())
    assert contenu_de_la_base() == avant


class Interblocage(Exception):
    sqlstate = "40P01"


def interblocage() -> OperationalError:
    erreur = OperationalError("deadlock detected")
    erreur.__cause__ = Interblocage()
    return erreur


@pytest.mark.parametrize("erreur", [IntegrityError(), interblocage()], ids=["doublon", "interblocage"])
def test_un_autre_import_au_meme_instant_se_rattrape(college, voisin, monkeypatch, erreur) -> None:
    """Between our reading and our writing, the neighbour enrolled the pupil: the second look refuses by name."""
    ecrire_vraiment, fois = importer.ecrire, []

    def ecrire_apres_le_voisin(resolu, **options):
        fois.append(1)
        if len(fois) == 1:
            raise erreur
        return ecrire_vraiment(resolu, **options)

    importer_feuilles(FeuilleListe(etablissement=voisin.nom_ar, eleves=[eleve(1)]))
    monkeypatch.setattr(importer, "ecrire", ecrire_apres_le_voisin)
    rapport = importer_feuilles(FeuilleListe())
    assert len(fois) == 2
    assert voisin.gresa in refus(rapport)[0][2]


@pytest.mark.parametrize("erreur", [IntegrityError(), interblocage(), OperationalError("no disk")])
def test_une_panne_qui_dure_n_est_pas_cachee(college, monkeypatch, erreur) -> None:
    fois = []

    def ecrire(*_arguments, **_options):
        fois.append(1)
        raise erreur

    monkeypatch.setattr(importer, "ecrire", ecrire)
    with pytest.raises(type(erreur)):
        importer_feuilles(FeuilleListe())
    assert len(fois) == (1 if str(erreur) == "no disk" else 2)


def test_le_rapport_et_les_journaux_ne_disent_personne(college, caplog) -> None:
    secrets = ("سرّي", "كتوم", "W990000001", "W990000002", "2012-12-20", "زاكورة")
    bon = FeuilleListe(eleves=[eleve(1, nom="سرّي", prenom="كتوم", lieu="زاكورة")])
    mauvais = FeuilleListe(eleves=[eleve(1, nom="سرّي", sexe="?"), eleve(2, prenom="كتوم", date="2212-12-20"), eleve(2)])
    texte = ""
    for feuille in (bon, bon, mauvais):
        texte += repr(importer_feuilles(feuille).lignes)
    assert "1APIC-1" in texte
    for secret in secrets:
        assert secret not in texte + caplog.text


@pytest.mark.parametrize("nombre", [10, 400])
def test_le_nombre_de_requetes_ne_suit_pas_le_nombre_d_eleves(college, nombre, django_assert_max_num_queries) -> None:
    feuilles = [
        FeuilleListe(classe=f"1APIC-{rang}", eleves=[eleve(100 * rang + n) for n in range(nombre // 10)])
        for rang in range(1, 11)
    ]
    contenu = classeur(*feuilles)
    with django_assert_max_num_queries(32):
        assert importer_liste(nom="a.xlsx", contenu=contenu).comptes == {Issue.CREE: nombre}
    with django_assert_max_num_queries(22):
        assert importer_liste(nom="a.xlsx", contenu=contenu).comptes == {Issue.INCHANGE: nombre}
