"""What a guardianship opens to a family, and to nobody else."""

import uuid

import pytest
from django.utils import timezone, translation

from etablissements.registre.models import AnneeScolaire
from etablissements.scolarite.inscriptions.tutelles import (
    Texte,
    TutelleIntrouvable,
    acceder_tutelle,
    choix_lien,
    enfant,
    enfants,
    est_tuteur,
)
from tests.fabriques import (
    MIDI,
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
def deux_familles():
    """Two guardianships of two guardians, in two schools."""
    return (
        creer_tutelle(eleve=creer_inscription().eleve),
        creer_tutelle(eleve=creer_inscription(classe=creer_classe(etablissement=creer_etablissement())).eleve),
    )


def terminer(tutelle) -> None:
    tutelle.statut, tutelle.au = "terminee", timezone.now()
    tutelle.save()


def test_chacun_accede_a_sa_tutelle_et_pas_a_celle_du_voisin(deux_familles) -> None:
    mienne, autre = deux_familles
    moi, lui = mienne.tuteur.utilisateur_id, autre.tuteur.utilisateur_id
    assert acceder_tutelle(utilisateur_id=moi, tutelle_cle=mienne.cle) == mienne
    assert acceder_tutelle(utilisateur_id=lui, tutelle_cle=autre.cle) == autre
    for qui, quoi in ((moi, autre), (lui, mienne)):
        with pytest.raises(TutelleIntrouvable):
            acceder_tutelle(utilisateur_id=qui, tutelle_cle=quoi.cle)
        with pytest.raises(TutelleIntrouvable):
            enfant(utilisateur_id=qui, tutelle_cle=quoi.cle)


def test_une_cle_inventee_ou_un_inconnu_ne_trouvent_rien(deux_familles) -> None:
    mienne, _autre = deux_familles
    for qui, cle in ((mienne.tuteur.utilisateur_id, uuid.uuid4()), (creer_utilisateur().pk, mienne.cle)):
        with pytest.raises(TutelleIntrouvable):
            acceder_tutelle(utilisateur_id=qui, tutelle_cle=cle)


def test_une_tutelle_terminee_ne_s_ouvre_plus(deux_familles) -> None:
    mienne, _autre = deux_familles
    moi = mienne.tuteur.utilisateur_id
    terminer(mienne)
    with pytest.raises(TutelleIntrouvable):
        acceder_tutelle(utilisateur_id=moi, tutelle_cle=mienne.cle)
    with pytest.raises(TutelleIntrouvable):
        enfant(utilisateur_id=moi, tutelle_cle=mienne.cle)
    assert enfants(utilisateur_id=moi) == ()


def test_l_enfant_tel_que_sa_famille_le_voit() -> None:
    classe = creer_classe(libelle="1APIC-3", niveau="1APIC")
    tutelle = creer_tutelle(eleve=creer_inscription(classe=classe).eleve)
    vu = enfant(utilisateur_id=tutelle.tuteur.utilisateur_id, tutelle_cle=tutelle.cle)
    assert (vu.nom.ar, vu.nom.fr) == ("إلياس أمزيان", "Ilyas AMEZIANE")
    assert (vu.code_massar, vu.fille, vu.confirmee) == (tutelle.eleve.code_massar, False, False)
    scolarite = vu.scolarite
    assert scolarite is not None
    assert (scolarite.gresa, scolarite.classe, scolarite.annee) == (
        classe.etablissement.gresa,
        "1APIC-3",
        classe.annee.libelle,
    )
    assert scolarite.etablissement.fr == "Collège des Essais"
    assert scolarite.niveau.ar == classe.niveau.nom_ar
    assert scolarite.en_cours
    with translation.override("fr"):
        assert (str(vu.nom), str(vu.lien)) == ("Ilyas AMEZIANE", "mère")


def test_la_derniere_inscription_active_compte(horloge) -> None:
    ecole = creer_etablissement()
    eleve = creer_eleve()
    creer_inscription(eleve=eleve, classe=creer_classe(etablissement=ecole, annee="2024-2025", niveau="1APIC"))
    ancienne = creer_classe(etablissement=ecole, annee="2025-2026", niveau="2APIC")
    creer_inscription(eleve=eleve, classe=ancienne)
    tutelle = creer_tutelle(eleve=eleve)
    (vu,) = enfants(utilisateur_id=tutelle.tuteur.utilisateur_id)
    assert (vu.scolarite.classe, vu.scolarite.annee, vu.scolarite.en_cours) == (ancienne.libelle, "2025/2026", False)
    nouvelle = creer_classe(etablissement=ecole, annee="2026-2027", niveau="3APIC")
    creer_inscription(eleve=eleve, classe=nouvelle)
    (vu,) = enfants(utilisateur_id=tutelle.tuteur.utilisateur_id)
    assert (vu.scolarite.classe, vu.scolarite.en_cours) == (nouvelle.libelle, True)
    horloge(MIDI.replace(year=2060))  # beyond the registry: no current year, and no failure
    assert not AnneeScolaire.objects.au(timezone.localdate()).exists()
    (vu,) = enfants(utilisateur_id=tutelle.tuteur.utilisateur_id)
    assert not vu.scolarite.en_cours


def test_un_enfant_sans_inscription_reste_visible() -> None:
    tutelle = creer_tutelle(eleve=creer_eleve(sexe="F"), statut="confirmee", **confirmation())
    (vu,) = enfants(utilisateur_id=tutelle.tuteur.utilisateur_id)
    assert (vu.scolarite, vu.fille, vu.confirmee) == (None, True, True)


def confirmation() -> dict[str, object]:
    return {"confirmee_par": creer_utilisateur(), "confirmee_le": timezone.now()}


@pytest.mark.parametrize("nombre", [1, 5])
def test_les_enfants_en_trois_requetes(nombre: int, django_assert_num_queries) -> None:
    tuteur = creer_tuteur()
    for _ in range(nombre):
        creer_tutelle(tuteur=tuteur, eleve=creer_inscription().eleve)
    creer_tutelle(eleve=creer_inscription().eleve)
    with django_assert_num_queries(3):
        vus = enfants(utilisateur_id=tuteur.utilisateur_id)
    assert len(vus) == nombre


def test_un_texte_se_lit_dans_la_langue_ou_a_defaut_dans_l_autre() -> None:
    assert str(Texte("Essai", "تجربة")) == "تجربة"
    assert str(Texte("Essai", "")) == "Essai"
    with translation.override("fr"):
        assert str(Texte("Essai", "تجربة")) == "Essai"
        assert str(Texte("", "تجربة")) == "تجربة"


def test_qui_est_tuteur() -> None:
    tuteur = creer_tuteur()
    assert est_tuteur(utilisateur_id=tuteur.utilisateur_id)
    assert not est_tuteur(utilisateur_id=creer_utilisateur().pk)
    assert [code for code, _nom in choix_lien()] == ["mere", "pere", "tuteur", "kafil", "institution"]
