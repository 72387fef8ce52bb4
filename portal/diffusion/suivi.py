"""What the store needs beside the gestures themselves: other machines' changes, those of a killed process, the hour."""

import datetime
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.utils import timezone

from .adresses import adresse_du_fichier
from .entetes import environ_de
from .generation import generation
from .magasin import Magasin
from .models import Peremption

logger = logging.getLogger(__name__)

CONSERVATION = datetime.timedelta(days=7)  # how long the outbox is kept for a machine that is away
TRANSACTION_MAX = datetime.timedelta(hours=1)  # a line may appear that long after others that have greater numbers
PERIODE_PROGRAMMES, PERIODE_TAILLE = 15.0, 3600.0  # seconds


class Suivi:
    """Keeps the store of one machine true. One process a machine, whatever the number of servers."""

    def __init__(self, magasin: Magasin, *, programmes: bool) -> None:
        self.magasin, self.programmes = magasin, programmes
        self.seuil = 0
        self.appliquees: set[int] = set()
        self._portail = WSGIHandler()
        self._prochains = {"programmes": 0.0, "taille": 0.0}
        magasin.preparer(generation())
        if magasin.absence() > CONSERVATION.total_seconds():
            magasin.vider()  # lines were deleted that nobody applied here

    def tour(self) -> int:
        """Do everything once. Returns the number of copies dropped. A database that does not answer is waited for."""
        self.magasin.oter_les_echus()
        try:
            with _connexion():
                otees = self.rattraper()
                if self.programmes and self._est_temps("programmes", PERIODE_PROGRAMMES):
                    publier_les_programmes()
                if self._est_temps("taille", PERIODE_TAILLE):
                    self.tailler()
                self.refaire()
        except DatabaseError:
            logger.warning("The database does not answer: the copies stay as they are.")
            connection.close()
            return 0
        self.magasin.battre()
        return otees

    def rattraper(self) -> int:
        """Apply the lines of the outbox that were not applied on this machine."""
        lignes = dict(Peremption.objects.filter(pk__gt=self.seuil).order_by("pk").values_list("pk", "cree_le"))
        if manquantes := lignes.keys() - self.appliquees:
            self.appliquees = self.magasin.appliquees()
            manquantes = lignes.keys() - self.appliquees
        otees = 0
        for pk, cles in Peremption.objects.filter(pk__in=sorted(manquantes)).values_list("pk", "cles"):
            otees += self.magasin.perimer(cles.split(), lignes=[pk])
            self.appliquees.add(pk)
        sures = timezone.now() - TRANSACTION_MAX
        self.seuil = max((pk for pk, cree_le in lignes.items() if cree_le < sures), default=self.seuil)
        return otees

    def refaire(self) -> int:
        """Make again the copies that a change just dropped, as an anonymous reader would."""
        refaites = 0
        for fichier in self.magasin.a_refaire():
            if adresse := adresse_du_fichier(fichier):
                requete = f"page={adresse.page}" if adresse.page else ""
                reponse = self._portail(environ_de(adresse.hote, adresse.chemin, requete), lambda *_arguments: None)
                reponse.close()
                refaites += 1
        return refaites

    def tailler(self) -> None:
        """Prune the outbox, and what this machine remembers of it."""
        Peremption.objects.filter(cree_le__lt=timezone.now() - CONSERVATION).delete()
        premiere = Peremption.objects.order_by("pk").values_list("pk", flat=True).first()
        self.magasin.tailler(premiere or 0)

    def _est_temps(self, quoi: str, periode: float) -> bool:
        maintenant = time.monotonic()
        if maintenant < self._prochains[quoi]:
            return False
        self._prochains[quoi] = maintenant + periode
        return True


def publier_les_programmes() -> None:
    """Publish and withdraw the pages whose time has come; the copies go with the same commit."""
    with transaction.atomic():
        call_command("publish_scheduled")


@contextmanager
def _connexion() -> Iterator[None]:
    """A loop without requests lets go of dead connections by itself."""
    if connection.in_atomic_block:  # a test's
        yield
        return
    close_old_connections()
    yield
    close_old_connections()
