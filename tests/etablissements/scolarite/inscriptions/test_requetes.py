"""Headcounts: right numbers, right school, right year, few queries."""

import datetime

import pytest

from etablissements.scolarite.api import effectifs
from tests import fabriques

pytestmark = pytest.mark.django_db


def peupler(classe, *, filles: int, garcons: int) -> None:
    for sexe, nombre in (("F", filles), ("M", garcons)):
        for _rang in range(nombre):
            fabriques.creer_inscription(eleve=fabriques.creer_eleve(sexe=sexe), classe=classe)


@pytest.fixture
def lycee():
    etablissement = fabriques.creer_etablissement(type="lycee", cycles=("qualifiant",))
    voisin = fabriques.creer_etablissement(type="lycee", cycles=("qualifiant",))
    for libelle, niveau, filles, garcons in (
        ("TCSF-10", "TCSF", 1, 0),
        ("TCSF-2", "TCSF", 2, 1),
        ("2BACSPF-1", "2BACSPF", 0, 3),
        ("2BACSP-1", "2BACSP", 1, 1),
    ):
        classe = fabriques.creer_classe(etablissement=etablissement, annee="2025-2026", niveau=niveau, libelle=libelle)
        peupler(classe, filles=filles, garcons=garcons)
    fabriques.creer_import_liste(classe=classe)
    voisine = fabriques.creer_classe(etablissement=voisin, annee="2025-2026", niveau="TCSF", libelle="TCSF-2")
    peupler(voisine, filles=5, garcons=5)
    return etablissement


def test_les_nombres_par_niveau_classe_et_filiere(lycee, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        compte = effectifs(etablissement_id=lycee.pk)
    assert (compte.annee, compte.releve_le, compte.source) == (
        "2025-2026",
        datetime.date(2025, 10, 7),
        "ListEleve_20251007.xlsx",
    )
    assert (compte.total, compte.filles, compte.garcons, compte.nb_classes) == (9, 4, 5, 4)
    assert [(n.code, n.filles, n.garcons, n.total, n.classes) for n in compte.niveaux] == [
        ("TCSF", 3, 1, 4, ("TCSF-2", "TCSF-10")),
        ("2BACSP", 1, 1, 2, ("2BACSP-1",)),
        ("2BACSPF", 0, 3, 3, ("2BACSPF-1",)),
    ]
    assert [(f.code, f.filles, f.total) for f in compte.filieres] == [
        ("tronc_sciences", 3, 4),
        ("sciences_physiques", 1, 5),
    ]
    assert compte.niveaux[0].nom_ar == "الجذع المشترك العلمي خيار فرنسية"


def test_une_inscription_terminee_ne_compte_plus(lycee) -> None:
    classe = lycee.classes.get(libelle="TCSF-2")
    classe.inscriptions.first().delete()
    derniere = classe.inscriptions.first()
    derniere.statut, derniere.au = "terminee", derniere.du
    derniere.save()
    assert effectifs(etablissement_id=lycee.pk).total == 7


def test_l_annee_la_plus_recente_ou_celle_demandee(lycee) -> None:
    ancienne = fabriques.creer_classe(etablissement=lycee, annee="2024-2025", niveau="TCS", libelle="TCS-1")
    peupler(ancienne, filles=1, garcons=0)
    fabriques.creer_import_liste(classe=ancienne)
    assert effectifs(etablissement_id=lycee.pk).annee == "2025-2026"
    passe = effectifs(etablissement_id=lycee.pk, annee="2024-2025")
    assert (passe.total, [n.code for n in passe.niveaux]) == (1, ["TCS"])
    assert effectifs(etablissement_id=lycee.pk, annee="2023-2024") is None


def test_sans_import_il_n_y_a_pas_de_nombres(lycee) -> None:
    assert effectifs(etablissement_id=fabriques.creer_etablissement().pk) is None
