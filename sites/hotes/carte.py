"""Which school a host names, without a query per request: a map in memory, one number in the cache to renew it."""

import time
import uuid
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db import DatabaseError, transaction

from ..models.hotes import HoteEcole
from .noms import code_du_sous_domaine

VERSION = "sites.hotes.version"
DUREE = 15.0  # seconds before a process asks whether the hosts changed


@dataclass
class Carte:
    """The proved hosts of the country, as this process last read them."""

    _codes: dict[str, str] = field(default_factory=dict)
    _version: str | None = None
    _lue: bool = False
    _a_verifier: float = 0.0

    def ecole_de(self, hote: str) -> str | None:
        """Return the GRESA code of the school that has this host, None when nobody has it."""
        if code := code_du_sous_domaine(hote):
            return code
        if time.monotonic() >= self._a_verifier:
            self._renouveler()
        return self._codes.get(hote)

    def oublier(self) -> None:
        """Read again at the next question."""
        self._lue, self._a_verifier = False, 0.0

    def _renouveler(self) -> None:
        """Read the table if it changed. While the database does not answer, the last map stands."""
        version = cache.get(VERSION)
        if not self._lue or version != self._version:
            try:
                self._codes = dict(HoteEcole.objects.verifies().values_list("hote", "etablissement__gresa"))
            except DatabaseError:
                version = None
            else:
                self._lue, self._version = True, version
        self._a_verifier = time.monotonic() + DUREE


carte = Carte()


def annoncer_changement() -> None:
    """Say to every process, once the transaction is committed, that the hosts changed."""

    def dire() -> None:
        cache.set(VERSION, uuid.uuid4().hex, timeout=None)
        carte.oublier()

    transaction.on_commit(dire)
