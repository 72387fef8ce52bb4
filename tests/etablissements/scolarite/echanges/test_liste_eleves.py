"""Sheets as Massar and people make them: searched by words, read line by line, every defect with its cell."""

import datetime

import pytest
from django.conf import settings

from etablissements.scolarite.echanges.lecture import lire_classeur
from etablissements.scolarite.echanges.liste_eleves import Defaut, ListeClasse, lire_liste
from tests.fabriques.classeurs import TITRES, FeuilleListe, classeur, eleve, eleve_fr

ECHANTILLONS = settings.BASE_DIR / "tests" / "donnees" / "massar"


def lire(feuille: FeuilleListe) -> tuple[ListeClasse | None, list[Defaut]]:
    return lire_liste(lire_classeur(classeur(feuille))[-1])


def codes(liste: ListeClasse | None) -> list[str]:
    return [lu.code_massar for lu in liste.eleves]


def seul_defaut(feuille: FeuilleListe) -> tuple[int, str, str]:
    _liste, defauts = lire(feuille)
    assert len(defauts) == 1, defauts
    return defauts[0].ligne, defauts[0].cellule, defauts[0].motif


def test_l_echantillon_se_lit_en_entier() -> None:
    feuilles = lire_classeur((ECHANTILLONS / "ListEleve_20251007.xlsx").read_bytes())
    lues = [lire_liste(feuille) for feuille in feuilles]
    assert [defauts for _liste, defauts in lues] == [[], [], []]
    assert [len(liste.eleves) for liste, _defauts in lues] == [34, 36, 33]
    liste = lues[0][0]
    assert liste.entete == {
        "academie": "مراكش - آسفي",
        "commune": "جليز",
        "direction": "عمالة: مراكش",
        "etablissement": "الثانوية الاعدادية الزيتون التجريبية",
        "niveau": "الأولى إعدادي مسار دولي",
        "annee": "2025/2026",
        "classe": "1APIC-3",
    }
    assert (liste.places["etablissement"], liste.places["classe"]) == ("G6", "C8")
    premier = liste.eleves[0]
    assert (premier.ligne, premier.ecriture, premier.sexe) == (11, "ar", "M")
    assert premier.date_naissance == datetime.date(2012, 12, 20)


@pytest.mark.parametrize("nom", ["export_notesCC_1APIC-3_0019", "export_notesCC_2APG-1_0019"])
def test_une_feuille_de_notes_est_nommee(nom: str) -> None:
    liste, defauts = lire_liste(lire_classeur((ECHANTILLONS / f"{nom}.xlsx").read_bytes())[0])
    assert liste is None
    assert [defaut.motif for defaut in defauts] == [
        "C'est une feuille de notes (NotesCC), pas une liste d'élèves : donnez le classeur ListEleve (لائحة التلاميذ)."
    ]


def test_un_releve_d_absences_est_nomme() -> None:
    liste, defauts = lire(FeuilleListe(autres={"C2": "ملخص الغياب"}))
    assert liste is None
    assert "relevé d'absences" in defauts[0].motif


def test_la_liste_francaise_se_lit_comme_l_arabe() -> None:
    feuille = FeuilleListe(
        langue="fr",
        niveau="1° Année Secondaire Collégial, Parcours International (français)",
        eleves=[eleve_fr(1), eleve_fr(2, sexe="Fille")],
    )
    liste, defauts = lire(feuille)
    assert defauts == []
    premier = liste.eleves[0]
    assert (premier.nom, premier.prenom, premier.ecriture) == ("AMEZIANE", "Ilyas", "fr")
    assert (premier.lieu, premier.ecriture_lieu) == ("Taroudannt", "fr")
    assert [lu.sexe for lu in liste.eleves] == ["M", "F"]


def test_les_etiquettes_varient_et_leur_valeur_se_cherche() -> None:
    """Label and value in one cell, value far to the right, stray colons, another hamza."""
    liste, defauts = lire(
        FeuilleListe(
            autres={
                "F6": None,
                "G6": None,
                "D6": "المؤسسة : الثانوية الاعدادية التجارب",
                "A7": "المستوي  :  ",
                "C7": None,
                "E7": "الأولى إعدادي مسار دولي",
                "A8": " القسم",
            }
        )
    )
    assert defauts == []
    assert liste.entete["etablissement"] == "الثانوية الاعدادية التجارب"
    assert (liste.entete["niveau"], liste.places["niveau"]) == ("الأولى إعدادي مسار دولي", "E7")
    assert (liste.entete["classe"], liste.entete["annee"]) == ("1APIC-1", "2025/2026")


def test_le_tableau_se_cherche_ou_qu_il_soit() -> None:
    """Other order of columns, another column between, titles on row 13."""
    titres = ("الرقم الترتيبي", "الإسم", "النسب", "الرمز", "رمز داخلي", "الجنس", "تاريخ الولادة", "مكان الولادة")
    vides = {f"{colonne}{ligne}": None for colonne in "ABCDEFG" for ligne in (10, 11, 12)}
    lignes = {"A13": 1, **{f"{'ABCDEFGH'[rang]}13": titre for rang, titre in enumerate(titres)}}
    lignes |= {"A14": 1, "B14": "إلياس", "C14": "أمزيان", "D14": "W990000001", "E14": 99, "F14": "ذكر"}
    lignes |= {"G14": "20/12/2012", "H14": "تيزنيت"}
    liste, defauts = lire(FeuilleListe(autres=vides | lignes))
    assert defauts == []
    assert [(lu.ligne, lu.nom, lu.prenom, lu.lieu) for lu in liste.eleves] == [(14, "أمزيان", "إلياس", "تيزنيت")]


def test_les_noms_qui_ressemblent_a_des_titres_restent() -> None:
    """Rows were lost elsewhere for holding اسم or رقم: families and children are called so."""
    noms = [
        ("بلقاسم", "إسماعيل"),
        ("اسماعيلي", "ياسمين"),
        ("الرقماوي", "قاسم"),
        ("النسب", "أنس"),
        ("القسمي", "اسم الله"),
    ]
    liste, defauts = lire(FeuilleListe(eleves=[eleve(n, nom=nom, prenom=p) for n, (nom, p) in enumerate(noms, 1)]))
    assert defauts == []
    assert [(lu.nom, lu.prenom) for lu in liste.eleves] == noms


def test_pieds_de_page_et_titres_repetes_ne_sont_pas_des_eleves() -> None:
    pied = {
        "A13": "المجموع : 2",
        "B14": "حرر بتيزنيت في 2025",
        "F15": "توقيع السيد المدير",
        **{f"{'ABCDEFG'[rang]}16": titre for rang, titre in enumerate(TITRES["ar"])},
        "B17": "W990000003",
        "C17": "أمزيان",
        "D17": "آدم",
        "E17": "ذكر",
        "F17": "2012-01-02",
        "B18": "2025/2026",
    }
    liste, defauts = lire(FeuilleListe(autres=pied))
    assert defauts == []
    assert codes(liste) == ["W990000001", "W990000002", "W990000003"]


@pytest.mark.parametrize("absente", range(1, 7))
def test_une_colonne_qui_manque_est_nommee(absente: int) -> None:
    titres = tuple("شيء آخر" if rang == absente else titre for rang, titre in enumerate(TITRES["ar"]))
    ligne, _cellule, motif = seul_defaut(FeuilleListe(titres=titres))
    assert ligne == 10
    assert motif.startswith("La colonne « ")
    assert TITRES["fr"][absente] in motif
    assert motif.endswith(" » manque.")


def test_une_colonne_deux_fois_est_nommee() -> None:
    titres = (*TITRES["ar"][:6], "الرمز")
    _liste, defauts = lire(FeuilleListe(titres=titres))
    assert {(d.ligne, d.cellule, d.motif) for d in defauts} == {
        (10, "G10", "La colonne « الرمز / Code » est présente deux fois."),
        (10, "", "La colonne « مكان الازدياد / Lieu naissance » manque."),
    }


def test_sans_ligne_de_titres_on_dit_ceux_qu_il_faut() -> None:
    _ligne, _cellule, motif = seul_defaut(FeuilleListe(titres=("a",) * 7, eleves=[]))
    assert motif.startswith("Aucune ligne ne titre les colonnes attendues : الرمز / Code, ")


@pytest.mark.parametrize(
    ("cellule", "attendu"),
    [
        ("C6", "La valeur de « المديرية الإقليمية / Direction provinciale » manque au-dessus du tableau."),
        ("G6", "La valeur de « المؤسسة / Établissement » manque au-dessus du tableau."),
        ("C7", "La valeur de « المستوى / Niveau » manque au-dessus du tableau."),
        ("G7", "La valeur de « السنة الدراسية / Année scolaire » manque au-dessus du tableau."),
        ("C8", "La valeur de « القسم / Classe » manque au-dessus du tableau."),
    ],
)
def test_une_valeur_qui_manque_au_dessus_du_tableau_est_nommee(cellule: str, attendu: str) -> None:
    assert seul_defaut(FeuilleListe(autres={cellule: None}))[2] == attendu


@pytest.mark.parametrize("decalage", [1, 2])
def test_des_colonnes_decalees_sont_dites_une_seule_fois(decalage: int) -> None:
    ligne, cellule, motif = seul_defaut(FeuilleListe(decalage=decalage, eleves=[eleve(n) for n in range(1, 31)]))
    assert (ligne, cellule) == (10, "B10")
    colonne = "BCD"[decalage]
    assert f"le titre du code est en B10, mais les codes sont en colonne {colonne}." in motif


def test_des_identifiants_internes_a_la_place_des_codes_ne_passent_pas() -> None:
    """The titles say B, B holds eight-digit internal ids, the codes are in C."""
    lignes = {}
    for rang in range(2):
        lignes |= {f"B{11 + rang}": 99000100 + rang, f"C{11 + rang}": f"W99000000{rang}"}
    assert seul_defaut(FeuilleListe(autres=lignes))[0] == 10


def test_une_seule_ligne_decalee_est_montree() -> None:
    ligne, cellule, motif = seul_defaut(
        FeuilleListe(
            eleves=[eleve(n) for n in range(1, 9)],
            autres={"B12": None, "C12": "W990000099", "D12": "أمزيان", "E12": "آدم", "F12": "ذكر", "G12": "2012-01-01"},
        )
    )
    assert (ligne, cellule) == (12, "C12")
    assert motif == "La ligne est décalée : le code Massar n'est pas dans sa colonne."


@pytest.mark.parametrize(
    ("champs", "cellule", "motif"),
    [
        ({"code": ""}, "B11", "Le code Massar manque."),
        ({"code": "W99"}, "B11", "Le code Massar est mal formé : il faut une lettre et neuf chiffres."),
        ({"code": 990000001}, "B11", "Le code Massar est mal formé : il faut une lettre et neuf chiffres."),
        ({"nom": ""}, "C11", "Le nom ou le prénom manque."),
        ({"prenom": "  "}, "D11", "Le nom ou le prénom manque."),
        ({"nom": 12}, "C11", "Ce n'est pas un nom."),
        ({"nom": "=cmd|' /C calc'!A0"}, "C11", "Ce n'est pas un nom."),
        ({"nom": "أ" * 101}, "C11", "Le texte dépasse 100 caractères."),
        ({"lieu": "أ" * 101}, "G11", "Le texte dépasse 100 caractères."),
        ({"prenom": "Ilyas"}, "D11", "Le nom et le prénom ne sont pas dans la même écriture."),
        ({"sexe": "?"}, "E11", "Le genre « ? » est inconnu : ذكر ou أنثى, Garçon ou Fille."),
        ({"sexe": ""}, "E11", "Le genre manque."),
        ({"date": ""}, "F11", "La date de naissance manque."),
        ({"date": "2012-02-30"}, "F11", "Cette date n'existe pas ou n'est pas écrite aaaa-mm-jj."),
    ],
)
def test_un_defaut_de_ligne_donne_sa_cellule(champs: dict, cellule: str, motif: str) -> None:
    feuille = FeuilleListe(eleves=[eleve(1, **champs), *(eleve(n) for n in range(2, 5))])
    assert seul_defaut(feuille) == (11, cellule, motif)
    assert len(lire(feuille)[0].eleves) == 3


def test_tous_les_defauts_d_une_ligne_sont_dits() -> None:
    _liste, defauts = lire(FeuilleListe(eleves=[eleve(1, nom="", sexe="?", date="x"), eleve(2)]))
    assert [defaut.cellule for defaut in defauts] == ["C11", "E11", "F11"]


def test_les_dates_peuvent_etre_de_vraies_dates() -> None:
    liste, defauts = lire(
        FeuilleListe(
            eleves=[eleve(1, date=datetime.date(2012, 12, 20)), eleve(2, date=41263), eleve(3, date="20-12-2012")]
        )
    )
    assert defauts == []
    assert {lu.date_naissance for lu in liste.eleves} == {datetime.date(2012, 12, 20)}


def test_un_lieu_vide_est_permis() -> None:
    liste, defauts = lire(FeuilleListe(eleves=[eleve(1, lieu="")]))
    assert (defauts, liste.eleves[0].lieu) == ([], "")


def test_une_feuille_sans_eleve_le_dit() -> None:
    assert seul_defaut(FeuilleListe(eleves=[]))[2] == "Aucun élève sous les titres du tableau."


def test_une_feuille_vide_ou_une_liste_de_choix_cachee_se_passe() -> None:
    feuilles = lire_classeur(
        classeur(
            FeuilleListe(),
            FeuilleListe(nom="choix", titres=("ذكر",) * 7, eleves=[], cachee=True),
        )
    )
    assert lire_liste(feuilles[1]) == (None, [])
    vide = FeuilleListe(autres=dict.fromkeys(FeuilleListe().cellules()))
    assert lire(vide) == (None, [])


def test_aucun_motif_ne_repete_un_nom_ni_un_code() -> None:
    feuille = FeuilleListe(
        eleves=[eleve(1, code="W9999", nom="سرّي", date="x"), eleve(2, prenom="Secret"), eleve(3, nom="=سري")]
    )
    _liste, defauts = lire(feuille)
    texte = " ".join(defaut.motif for defaut in defauts)
    assert len(defauts) == 4
    for secret in ("W9999", "سرّي", "Secret", "سري"):
        assert secret not in texte
