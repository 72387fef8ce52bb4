"""Guardianships seen by the school: its own, and only by who may."""

import datetime
import uuid

import pytest
from django.utils import timezone, translation

from etablissements.scolarite.inscriptions.activation import MOTIF_REMPLACEE
from etablissements.scolarite.inscriptions.tutelles import TutelleIntrouvable, acceder_tutelle, choix_statut
from etablissements.scolarite.inscriptions.tutelles_ecole import (
    MotifManquant,
    TutelleTerminee,
    classes_des_tutelles,
    confirmer_tutelle,
    gere_des_tutelles,
    terminer_tutelle,
    tutelle_de_l_etablissement,
    tutelles_de_l_etablissement,
)
from etablissements.scolarite.models import Tutelle
from tests.fabriques import (
    creer_affectation,
    creer_classe,
    creer_eleve,
    creer_etablissement,
    creer_inscription,
    creer_tutelle,
    creer_tuteur,
    creer_utilisateur,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ecole():
    return creer_etablissement()


@pytest.fixture
def directeur(ecole) -> int:
    return creer_affectation(etablissement=ecole).utilisateur_id


@pytest.fixture
def autre_directeur() -> int:
    return creer_affectation(etablissement=creer_etablissement()).utilisateur_id


@pytest.fixture
def tutelle(ecole):
    return creer_tutelle(eleve=creer_inscription(classe=creer_classe(etablissement=ecole, libelle="1APIC-3")).eleve)


def lignes(utilisateur_id: int, **criteres):
    return tutelles_de_l_etablissement(utilisateur_id=utilisateur_id, **criteres).lignes


def test_le_directeur_voit_celles_de_son_ecole_et_le_voisin_aucune(tutelle, directeur, autre_directeur) -> None:
    (ligne,) = lignes(directeur)
    assert (ligne.cle, ligne.classe, ligne.tuteur, ligne.statut) == (
        tutelle.cle,
        "1APIC-3",
        "فاطمة أمزيان",
        "declaree",
    )
    with translation.override("fr"):
        assert [str(t) for t in (ligne.eleve, ligne.lien, ligne.rang)] == ["Ilyas AMEZIANE", "mère", "premier tuteur"]
    assert lignes(autre_directeur) == ()
    assert gere_des_tutelles(utilisateur_id=autre_directeur)  # a school, but without any guardianship


def test_le_secretaire_aussi(tutelle, ecole) -> None:
    secretaire = creer_affectation(etablissement=ecole, role="secretaire").utilisateur_id
    assert [ligne.cle for ligne in lignes(secretaire)] == [tutelle.cle]
    confirmer_tutelle(utilisateur_id=secretaire, tutelle_cle=tutelle.cle)


def test_l_ecole_dont_depend_un_satellite_voit_les_siennes(ecole, directeur) -> None:
    satellite = creer_etablissement(rattachement=ecole, type="satellite")
    tutelle = creer_tutelle(eleve=creer_inscription(classe=creer_classe(etablissement=satellite)).eleve)
    assert [ligne.cle for ligne in lignes(directeur)] == [tutelle.cle]


@pytest.mark.parametrize("qui", ["tuteur", "inconnu", "superutilisateur", "ancien directeur", "directeur à venir"])
def test_personne_d_autre_ne_voit_ni_ne_touche(qui: str, tutelle, ecole) -> None:
    hier, demain = (timezone.localdate() + datetime.timedelta(days=jours) for jours in (-1, 1))
    utilisateur_id = {
        "tuteur": lambda: tutelle.tuteur.utilisateur_id,
        "inconnu": lambda: creer_utilisateur().pk,
        "superutilisateur": lambda: creer_utilisateur(is_superuser=True).pk,
        "ancien directeur": lambda: creer_affectation(etablissement=ecole, au=hier).utilisateur_id,
        "directeur à venir": lambda: creer_affectation(etablissement=ecole, du=demain).utilisateur_id,
    }[qui]()
    assert lignes(utilisateur_id) == ()
    assert not gere_des_tutelles(utilisateur_id=utilisateur_id)
    interdire(utilisateur_id, tutelle.cle)


def interdire(utilisateur_id: int, cle: uuid.UUID) -> None:
    with pytest.raises(TutelleIntrouvable):
        tutelle_de_l_etablissement(utilisateur_id=utilisateur_id, tutelle_cle=cle)
    with pytest.raises(TutelleIntrouvable):
        confirmer_tutelle(utilisateur_id=utilisateur_id, tutelle_cle=cle)
    with pytest.raises(TutelleIntrouvable):
        terminer_tutelle(utilisateur_id=utilisateur_id, tutelle_cle=cle, motif="essai")


def test_le_directeur_d_une_autre_ecole_ne_touche_rien(tutelle, autre_directeur) -> None:
    interdire(autre_directeur, tutelle.cle)
    tutelle.refresh_from_db()
    assert (tutelle.statut, tutelle.au) == ("declaree", None)


def test_un_agent_desactive_ne_voit_plus_rien(tutelle, ecole) -> None:
    affectation = creer_affectation(etablissement=ecole)
    affectation.utilisateur.is_active = False
    affectation.utilisateur.save()
    interdire(affectation.utilisateur_id, tutelle.cle)


def test_l_eleve_parti_suit_sa_nouvelle_ecole(ecole, directeur, autre_directeur) -> None:
    """Last year's enrolment here stays open in the records; this year's is elsewhere: only there is it seen."""
    nouvelle = creer_etablissement()
    la_bas = creer_affectation(etablissement=nouvelle).utilisateur_id
    eleve = creer_inscription(classe=creer_classe(etablissement=ecole, annee="2024-2025")).eleve
    tutelle = creer_tutelle(eleve=eleve)
    assert len(lignes(directeur)) == 1
    creer_inscription(eleve=eleve, classe=creer_classe(etablissement=nouvelle, annee="2025-2026"))
    assert lignes(directeur) == ()
    assert [ligne.cle for ligne in lignes(la_bas)] == [tutelle.cle]
    interdire(directeur, tutelle.cle)


def test_confirmer_dit_qui_et_quand_et_ne_change_rien_la_seconde_fois(tutelle, directeur, ecole) -> None:
    confirmer_tutelle(utilisateur_id=directeur, tutelle_cle=tutelle.cle)
    tutelle.refresh_from_db()
    premier = (tutelle.statut, tutelle.confirmee_par_id, tutelle.confirmee_le)
    assert premier[:2] == ("confirmee", directeur)
    collegue = creer_affectation(etablissement=ecole, role="secretaire").utilisateur_id
    confirmer_tutelle(utilisateur_id=collegue, tutelle_cle=tutelle.cle)
    tutelle.refresh_from_db()
    assert (tutelle.statut, tutelle.confirmee_par_id, tutelle.confirmee_le) == premier


def test_terminer_ferme_l_acces_de_la_famille(tutelle, directeur) -> None:
    moi = tutelle.tuteur.utilisateur_id
    assert acceder_tutelle(utilisateur_id=moi, tutelle_cle=tutelle.cle)
    terminer_tutelle(utilisateur_id=directeur, tutelle_cle=tutelle.cle, motif="  jugement   du tribunal ")
    with pytest.raises(TutelleIntrouvable):
        acceder_tutelle(utilisateur_id=moi, tutelle_cle=tutelle.cle)
    (ligne,) = lignes(directeur)
    assert (ligne.statut, ligne.motif_fin) == ("terminee", "jugement du tribunal")
    tutelle.refresh_from_db()
    assert tutelle.terminee_par_id == directeur


def test_une_tutelle_terminee_le_reste(tutelle, directeur) -> None:
    terminer_tutelle(utilisateur_id=directeur, tutelle_cle=tutelle.cle, motif="départ")
    with pytest.raises(TutelleTerminee):
        confirmer_tutelle(utilisateur_id=directeur, tutelle_cle=tutelle.cle)
    with pytest.raises(TutelleTerminee):
        terminer_tutelle(utilisateur_id=directeur, tutelle_cle=tutelle.cle, motif="départ")


@pytest.mark.parametrize("motif", ["", "  ", "\u200f", "x" * 201])
def test_on_ne_termine_pas_sans_motif(motif: str, tutelle, directeur) -> None:
    with pytest.raises(MotifManquant):
        terminer_tutelle(utilisateur_id=directeur, tutelle_cle=tutelle.cle, motif=motif)
    assert Tutelle.objects.get().au is None


def test_le_motif_du_portail_se_lit_dans_les_deux_langues(tutelle, directeur) -> None:
    Tutelle.objects.update(statut="terminee", au=timezone.now(), motif_fin=MOTIF_REMPLACEE)
    (ligne,) = lignes(directeur)
    with translation.override("fr"):
        assert str(ligne.motif_fin) == "un nouveau bordereau a été utilisé"


def test_filtrer_chercher_et_compter(ecole, directeur, tutelle) -> None:
    salma = creer_eleve(nom_ar="بوهدي", prenom_ar="سلمى", nom_fr="BOUHDI", prenom_fr="Salma")
    quatre = creer_classe(etablissement=ecole, libelle="2APIC-4", niveau="2APIC")
    creer_inscription(eleve=salma, classe=quatre)
    autre = creer_tutelle(eleve=salma, tuteur=creer_tuteur(nom="Bennani", prenom="Karima"))
    confirmer_tutelle(utilisateur_id=directeur, tutelle_cle=autre.cle)

    def trouver(**criteres):
        return {ligne.cle for ligne in lignes(directeur, **criteres)}

    assert trouver() == {tutelle.cle, autre.cle}
    assert [ligne.cle for ligne in lignes(directeur)] == [tutelle.cle, autre.cle]  # to be confirmed first
    assert trouver(classe="2APIC-4") == {autre.cle}
    assert trouver(statut="declaree") == {tutelle.cle}
    for recherche in ("salma", "سلمى", "Karima", "benn sal", "  Bouhdi "):
        assert trouver(recherche=recherche) == {autre.cle}, recherche
    assert trouver(recherche="salma ilyas") == set()
    assert classes_des_tutelles(utilisateur_id=directeur) == ("1APIC-3", "2APIC-4")
    assert [code for code, _nom in choix_statut()] == ["declaree", "confirmee", "terminee"]
    page = tutelles_de_l_etablissement(utilisateur_id=directeur, debut=1, nombre=1)
    assert (page.total, [ligne.cle for ligne in page.lignes]) == (2, [autre.cle])


@pytest.mark.parametrize("nombre", [1, 6])
def test_une_page_en_trois_requetes(nombre: int, ecole, directeur, django_assert_num_queries) -> None:
    classe = creer_classe(etablissement=ecole)
    for _ in range(nombre):
        creer_tutelle(eleve=creer_inscription(classe=classe).eleve)
    creer_tutelle(eleve=creer_inscription().eleve)
    with django_assert_num_queries(3):
        page = tutelles_de_l_etablissement(utilisateur_id=directeur)
    assert page.total == len(page.lignes) == nombre
