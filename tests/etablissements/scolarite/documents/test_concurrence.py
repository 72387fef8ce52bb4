"""Requests that arrive together, on real threads and a database that really commits."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from etablissements.scolarite.documents.operations import delivrer
from etablissements.scolarite.models import Document
from tests.fabriques import creer_classe, creer_inscription, creer_utilisateur

pytestmark = pytest.mark.django_db(transaction=True)
FILS = 6


def ensemble(demandes: list[tuple[int, int]]) -> list[tuple[Document, bool]]:
    """Issue for each `(pupil, account)` at the same instant, each on its own thread and connection."""
    depart = threading.Barrier(len(demandes))

    def une(demande: tuple[int, int]) -> tuple[Document, bool]:
        depart.wait(timeout=30)
        try:
            return delivrer(eleve_id=demande[0], demande_par_id=demande[1])
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(demandes)) as fils:
        return list(fils.map(une, demandes))


def test_la_meme_demande_six_fois_ensemble_donne_un_papier() -> None:
    inscription, utilisateur = creer_inscription(), creer_utilisateur()
    rendus = ensemble([(inscription.eleve_id, utilisateur.pk)] * FILS)
    assert len({document.pk for document, _nouveau in rendus}) == 1
    assert sum(nouveau for _document, nouveau in rendus) == 1
    assert Document.objects.count() == 1


def test_six_eleves_d_une_ecole_ensemble_ont_six_numeros_qui_se_suivent() -> None:
    classe, utilisateur = creer_classe(), creer_utilisateur()
    eleves = [creer_inscription(classe=classe).eleve_id for _ in range(FILS)]
    rendus = ensemble([(eleve_id, utilisateur.pk) for eleve_id in eleves])
    assert sorted(document.numero for document, _nouveau in rendus) == list(range(1, FILS + 1))


def test_delivrer_refuse_d_etre_dans_une_transaction() -> None:
    """A rollback above would leave a file that no row knows."""
    inscription, utilisateur = creer_inscription(), creer_utilisateur()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        delivrer(eleve_id=inscription.eleve_id, demande_par_id=utilisateur.pk)
