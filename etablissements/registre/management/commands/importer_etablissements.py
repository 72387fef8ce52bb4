"""`manage.py importer_etablissements FILE…`: schools from CSV files, with a report line by line."""

import argparse
import datetime
from typing import Any

from django.utils.translation import gettext as _

from etablissements.registre.importation.lecture import FACULTATIVES, OBLIGATOIRES
from etablissements.registre.importation.operations import importer_etablissements
from portal.socle.commandes import CommandeImport


def lire_date(texte: str) -> datetime.date:
    """Read the date of `--releve-le`; argparse shows the error."""
    try:
        return datetime.date.fromisoformat(texte)
    except ValueError:
        message = _("« %(texte)s » n'est pas une date : écrivez année-mois-jour, 2026-09-15.")
        raise argparse.ArgumentTypeError(message % {"texte": texte}) from None


class Command(CommandeImport):
    help = (
        "Importe des établissements depuis des fichiers CSV. Le relancer ne change rien. "
        f"Colonnes obligatoires : {', '.join((*OBLIGATOIRES, 'commune'))}. "
        f"Facultatives : {', '.join(FACULTATIVES)}. "
        "« ouvert » dit oui ou non (vide, rien) ; « successeur » donne le code de l'école qui a repris celle-ci : "
        "il la ferme, et son adresse mène à l'autre ; « ferme_le » donne le jour de la fermeture, aaaa-mm-jj. "
        "Une colonne absente ne change rien, une autre cellule vide efface."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--releve-le", type=lire_date, help="Date des faits (aaaa-mm-jj).")
        parser.add_argument("--source", default="", help="D'où viennent les faits (le nom du fichier par défaut).")

    def executer(self, **options: Any) -> None:
        rapport = importer_etablissements(
            fichiers=options["fichiers"],
            essai=options["essai"],
            releve_le=options["releve_le"],
            source=options["source"],
            progression=self.suivre(_("Établissements")),
        )
        self.rendre_compte(rapport, detail=options["detail"], chemin=options["rapport"])
