"""Two imports at the very same time, on real connections: one order or the other, never half of each."""

import threading

import pytest
from django.db import connection

from etablissements.scolarite.api import importer_liste
from etablissements.scolarite.echanges import importer
from etablissements.scolarite.models import Classe, Eleve, ImportListe, Inscription
from portal.socle.rapports import Issue, Rapport
from tests import fabriques
from tests.fabriques.classeurs import FeuilleListe, classeur, eleve

pytestmark = pytest.mark.django_db(transaction=True)

ELEVES = [eleve(n) for n in range(1, 61)]
ECOLES = ("الثانوية الاعدادية التجارب", "الثانوية الاعدادية الجوار")


def ensemble(monkeypatch, *contenus: bytes) -> list[Rapport]:
    """Import each workbook in its own thread, all of them starting to write together."""
    depart = threading.Barrier(len(contenus))
    resoudre_vraiment = importer.resoudre
    rapports: list[Rapport] = []

    def resoudre_puis_attendre(*arguments, **options):
        resolu = resoudre_vraiment(*arguments, **options)
        depart.wait(timeout=20)
        return resolu

    def importer_un(contenu: bytes) -> None:
        try:
            rapports.append(importer_liste(nom="a.xlsx", contenu=contenu))
        finally:
            connection.close()

    monkeypatch.setattr(importer, "resoudre", resoudre_puis_attendre)
    fils = [threading.Thread(target=importer_un, args=(contenu,)) for contenu in contenus]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(timeout=60)
    assert len(rapports) == len(contenus), "an import failed"
    return rapports


@pytest.fixture
def ecoles() -> None:
    for nom in ECOLES:
        fabriques.creer_etablissement(nom_ar=nom, nom_fr=f"COLLEGE {nom}")


def test_le_meme_classeur_deux_fois(ecoles, monkeypatch) -> None:
    contenu = classeur(FeuilleListe(eleves=ELEVES))
    rapports = ensemble(monkeypatch, contenu, contenu)
    assert [set(rapport.comptes) for rapport in rapports].count({Issue.CREE}) == 1
    assert [set(rapport.comptes) for rapport in rapports].count({Issue.INCHANGE}) == 1
    assert (Eleve.objects.count(), Inscription.objects.count()) == (60, 60)
    assert (Classe.objects.count(), ImportListe.objects.count()) == (1, 1)


def test_les_memes_eleves_dans_deux_ecoles(ecoles, monkeypatch) -> None:
    """One school has them all, the other is told which, and nothing of its workbook is written."""
    endroit = classeur(FeuilleListe(etablissement=ECOLES[0], eleves=ELEVES))
    envers = classeur(FeuilleListe(etablissement=ECOLES[1], eleves=ELEVES[::-1]))
    rapports = ensemble(monkeypatch, endroit, envers)
    perdant = next(rapport for rapport in rapports if rapport.refuse)
    gagnant = next(rapport for rapport in rapports if not rapport.refuse)
    assert gagnant.comptes == {Issue.CREE: 60}
    assert perdant.comptes == {Issue.REFUSE: 61}
    assert Eleve.objects.count() == Inscription.objects.count() == 60
    assert Classe.objects.get().etablissement.gresa in str(perdant.lignes[0].motif)
    assert ImportListe.objects.count() == 1
