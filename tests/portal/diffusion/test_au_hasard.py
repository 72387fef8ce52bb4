"""Whatever is done, in whatever order, each copy in the store is what the portal would say now."""

import datetime
import logging
import time as temps
from collections import Counter
from collections.abc import Iterator
from random import Random
from types import SimpleNamespace

import pytest

from etablissements.registre.models import Etablissement
from portal.diffusion import devant
from portal.diffusion import magasin as module_magasin
from portal.diffusion.suivi import publier_les_programmes
from sites.hotes.carte import carte
from tests.fabriques import MIDI

from .hasard.controle import Controle
from .hasard.gestes import GESTES
from .hasard.monde import creer_monde

pytestmark = pytest.mark.django_db
# In the suite, and with `--gestes`: number of gestures, share of the addresses that are followed.
SUITE, LONGUE = (5, 0.08), 0.5


class Heure:
    """The hour of Django's clock, given to the store too."""

    def __init__(self, regler) -> None:
        self.regler, self.instant = regler, MIDI

    def avancer(self, duree: datetime.timedelta) -> None:
        self.instant += duree
        self.regler(self.instant)

    def horloge(self) -> SimpleNamespace:
        return SimpleNamespace(time=lambda: self.instant.timestamp(), monotonic=temps.monotonic)


@pytest.fixture(autouse=True)
def silence() -> Iterator[None]:
    """What is not found is asked for on purpose, hundreds of times."""
    logging.disable(logging.ERROR)
    carte.oublier()
    yield
    carte.oublier()
    logging.disable(logging.NOTSET)


@pytest.fixture
def heure(horloge, monkeypatch) -> Heure:
    heure = Heure(horloge)
    for module in (module_magasin, devant):
        monkeypatch.setattr(module, "time", heure.horloge())
    return heure


def test_apres_chaque_geste_aucune_copie_n_est_fausse(
    heure, magasin, settings, tmp_path, request, django_capture_on_commit_callbacks
) -> None:
    settings.DOMAINE_ECOLES = "ecoles.example.ma"
    settings.MEDIA_ROOT = tmp_path / "medias"
    long = request.config.getoption("--gestes")
    graine = request.config.getoption("--graine") or 1  # the suite says the same of the same code
    hasard = Random(graine)
    with django_capture_on_commit_callbacks(execute=True):
        monde = creer_monde(hasard)
    controle = Controle(magasin, monde, part=LONGUE if long else SUITE[1])
    controle.remplir()
    faits: Counter[str] = Counter()
    for rang in range(1, (long or SUITE[0]) + 1):
        monde.rang = rang
        geste = hasard.choice((*GESTES, None, None))
        avant = controle.copies()
        if geste is None:
            heure.avancer(datetime.timedelta(hours=hasard.choice((1, 7, 25))))
            nom, touchees = "attendre", set(Etablissement.objects.values_list("gresa", flat=True))
            with django_capture_on_commit_callbacks(execute=True):
                publier_les_programmes()
        else:
            heure.avancer(datetime.timedelta(minutes=1))
            nom = geste.__name__
            with django_capture_on_commit_callbacks(execute=True):
                touchees = geste(monde)
        faits[nom if touchees is not None else f"{nom} (rien)"] += 1
        controle.apres(f"{nom} n° {rang}", avant, touchees or set())
        controle.bilan.gestes += touchees is not None
        if long and rang % 20 == 0:
            print(f"{rang}: {len(controle.copies())} copies, {controle.bilan}", flush=True)
    print(f"graine {graine}: {controle.bilan} {faits} refusées {monde.refuses}")
    assert not controle.bilan.fausses, f"graine {graine}"
    assert not controle.bilan.de_trop, f"graine {graine}"
    assert not controle.bilan.secrets, f"graine {graine}"
