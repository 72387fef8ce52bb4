"""Keep the published copies of this machine true."""

import argparse
import signal
import threading

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from portal.diffusion.magasin import courant
from portal.diffusion.suivi import Suivi
from portal.socle.commandes import CommandePortail


class Command(CommandePortail):
    help = "Tient à jour les copies publiées de cette machine : changements, échéances, publications programmées."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--une-fois", action="store_true", help="Fait un tour et s'arrête.")
        parser.add_argument("--vider", action="store_true", help="Ôte d'abord toutes les copies.")
        parser.add_argument("--periode", type=float, default=0.25, help="Secondes entre deux tours.")
        parser.add_argument(
            "--sans-programmes", action="store_true", help="Laisse à une autre machine les publications programmées."
        )

    def executer(self, **options: object) -> None:
        magasin = courant()
        if magasin is None:
            raise CommandError(_("Aucune copie n'est gardée : DIFFUSION_DIR est vide."))
        suivi = Suivi(magasin, programmes=not options["sans_programmes"])
        if options["vider"]:
            magasin.vider()
        if options["une_fois"]:
            suivi.tour()
            return
        fin = threading.Event()
        for signe in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signe, lambda *_arguments: fin.set())
        while not fin.is_set():
            suivi.tour()
            fin.wait(float(str(options["periode"])))
