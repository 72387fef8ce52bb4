"""The base of our management commands: they speak French unless asked otherwise."""

import argparse
from abc import ABC, abstractmethod

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from .progression import Progression


class CommandePortail(BaseCommand, ABC):
    """A command whose output is translated: `--langue ar` for Arabic. Subclasses write `executer`."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: object) -> argparse.ArgumentParser:
        """Add the `--langue` option to every command."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.add_argument("--langue", choices=[code for code, _nom in settings.LANGUAGES], default="fr")
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
