"""A reader in front of the store: asks by WSGI, as a server does, and says who answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from portal.diffusion.devant import Devant
from portal.diffusion.entetes import environ_de


@contextmanager
def sans_fermer_la_base() -> Iterator[None]:
    """Keep the test's own transaction open while the portal answers."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@dataclass
class Lue:
    """What a reader got."""

    statut: int
    entetes: dict[str, str]
    corps: bytes
    du_magasin: bool


@dataclass
class Lecteur:
    """An anonymous reader, unless it brings a cookie."""

    hote: str = "testserver"
    demandes_au_portail: int = 0
    portail: Any = field(default_factory=WSGIHandler)

    def __post_init__(self) -> None:
        self.devant = Devant(self._portail)

    def _portail(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.demandes_au_portail += 1
        return self.portail(environ, start_response)

    def lire(self, chemin: str, *, methode: str = "GET", requete: str = "", **entetes: str) -> Lue:
        """Ask; headers are given as WSGI names them (`HTTP_COOKIE="…"`)."""
        environ = {
            **environ_de(self.hote, chemin, requete),
            "HTTP_HOST": self.hote,
            "REQUEST_METHOD": methode,
            **entetes,
        }
        recu: dict[str, Any] = {}

        def start_response(statut: str, lignes: list[tuple[str, str]], exc_info: Any = None) -> None:
            recu.update(statut=int(statut.split()[0]), entetes={nom.title(): valeur for nom, valeur in lignes})

        avant = self.demandes_au_portail
        with sans_fermer_la_base():
            reponse = self.devant(environ, start_response)
            corps = b"".join(reponse)
            if hasattr(reponse, "close"):
                reponse.close()
        return Lue(recu["statut"], recu["entetes"], corps, self.demandes_au_portail == avant)
