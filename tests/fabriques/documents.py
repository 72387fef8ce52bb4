"""Builders of papers: issued for real, typeset and signed."""

import datetime

from etablissements.scolarite.documents.operations import delivrer
from etablissements.scolarite.models import Document, Inscription

from .comptes import creer_utilisateur
from .scolarite import creer_inscription

# A fixed day of the school year 2026-2027, for tests that set the clock.
MIDI = datetime.datetime(2026, 11, 24, 11, 0, tzinfo=datetime.UTC)


def creer_document(*, inscription: Inscription | None = None) -> Document:
    """The attestation of an enrolment of the current year, asked for by a new account."""
    inscription = inscription or creer_inscription()
    document, _nouveau = delivrer(eleve_id=inscription.eleve_id, demande_par_id=creer_utilisateur().pk)
    return document
