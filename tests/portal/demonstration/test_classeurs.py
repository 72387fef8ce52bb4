"""The invented workbooks: same pupils in both languages, codes that nobody has, ages that fit, importable."""

import datetime
import re
from collections import Counter
from pathlib import Path

import pytest

from etablissements.registre.models import AnneeScolaire
from etablissements.scolarite.api import effectifs, importer_listes
from etablissements.scolarite.echanges.lecture import lire_classeur
from etablissements.scolarite.models import Eleve
from portal.demonstration.classeurs import _table, code_invente, ecrire_classeurs, inventer_classes
from portal.socle.rapports import Issue
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def college():
    return fabriques.creer_etablissement()


@pytest.fixture
def annee(college):
    return AnneeScolaire.objects.get(code="2025-2026")


def test_la_meme_graine_donne_les_memes_eleves(college, annee) -> None:
    un, deux, autre = (
        list(inventer_classes(etablissement=college, annee=annee, graine=graine)) for graine in (1, 1, 2)
    )
    assert un == deux
    assert un != autre


def test_les_codes_sont_inventes_et_tous_differents() -> None:
    codes = [code_invente(numero) for numero in (*range(20_000), *range(199_990_000, 200_000_000))]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[A-Z]99[0-9]{7}", code) for code in codes)


def test_deux_ecoles_n_ont_aucun_code_en_commun(college, annee) -> None:
    voisin = fabriques.creer_etablissement()
    listes = [
        {
            eleve.code_massar
            for classe in inventer_classes(etablissement=ecole, annee=annee, graine=1)
            for eleve in classe.eleves
        }
        for ecole in (college, voisin)
    ]
    assert listes[0].isdisjoint(listes[1])


def test_tailles_ages_et_fratries(annee) -> None:
    ecole = fabriques.creer_etablissement(type="ecole", cycles=("prescolaire", "primaire"))
    classes = list(inventer_classes(etablissement=ecole, annee=annee, graine=7))
    assert [classe.libelle for classe in classes][:4] == ["MS-1", "GS-1", "1APG-1", "1APG-2"]
    for classe in classes:
        assert 18 <= len(classe.eleves) <= 40
        attendu = {"prescolaire": 4, "primaire": 6}[classe.niveau.cycle_id] + classe.niveau.annee_du_cycle - 1
        ages = {2025 - eleve.date_naissance.year for eleve in classe.eleves}
        assert ages <= {attendu, attendu + 1, attendu + 2}
        assert attendu in ages
    familles = Counter((eleve.nom_fr, eleve.lieu_fr) for classe in classes for eleve in classe.eleves)
    assert sum(1 for nombre in familles.values() if nombre > 1) > 20


def test_chaque_nom_a_ses_deux_ecritures() -> None:
    for fichier, colonnes, minimum in (
        ("noms.csv", ("nom_fr", "nom_ar"), 60),
        ("prenoms.csv", ("prenom_fr", "prenom_ar"), 120),
        ("lieux.csv", ("lieu_fr", "lieu_ar"), 15),
    ):
        lignes = _table(fichier)
        assert len(lignes) >= minimum
        for ligne in lignes:
            assert re.search("[A-Za-z]", ligne[colonnes[0]])
            assert re.search("[\u0621-\u064a]", ligne[colonnes[1]])


def test_un_etablissement_trop_grand_est_refuse(college, annee) -> None:
    with pytest.raises(ValueError, match="2000"):
        list(inventer_classes(etablissement=college, annee=annee, graine=1, niveaux={"1APIC": 51}, taille=40))


def test_le_classeur_arabe_puis_le_francais_s_importent_et_se_completent(college, annee, tmp_path: Path) -> None:
    arabe, francais = (
        ecrire_classeurs(etablissement=college, annee=annee, dossier=tmp_path, graine=3, langue=langue)
        for langue in ("ar", "fr")
    )
    premier = importer_listes(fichiers=[arabe])
    assert set(premier.comptes) == {Issue.CREE}
    eleve = Eleve.objects.first()
    assert eleve.nom_ar
    assert not eleve.nom_fr
    second = importer_listes(fichiers=[francais])
    assert second.comptes == {Issue.MODIFIE: premier.comptes[Issue.CREE]}
    eleve.refresh_from_db()
    invente = next(
        e
        for classe in inventer_classes(etablissement=college, annee=annee, graine=3)
        for e in classe.eleves
        if e.code_massar == eleve.code_massar
    )
    assert (eleve.nom_ar, eleve.prenom_ar, eleve.nom_fr, eleve.prenom_fr) == (
        invente.nom_ar,
        invente.prenom_ar,
        invente.nom_fr,
        invente.prenom_fr,
    )
    assert (eleve.sexe, eleve.date_naissance) == (invente.sexe, invente.date_naissance)
    assert (eleve.lieu_naissance_ar, eleve.lieu_naissance_fr) == (invente.lieu_ar, invente.lieu_fr)
    assert effectifs(etablissement_id=college.pk).total == premier.comptes[Issue.CREE]


def test_le_classeur_est_le_meme_octet_pour_octet(college, annee, tmp_path: Path) -> None:
    un, deux = (
        ecrire_classeurs(etablissement=college, annee=annee, dossier=tmp_path / nom, graine=3) for nom in ("un", "deux")
    )
    assert un.read_bytes() == deux.read_bytes()
    assert un.name == f"ListEleve_20251007_{college.gresa}_ar.xlsx"


def test_les_dates_sont_ecrites_comme_massar(college, annee, tmp_path: Path) -> None:
    chemin = ecrire_classeurs(etablissement=college, annee=annee, dossier=tmp_path, graine=3, langue="fr")
    feuille = lire_classeur(chemin.read_bytes())[0]
    assert feuille.lignes[9] == ["N.O", "Code", "Nom", "Prénom", "Genre", "Date de naissance", "Lieu naissance"]
    datetime.datetime.strptime(feuille.lignes[10][5], "%Y/%m/%d")
    assert feuille.lignes[6][2] == "1° Année Secondaire Collégial, Parcours International (français)"
