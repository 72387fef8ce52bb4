"""The database itself refuses what cannot be, whoever writes: each constraint is attacked with a raw write."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from etablissements.scolarite.models import Classe, Eleve, Inscription
from tests import fabriques

pytestmark = pytest.mark.django_db


def modifier(objet, **colonnes: object) -> None:
    """Write columns in SQL, past the model."""
    table = connection.ops.quote_name(objet._meta.db_table)
    valeurs = ", ".join(f"{connection.ops.quote_name(nom)} = %s" for nom in colonnes)
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(f"UPDATE {table} SET {valeurs} WHERE id = %s", [*colonnes.values(), objet.pk])


@pytest.mark.parametrize(
    "code", ["", "w990000001", "W99000001", "W9900000011", "9990000001", "WW90000001", "W99000000١", "W990000001\n"]
)
def test_un_code_massar_mal_forme(code: str) -> None:
    eleve = fabriques.creer_eleve()
    with pytest.raises(Exception, match=r"eleve_code_massar_forme|too long"):
        modifier(eleve, code_massar=code)


def test_deux_eleves_de_meme_code() -> None:
    un, deux = fabriques.creer_eleve(), fabriques.creer_eleve()
    with pytest.raises(IntegrityError):
        modifier(deux, code_massar=un.code_massar)


@pytest.mark.parametrize("sexe", ["", "X", "f"])
def test_un_sexe_inconnu(sexe: str) -> None:
    eleve = fabriques.creer_eleve()
    with pytest.raises(IntegrityError, match="eleve_sexe_connu"):
        modifier(eleve, sexe=sexe)


def test_une_naissance_d_un_autre_siecle() -> None:
    eleve = fabriques.creer_eleve()
    with pytest.raises(IntegrityError, match="eleve_naissance_possible"):
        modifier(eleve, date_naissance="1949-12-31")


def test_un_eleve_sans_nom_complet_dans_aucune_ecriture() -> None:
    eleve = fabriques.creer_eleve()
    modifier(eleve, nom_fr="", prenom_fr="")
    with pytest.raises(IntegrityError, match="eleve_nomme_dans_une_ecriture"):
        modifier(eleve, prenom_ar="")


@pytest.mark.parametrize("libelle", ["", "1APIC", "1apic-1", "1APIC-", "-1", "1APIC-1-2", "قسم-1", "1APIC-1\n"])
def test_un_libelle_de_classe_mal_forme(libelle: str) -> None:
    classe = fabriques.creer_classe()
    with pytest.raises(IntegrityError, match="classe_libelle_forme"):
        modifier(classe, libelle=libelle)


def test_deux_classes_de_meme_libelle() -> None:
    classe = fabriques.creer_classe(libelle="1APIC-1")
    autre = fabriques.creer_classe(etablissement=classe.etablissement, libelle="1APIC-2")
    with pytest.raises(IntegrityError):
        modifier(autre, libelle="1APIC-1")
    fabriques.creer_classe(libelle="1APIC-1")  # another school may have one
    fabriques.creer_classe(etablissement=classe.etablissement, libelle="1APIC-1", annee="2021-2022")


def test_deux_inscriptions_actives_la_meme_annee() -> None:
    premiere = fabriques.creer_inscription()
    ailleurs = fabriques.creer_classe()
    with pytest.raises(IntegrityError), transaction.atomic():
        fabriques.creer_inscription(eleve=premiere.eleve, classe=ailleurs)
    modifier(premiere, statut="terminee", au=premiere.du)
    fabriques.creer_inscription(eleve=premiere.eleve, classe=ailleurs)
    fabriques.creer_inscription(eleve=premiere.eleve, classe=fabriques.creer_classe(annee="2021-2022"))
    assert Inscription.objects.filter(eleve=premiere.eleve).count() == 3


def test_une_inscription_finie_avant_de_commencer() -> None:
    inscription = fabriques.creer_inscription()
    with pytest.raises(IntegrityError, match="inscription_dates_en_ordre"):
        modifier(inscription, statut="terminee", au=inscription.du - datetime.timedelta(days=1))


@pytest.mark.parametrize("colonnes", [{"statut": "terminee"}, {"au": "2039-01-01"}, {"statut": "autre"}])
def test_un_statut_et_une_fin_qui_se_contredisent(colonnes: dict) -> None:
    inscription = fabriques.creer_inscription()
    with pytest.raises(IntegrityError, match="inscription_terminee_datee"):
        modifier(inscription, **colonnes)


def test_on_ne_supprime_pas_ce_qui_porte_un_dossier() -> None:
    inscription = fabriques.creer_inscription()
    for objet in (inscription.eleve, inscription.classe, inscription.annee, inscription.classe.etablissement):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(objet).objects.filter(pk=objet.pk).delete()
    assert Eleve.objects.exists()
    assert Classe.objects.exists()
