"""The base of our management commands: they speak French unless asked otherwise."""

import argparse
import os
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from .progression import Progression
from .rapports import Rapport, ecrire_csv, en_texte


class CommandePortail(BaseCommand, ABC):
    """A command whose output is translated: `--langue ar` for Arabic. Subclasses write `executer`."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: object) -> argparse.ArgumentParser:
        """Add the `--langue` option to every command."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.add_argument("--langue", choices=[code for code, _nom in settings.LANGUES_DU_CADRE], default="fr")
        return parser

    def handle(self, *args: object, **options: object) -> str | None:
        """Run `executer` in the chosen language."""
        with translation.override(str(options["langue"])):
            return self.executer(**options)

    def progression(self, libelle: str, total: int) -> Progression:
        """A progress bar on the error stream, so that the command's own output can be kept."""
        return Progression(
            libelle=libelle,
            total=total,
            ecrire=lambda texte: self.stderr.write(texte, style_func=str, ending=""),
            terminal=self.stderr.isatty(),
        )

    @abstractmethod
    def executer(self, **options: object) -> str | None:
        """Do the work of the command."""


class CommandeImport(CommandePortail):
    """A command that imports files and accounts for each line. It ends with code 1 when something was refused."""

    _en_cours: Progression | None = None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The options that every import has."""
        parser.add_argument("fichiers", nargs="+", type=Path, metavar="FICHIER")
        parser.add_argument("--essai", action="store_true", help="Dit ce qui serait fait, n'écrit rien.")
        parser.add_argument("--detail", action="store_true", help="Affiche toutes les lignes, pas seulement les refus.")
        parser.add_argument("--rapport", type=Path, metavar="FICHIER.csv", help="Écrit toutes les lignes dans un CSV.")

    def handle(self, *args: object, **options: object) -> str | None:
        """Make sure that the report can be written before anything is."""
        chemin = options["rapport"]
        if isinstance(chemin, Path) and (chemin.is_dir() or not os.access(chemin.parent, os.W_OK)):
            with translation.override(str(options["langue"])):
                raise CommandError(_("Le rapport ne peut pas être écrit ici : %(chemin)s") % {"chemin": chemin})
        return super().handle(*args, **options)

    def suivre(self, libelle: str) -> Callable[[int], Callable[[int], object]]:
        """Return what an import calls with its number of steps, to get what it calls after each."""

        def commencer(total: int) -> Callable[[int], object]:
            self._en_cours = self.progression(libelle, total)
            return self._en_cours.avancer

        return commencer

    def rendre_compte(self, rapport: Rapport, *, detail: bool, chemin: Path | None) -> None:
        """Print the report, write it to `chemin`, and raise `CommandError` when a line was refused."""
        if self._en_cours:
            self._en_cours.terminer()
        for phrase in en_texte(rapport, detail=detail):
            self.stdout.write(phrase)
        if chemin:
            ecrire_csv(rapport, chemin)
        if rapport.refuse:
            raise CommandError(_("Tout n'a pas été accepté : les refus sont ci-dessus."))
