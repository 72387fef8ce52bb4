"""The nomenclatures: complete, coherent, loaded once whatever the number of runs."""

import datetime
import itertools
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from etablissements.registre.chargement import NOMENCLATURES, charger_registre
from etablissements.registre.index import reindexer
from etablissements.registre.models import (
    Academie,
    AnneeScolaire,
    Commune,
    Cycle,
    Direction,
    Etablissement,
    EvenementCalendrier,
    Matiere,
    Niveau,
)
from tests import fabriques

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sans_decor")]


@pytest.fixture
def registre() -> None:
    charger_registre()


def test_la_seconde_fois_ne_change_rien() -> None:
    premiers = charger_registre()
    assert {bilan.fichier: bilan.crees for bilan in premiers} == {
        "academies.csv": 12,
        "directions.csv": 82,
        "communes.csv": 1538,
        "annees.csv": 20,
        "calendrier.csv": 38,
        "cycles.csv": 6,
        "filieres.csv": 21,
        "niveaux.csv": 56,
        "matieres.csv": 31,
    }
    for bilan in charger_registre():
        assert (bilan.crees, bilan.modifies) == (0, 0), bilan.fichier


def test_ce_qui_a_derive_est_remis_et_dit(registre) -> None:
    Academie.objects.filter(code="09").update(slug="autre", nom_fr="Autre")
    Commune.objects.filter(code="09.581.01.05").delete()
    Matiere.objects.get(code="MATH").cycles.clear()
    bilans = {bilan.fichier: (bilan.crees, bilan.modifies) for bilan in charger_registre()}
    assert bilans["academies.csv"] == (0, 1)
    assert bilans["communes.csv"] == (1, 0)
    assert bilans["matieres.csv"] == (0, 1)
    assert Academie.objects.get(code="09").slug == "souss-massa"
    assert Matiere.objects.get(code="MATH").cycles.count() == 3


def test_une_panne_ne_laisse_rien(monkeypatch) -> None:
    def panne(bilan) -> None:
        if bilan.fichier == "niveaux.csv":
            raise RuntimeError

    with pytest.raises(RuntimeError):
        charger_registre(apres_table=panne)
    assert not Academie.objects.exists()


def test_une_commune_renommee_se_retrouve_dans_la_recherche(registre) -> None:
    ecole = fabriques.creer_etablissement(commune="09.581.01.05")
    Commune.objects.filter(code="09.581.01.05").update(nom_fr="Ancien nom")
    ecole.refresh_from_db()
    reindexer(Etablissement.objects.all())
    assert list(Etablissement.objects.chercher("ancien")) == [ecole]
    charger_registre()
    assert not Etablissement.objects.chercher("ancien")
    assert list(Etablissement.objects.chercher("تافراوت")) == [ecole]


def test_la_commande_dit_ce_qu_elle_a_fait() -> None:
    sortie = StringIO()
    call_command("charger_registre", stdout=sortie, stderr=StringIO())
    call_command("charger_registre", stdout=sortie, stderr=StringIO())
    lignes = sortie.getvalue().splitlines()
    assert "communes.csv : 1538 créés, 0 modifiés, 0 inchangés" in lignes
    assert "communes.csv : 0 créés, 0 modifiés, 1538 inchangés" in lignes
    assert len(lignes) == 2 * len(NOMENCLATURES)


def test_les_adresses_sont_latines_et_uniques(registre) -> None:
    for modele in (Academie, Direction):
        slugs = list(modele.objects.values_list("slug", flat=True))
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)
        assert len(set(slugs)) == len(slugs)
    assert Direction.objects.get(code="09.581").slug == "tiznit"


def test_tout_est_nomme_dans_les_deux_ecritures(registre) -> None:
    for modele in (Academie, Direction, Commune, Cycle, Niveau, Matiere, EvenementCalendrier):
        for objet in modele.objects.all():
            assert re.search("[A-Za-z]", objet.nom_fr), objet.pk
            assert re.search("[\u0621-\u06d5]", objet.nom_ar), objet.pk


def test_chaque_commune_est_de_la_direction_de_son_code(registre) -> None:
    ecarts = [c.code for c in Commune.objects.all() if c.code[:6] != c.direction_id[:6]]
    assert ecarts == []
    assert {d.academie_id for d in Direction.objects.all()} == {f"{rang:02d}" for rang in range(1, 13)}


def test_les_annees_se_suivent_sans_trou(registre) -> None:
    annees = list(AnneeScolaire.objects.all())
    assert (annees[0].code, annees[-1].code) == ("2020-2021", "2039-2040")
    for avant, apres in itertools.pairwise(annees):
        assert apres.debut - avant.fin == datetime.timedelta(days=1)
    assert AnneeScolaire.objects.au(datetime.date(2026, 8, 31)).get().code == "2025-2026"
    assert AnneeScolaire.objects.au(datetime.date(2026, 9, 1)).get().libelle == "2026/2027"


def test_le_calendrier_est_dans_son_annee(registre) -> None:
    for evenement in EvenementCalendrier.objects.select_related("annee"):
        assert evenement.annee.debut <= evenement.debut <= evenement.fin <= evenement.annee.fin, evenement.nom_fr


def test_les_autres_orthographes_menent_a_leur_niveau(registre) -> None:
    equivalents = dict(Niveau.objects.exclude(equivalent=None).values_list("code", "equivalent_id"))
    assert equivalents == {
        "TCL": "TCLSH",
        "1BACL": "1BACSH",
        "1BACECO": "1BACSEG",
        "2BACPC": "2BACSP",
        "2BACPCF": "2BACSPF",
        "2BACSE": "2BACSEC",
    }
    for niveau in Niveau.objects.exclude(equivalent=None).select_related("equivalent"):
        assert niveau.cycle_id == niveau.equivalent.cycle_id
        assert niveau.filiere_id == niveau.equivalent.filiere_id
        assert niveau.equivalent.equivalent_id is None


def test_les_niveaux_sont_dans_l_ordre_des_cycles(registre) -> None:
    niveaux = list(Niveau.objects.select_related("cycle"))
    assert [niveau.cycle.ordre for niveau in niveaux] == sorted(niveau.cycle.ordre for niveau in niveaux)
    assert [n.code for n in niveaux][:4] == ["MS", "GS", "1APG", "2APG"]


@pytest.mark.parametrize(
    ("champs", "contrainte"),
    [
        ({"gresa": "9950OA"}, "etablissement_gresa_forme"),
        ({"gresa": "99500I"}, "etablissement_gresa_forme"),
        ({"gresa": "99500\n"}, "etablissement_gresa_forme"),
        ({"type": "satellite"}, "etablissement_unite_rattachee"),
        ({"type": "annexe"}, "etablissement_unite_rattachee"),
    ],
)
def test_la_base_refuse_un_etablissement_impossible(champs, contrainte) -> None:
    ecole = fabriques.creer_etablissement()
    with pytest.raises(IntegrityError, match=contrainte), transaction.atomic():
        Etablissement.objects.filter(pk=ecole.pk).update(**champs)


def test_la_base_refuse_une_ecole_unite_d_elle_meme() -> None:
    ecole = fabriques.creer_etablissement()
    with pytest.raises(IntegrityError, match="etablissement_pas_sa_propre_annexe"), transaction.atomic():
        Etablissement.objects.filter(pk=ecole.pk).update(rattachement=ecole.pk)


def test_la_base_refuse_deux_fois_le_meme_code() -> None:
    ecole = fabriques.creer_etablissement()
    with pytest.raises(IntegrityError), transaction.atomic():
        fabriques.creer_etablissement(code=ecole.gresa)


def test_la_base_refuse_des_dates_a_l_envers(registre) -> None:
    with pytest.raises(IntegrityError, match="annee_dates_en_ordre"), transaction.atomic():
        AnneeScolaire.objects.filter(code="2025-2026").update(fin=datetime.date(2025, 8, 1))
    with pytest.raises(IntegrityError, match="evenement_dates_en_ordre"), transaction.atomic():
        EvenementCalendrier.objects.update(fin=datetime.date(2020, 1, 1))
