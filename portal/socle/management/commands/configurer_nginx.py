"""Print a configuration for nginx."""

import argparse

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from portal.diffusion.magasin import courant
from portal.diffusion.nginx import configuration
from portal.socle.commandes import CommandePortail


class Command(CommandePortail):
    help = "Écrit une configuration de nginx : il sert lui-même les copies publiées, le portail fait le reste."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--ecoute", default="80", help="Ce qui suit « listen » : un port, une adresse et un port.")
        parser.add_argument(
            "--amont", action="append", metavar="HÔTE:PORT", help="Serveur du portail ; plusieurs si répété."
        )

    def executer(self, **options: object) -> None:
        magasin = courant()
        if magasin is None:
            raise CommandError(_("Aucune copie n'est gardée : DIFFUSION_DIR est vide."))
        amonts = options["amont"] or ["127.0.0.1:8000"]
        self.stdout.write(configuration(magasin, ecoute=str(options["ecoute"]), amonts=amonts))  # type: ignore[arg-type]
