"""Catalogues of messages: extract, complete the French side, compile. Messages are written in French."""

import argparse
import contextlib
import datetime
import json
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.management.commands import makemessages
from django.utils.translation import gettext as _
from jinja2.ext import GETTEXT_FUNCTIONS, babel_extract

LANGUES = ("ar", "fr")


def applications_du_projet() -> list[AppConfig]:
    """The apps whose code lives in this repository."""
    racine = Path(settings.BASE_DIR)
    return [
        app
        for app in apps.get_app_configs()
        if Path(app.path).is_relative_to(racine) and ".venv" not in Path(app.path).parts
    ]


def lire(chemin: Path, langue: str) -> Catalog:
    """Read one catalogue."""
    with chemin.open("rb") as source:
        return read_po(source, locale=langue)


def manquants(catalogue: Catalog) -> list[str]:
    """Return the messages without translation, or with one that nobody has read again (fuzzy)."""
    resultat = []
    for message in catalogue:
        traductions = message.string if isinstance(message.string, (tuple, list)) else [message.string]
        if message.id and (message.fuzzy or not all(traductions)):
            resultat.append(message.id if isinstance(message.id, str) else message.id[0])
    return resultat


def completer_francais(chemin: Path) -> None:
    """Give each French message itself as translation: French is the language of the sources.

    A translation already there stays: that is how Django's own English messages get a French of ours.
    """
    catalogue = lire(chemin, "fr")
    for message in catalogue:
        traductions = message.string if isinstance(message.string, (tuple, list)) else [message.string]
        if not message.id or (all(traductions) and not message.fuzzy):
            continue
        if isinstance(message.id, str):
            message.string = message.id
        else:
            singulier, pluriel = message.id
            message.string = (singulier, *[pluriel] * (catalogue.num_plurals - 1))
        message.flags.discard("fuzzy")
    ecrire(chemin, catalogue)


def ecrire(chemin: Path, catalogue: Catalog) -> None:
    """Write one catalogue without line numbers or dates, so that a diff shows only what changed."""
    catalogue.project, catalogue.version, catalogue.fuzzy = "portail-scolaire", "1", False
    catalogue.creation_date = catalogue.revision_date = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    catalogue.last_translator = catalogue.language_team = "portail-scolaire"
    catalogue.header_comment = ""
    with chemin.open("wb") as sortie:
        write_po(
            sortie, catalogue, width=120, no_location=True, omit_header=False, sort_output=True, ignore_obsolete=True
        )


class Source(makemessages.BuildFile):
    """A file whose messages are extracted; Django knows its own templates, Jinja its own."""

    def preprocess(self) -> None:
        """Write, for xgettext, the messages of a Jinja template as calls of Python."""
        if "jinja2" not in Path(self.path).parts:
            return super().preprocess()
        with Path(self.path).open("rb") as gabarit:
            trouves = babel_extract(gabarit, GETTEXT_FUNCTIONS, (), {"silent": "false", "trimmed": "true"})
            appels = [
                f"{fonction}({json.dumps(textes, ensure_ascii=False).strip('[]')})"
                for _ligne, fonction, textes, _notes in trouves
            ]
        Path(self.work_path).write_text("\n".join(appels), encoding="utf-8")


class Extraction(makemessages.Command):
    """Django's extraction, templates of Jinja included."""

    build_file_class = Source


class Command(BaseCommand):
    help = "Extrait les messages de chaque application, complète le français, compile. --compiler : compile seulement."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("applications", nargs="*", help="Étiquettes d'applications (toutes par défaut).")
        parser.add_argument("--compiler", action="store_true", help="Ne fait que compiler.")

    def handle(self, *args: object, **options: object) -> None:
        voulues = set(options["applications"])  # type: ignore[call-overload]
        choisies = [app for app in applications_du_projet() if not voulues or app.label in voulues]
        if inconnues := voulues - {app.label for app in choisies}:
            raise CommandError(_("Applications inconnues : %(noms)s") % {"noms": ", ".join(sorted(inconnues))})
        for app in choisies:
            racine = Path(app.path) / "locale"
            if not options["compiler"]:
                self._extraire(app, racine)
            for chemin in sorted(racine.glob("*/LC_MESSAGES/django.po")):
                catalogue = lire(chemin, chemin.parts[-3])
                with chemin.with_suffix(".mo").open("wb") as sortie:
                    write_mo(sortie, catalogue)
                if vides := manquants(catalogue):
                    self.stderr.write(f"{chemin.relative_to(settings.BASE_DIR)} : {len(vides)} à traduire")
                    for texte in vides:
                        self.stderr.write(f"  · {texte}")

    def _extraire(self, app: AppConfig, racine: Path) -> None:
        for langue in LANGUES:
            (racine / langue / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        with contextlib.chdir(app.path):
            call_command(Extraction(), locale=list(LANGUES), no_obsolete=True, add_location="never", verbosity=0)
        for langue in LANGUES:
            chemin = racine / langue / "LC_MESSAGES" / "django.po"
            if not chemin.exists():
                continue
            if langue == "fr":
                completer_francais(chemin)
            else:
                ecrire(chemin, lire(chemin, langue))
        for dossier in (racine / "fr" / "LC_MESSAGES", racine / "ar" / "LC_MESSAGES"):
            if dossier.exists() and not any(dossier.iterdir()):
                dossier.rmdir()
                dossier.parent.rmdir()
        if racine.exists() and not any(racine.iterdir()):
            racine.rmdir()
