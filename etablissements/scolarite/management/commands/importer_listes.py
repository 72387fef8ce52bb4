"""`manage.py importer_listes FILE…`: class-list workbooks of Massar, with a report line by line."""

import argparse
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from etablissements.scolarite.api import EtablissementInconnu, importer_listes
from portal.socle.commandes import CommandeImport
from portal.socle.texte import apercu


class Command(CommandeImport):
    help = "Importe des classeurs ListEleve. Un classeur est écrit entier ou pas du tout ; le relancer ne change rien."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--etablissement", metavar="CODE", help="Code GRESA, quand le nom ne suffit pas.")

    def executer(self, **options: Any) -> None:
        try:
            rapport = importer_listes(
                fichiers=options["fichiers"],
                essai=options["essai"],
                etablissement=options["etablissement"],
                progression=self.suivre(_("Classeurs")),
            )
        except EtablissementInconnu:
            raise CommandError(
                _("L'établissement %(code)s n'est pas dans le registre.") % {"code": apercu(options["etablissement"])}
            ) from None
        self.rendre_compte(rapport, detail=options["detail"], chemin=options["rapport"])
