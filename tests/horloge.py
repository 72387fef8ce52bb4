"""Fixtures for what depends on the day: a clock that tests set, and an authority that was valid by then."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

from etablissements.scolarite.documents.autorite import creer_autorite
from tests.fabriques import MIDI

Regler = Callable[[datetime.datetime], None]


@pytest.fixture(scope="session")
def autorite_ancienne(tmp_path_factory: pytest.TempPathFactory):
    """The folder of a development authority made two months before the fixed day."""
    dossier = tmp_path_factory.mktemp("autorite")
    for nom, contenu in creer_autorite(debut=MIDI - datetime.timedelta(days=60)).items():
        (dossier / nom).write_bytes(contenu)
    return dossier


@pytest.fixture
def horloge(monkeypatch: pytest.MonkeyPatch, settings, autorite_ancienne) -> Regler:
    """Set Django's clock to `MIDI`; call it to set another instant."""
    settings.AUTORITE_DIR = autorite_ancienne

    def regler(instant: datetime.datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: instant)

    regler(MIDI)
    return regler
