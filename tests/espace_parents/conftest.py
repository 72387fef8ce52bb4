"""Families of two schools."""

import pytest

from tests.fabriques import creer_affectation, creer_classe, creer_etablissement, creer_inscription, creer_tutelle


@pytest.fixture
def tutelle(db):
    """A guardianship in a first school."""
    return creer_tutelle(eleve=creer_inscription(classe=creer_classe(libelle="1APIC-3")).eleve)


@pytest.fixture
def autre_tutelle(db):
    """A guardianship of another family, in another school."""
    return creer_tutelle(eleve=creer_inscription(classe=creer_classe(etablissement=creer_etablissement())).eleve)


@pytest.fixture
def mere(tutelle):
    """The guardian of the first."""
    return tutelle.tuteur.utilisateur


@pytest.fixture
def autre_mere(autre_tutelle):
    """The guardian of the other."""
    return autre_tutelle.tuteur.utilisateur


@pytest.fixture
def directeur(tutelle):
    """The director of the first school."""
    ecole = tutelle.eleve.inscriptions.get().classe.etablissement
    return creer_affectation(etablissement=ecole).utilisateur


@pytest.fixture
def autre_directeur(autre_tutelle):
    """The director of the other school."""
    ecole = autre_tutelle.eleve.inscriptions.get().classe.etablissement
    return creer_affectation(etablissement=ecole).utilisateur
