"""A school closes and another takes it over: the two columns, and what may not be written in them."""

import datetime
from pathlib import Path

import pytest
from django.db import IntegrityError
from django.utils import timezone, translation

from etablissements.registre.importation.operations import importer_etablissements
from etablissements.registre.models import Etablissement
from etablissements.registre.requetes import ecole_qui_repond
from portal.socle.rapports import Issue, Rapport
from tests import fabriques

ENTETE = "gresa,nom_fr,nom_ar,type,cycles,commune,direction,rattachement,ouvert,successeur"
A, B, C, U = "99501C", "99503E", "99504F", "99502D"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def registre(monde_propre) -> None:
    fabriques.creer_registre()
    translation.activate("fr")


def ligne(gresa: str, *, successeur: str = "", ouvert: str = "", mere: str = "") -> str:
    genre = "satellite" if mere else "ecole"
    return f"{gresa},ECOLE {gresa},مدرسة {gresa},{genre},primaire,09.581.01.07,09.581,{mere},{ouvert},{successeur}"


def importer(dossier: Path, *lignes: str, entete: str = ENTETE, essai: bool = False) -> Rapport:
    chemin = dossier / "ecoles.csv"
    chemin.write_text("\n".join((entete, *lignes)) + "\n", encoding="utf-8")
    return importer_etablissements(fichiers=[chemin], essai=essai)


def refus(rapport: Rapport) -> dict[str, str]:
    return {ligne.objet: ligne.motif for ligne in rapport.lignes if ligne.issue is Issue.REFUSE}


def ecole(gresa: str) -> Etablissement:
    return Etablissement.objects.select_related("successeur").get(gresa=gresa)


def test_une_ecole_reprise_est_fermee_et_mene_a_celle_qui_la_reprend(tmp_path: Path) -> None:
    importer(tmp_path, ligne(A), ligne(B))
    rapport = importer(tmp_path, ligne(A, successeur=B), ligne(B))
    (changee,) = [ligne for ligne in rapport.lignes if ligne.issue is Issue.MODIFIE]
    assert (changee.objet, changee.motif) == (A, "ouverture, successeur")
    assert (ecole(A).ouvert, ecole(A).successeur.gresa, ecole(B).ouvert) == (False, B, True)
    assert ecole_qui_repond(A) == ecole(B)
    assert {ligne.issue for ligne in importer(tmp_path, ligne(A, successeur=B), ligne(B)).lignes} == {Issue.INCHANGE}


def test_le_successeur_peut_naitre_dans_le_meme_fichier(tmp_path: Path) -> None:
    assert not refus(importer(tmp_path, ligne(A, successeur=C), ligne(U, mere=C), ligne(C), ligne(B, successeur=U)))
    assert (ecole(A).successeur.gresa, ecole(B).successeur.gresa) == (C, U)
    assert ecole_qui_repond(B) == ecole(C)


def test_une_cellule_vide_efface_et_une_colonne_absente_ne_dit_rien(tmp_path: Path) -> None:
    importer(tmp_path, ligne(A, successeur=B), ligne(B))
    sans = ENTETE.removesuffix(",ouvert,successeur")
    importer(tmp_path, ligne(A).removesuffix(",,"), entete=sans)
    assert ecole(A).successeur.gresa == B
    importer(tmp_path, ligne(A))
    assert (ecole(A).ouvert, ecole(A).successeur) == (False, None)
    importer(tmp_path, ligne(A, successeur=B))
    importer(tmp_path, f"{ligne(A).removesuffix(',,')},oui", entete=ENTETE.removesuffix(",successeur"))
    assert (ecole(A).ouvert, ecole(A).successeur) == (True, None)
    importer(tmp_path, ligne(A, ouvert="لا"))
    assert (ecole(A).ouvert, ecole(A).successeur) == (False, None)


@pytest.mark.parametrize(
    ("lignes", "motifs"),
    [
        ([ligne(A, successeur="99510M")], {A: "Le successeur 99510M est inconnu ou refusé."}),
        ([ligne(A, successeur="99510A")], {A: "La lettre de contrôle du code GRESA 99510A est fausse"}),
        ([ligne(A, successeur=A)], {A: "L'établissement est son propre successeur."}),
        ([ligne(A, successeur=B, ouvert="oui"), ligne(B)], {A: "Une école ouverte n'a pas de successeur"}),
        ([ligne(A, ouvert="peut-être")], {A: "La colonne ouvert dit « oui » ou « non », pas « peut etre »."}),
        ([ligne(A, successeur=B), ligne(B, successeur=A)], {A: f"{A}, {B}", B: f"{B}, {A}"}),
        (
            [ligne(A, successeur=B), ligne(B, successeur=C), ligne(C, successeur=A)],
            {A: f"tournent en rond : {A}, {B}, {C}.", B: f"{B}, {C}, {A}", C: f"{C}, {A}, {B}"},
        ),
        ([ligne(A, successeur=U), ligne(U, mere=A)], {A: f"{A}, {U}", U: f"rattachement {A} est inconnu ou refusé"}),
        (
            [ligne(A, successeur=B), ligne(B, successeur="99510M")],
            {A: f"Le successeur {B} est inconnu ou refusé.", B: "Le successeur 99510M est inconnu"},
        ),
        (
            [ligne(A, successeur=U), ligne(U, mere="99510M")],
            {A: f"successeur {U} est inconnu", U: "99510M est inconnu"},
        ),
    ],
    ids=["inconnu", "lettre", "soi-même", "ouverte", "ouvert", "à deux", "à trois", "son unité", "refusé", "unité"],
)
def test_ce_qui_ne_mene_nulle_part_est_refuse(lignes: list[str], motifs: dict[str, str], tmp_path: Path) -> None:
    trouves = refus(importer(tmp_path, *lignes))
    assert set(trouves) == set(motifs)
    for gresa, motif in motifs.items():
        assert motif in trouves[gresa]
    assert not Etablissement.objects.filter(gresa__in=motifs).exists()


def test_un_rond_qui_se_ferme_dans_le_registre_est_refuse(tmp_path: Path) -> None:
    importer(tmp_path, ligne(A, successeur=B), ligne(B, successeur=C), ligne(C))
    assert set(refus(importer(tmp_path, ligne(C, successeur=A)))) == {C}
    assert (ecole(C).ouvert, ecole_qui_repond(A)) == (True, ecole(C))
    assert not refus(importer(tmp_path, ligne(A, ouvert="oui"), ligne(C, successeur=A)))
    assert ecole_qui_repond(B) == ecole(A)


def test_un_essai_n_ecrit_rien(tmp_path: Path) -> None:
    importer(tmp_path, ligne(A), ligne(B))
    assert not refus(importer(tmp_path, ligne(A, successeur=B), essai=True))
    assert (ecole(A).ouvert, ecole(A).successeur) == (True, None)


DATEE = f"{ENTETE},ferme_le"


def test_une_fermeture_a_son_jour(tmp_path: Path) -> None:
    """The day closes the school; a file without the column leaves it, opening the school again takes it away."""
    importer(tmp_path, ligne(A), ligne(B))
    rapport = importer(tmp_path, f"{ligne(A)},2026-07-31", f"{ligne(B)},", entete=DATEE)
    (changee,) = [ligne for ligne in rapport.lignes if ligne.issue is Issue.MODIFIE]
    assert (changee.objet, changee.motif) == (A, "ouverture, date de fermeture")
    assert (ecole(A).ouvert, ecole(A).ferme_le) == (False, datetime.date(2026, 7, 31))
    assert (ecole(B).ouvert, ecole(B).ferme_le) == (True, None)
    importer(tmp_path, ligne(A, successeur=B), ligne(B))
    assert ecole(A).ferme_le == datetime.date(2026, 7, 31)
    importer(tmp_path, ligne(A, ouvert="oui"))
    assert (ecole(A).ouvert, ecole(A).ferme_le) == (True, None)


def test_une_ecole_ouverte_n_a_pas_de_jour_de_fermeture(tmp_path: Path) -> None:
    importer(tmp_path, ligne(A))
    demain = timezone.localdate() + datetime.timedelta(days=1)
    for jour, ouvert, motif in (
        ("2026-07-31", "oui", "Une école ouverte n'a pas de date de fermeture"),
        ("31/07/2026", "", "La date de fermeture « 31/07/2026 » ne se lit pas"),
        (demain.isoformat(), "non", "La date de fermeture est à venir"),
    ):
        rapport = importer(tmp_path, f"{ligne(A, ouvert=ouvert)},{jour}", entete=DATEE)
        assert motif in refus(rapport)[A]
    assert (ecole(A).ouvert, ecole(A).ferme_le) == (True, None)
    with pytest.raises(IntegrityError, match="etablissement_ferme_le_si_ferme"):
        Etablissement.objects.filter(gresa=A).update(ferme_le=demain)
