"""The command: what it prints, its exit code, its report file."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from etablissements.registre.models import Etablissement
from tests import fabriques

ENTETE = "gresa,nom_fr,nom_ar,type,cycles,commune,direction"
BONNE = "99503E,COLLEGE,الثانوية,college,college,07.351.01.05,07.351"
MAUVAISE = "99503H,COLLEGE,الثانوية,college,college,07.351.01.05,07.351"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def registre() -> None:
    fabriques.creer_registre()


@pytest.fixture
def fichier(tmp_path: Path) -> Path:
    chemin = tmp_path / "ecoles.csv"
    chemin.write_text("\n".join((ENTETE, BONNE)), encoding="utf-8")
    return chemin


def lancer(*arguments: object) -> str:
    sortie = StringIO()
    call_command("importer_etablissements", *map(str, arguments), stdout=sortie, stderr=StringIO())
    return sortie.getvalue()


def test_tout_va_bien(fichier) -> None:
    assert lancer(fichier).splitlines() == ["1 créé", "0 modifié", "0 inchangé", "0 refusé"]
    assert "1 inchangé" in lancer(fichier)
    assert "ecoles.csv, ligne 2 : 99503E : inchangé." in lancer(fichier, "--detail")


def test_l_essai_le_dit_et_n_ecrit_rien(fichier) -> None:
    sortie = lancer(fichier, "--essai")
    assert "1 créé" in sortie
    assert "Essai : rien n'a été écrit." in sortie
    assert not Etablissement.objects.exists()


def test_un_refus_finit_en_erreur_apres_le_rapport(fichier, tmp_path) -> None:
    fichier.write_text("\n".join((ENTETE, MAUVAISE, BONNE)), encoding="utf-8")
    sortie = StringIO()
    with pytest.raises(CommandError) as erreur:
        call_command("importer_etablissements", str(fichier), stdout=sortie, stderr=StringIO())
    assert erreur.value.returncode == 1
    assert "ecoles.csv, ligne 2 : refusé. La lettre de contrôle du code GRESA 99503H est fausse" in sortie.getvalue()
    assert "ligne 3" not in sortie.getvalue()
    assert Etablissement.objects.get().gresa == "99503E"


def test_le_rapport_parle_arabe(fichier) -> None:
    fichier.write_text("\n".join((ENTETE, MAUVAISE)), encoding="utf-8")
    sortie = StringIO()
    with pytest.raises(CommandError):
        call_command("importer_etablissements", str(fichier), "--langue", "ar", stdout=sortie, stderr=StringIO())
    assert "حرف المراقبة" in sortie.getvalue()
    assert "refusé" not in sortie.getvalue()


def test_le_fichier_de_rapport_est_inerte(fichier, tmp_path) -> None:
    piege = tmp_path / "=cmd.csv"
    piege.write_text("\n".join((ENTETE, BONNE.replace("99503E", "=1+1"))), encoding="utf-8")
    rapport = tmp_path / "rapport.csv"
    with pytest.raises(CommandError):
        lancer(piege, fichier, "--rapport", rapport)
    with rapport.open(encoding="utf-8-sig", newline="") as source:
        lignes = list(csv.reader(source))
    assert lignes[0][:3] == ["fichier", "feuille", "ligne"]
    assert [ligne[5] for ligne in lignes[1:]] == ["refusé", "créé"]
    assert lignes[1][0] == "'=cmd.csv"
    assert not any(cellule.startswith(("=", "+", "-", "@", "\t", "\r")) for ligne in lignes for cellule in ligne)


def test_date_et_source(fichier) -> None:
    lancer(fichier, "--releve-le", "2026-01-02", "--source", "carte scolaire")
    ecole = Etablissement.objects.get()
    assert (ecole.source, ecole.releve_le.isoformat()) == ("carte scolaire", "2026-01-02")


def test_une_date_mal_ecrite_est_refusee(fichier) -> None:
    with pytest.raises(CommandError):
        lancer(fichier, "--releve-le", "hier")


def test_un_rapport_qui_ne_peut_pas_etre_ecrit_arrete_avant_d_importer(fichier, tmp_path) -> None:
    for impossible in (tmp_path / "absent" / "rapport.csv", tmp_path):
        with pytest.raises(CommandError, match="Le rapport ne peut pas être écrit ici"):
            lancer(fichier, "--rapport", impossible)
    assert not Etablissement.objects.filter(gresa="99503E").exists()


def test_une_date_de_releve_impossible_est_dite_en_clair() -> None:
    with pytest.raises(CommandError, match="2026-09-15"):
        call_command("importer_etablissements", "ecoles.csv", "--releve-le", "32/13/2020")
