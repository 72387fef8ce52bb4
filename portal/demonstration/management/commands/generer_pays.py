"""Build an invented country on the current database."""

import argparse
import time

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from portal.demonstration.pays.ecoles import CAPACITE, code, etrangeres
from portal.demonstration.pays.generateur import AutreGraine, TropDEcoles, generer
from portal.demonstration.pays.personnes import identifiant
from portal.socle.commandes import CommandePortail


class Command(CommandePortail):
    help = "Bâtit un pays inventé : écoles, sites, actualités, images, rédacteurs. Interrompue, elle reprend."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--ecoles", type=int, default=12_000, help="Écoles qui ont un site (12 000).")
        parser.add_argument("--graine", type=int, default=1, help="La même graine donne le même pays (1).")
        parser.add_argument("--oui", action="store_true", help="Ne demande rien.")

    def executer(self, **options: object) -> None:
        autres = etrangeres()
        if autres and not options["oui"] and not self._accepte(autres):
            raise CommandError(_("Rien n'a été fait."))
        ecoles: int = options["ecoles"]  # type: ignore[assignment]
        debut = time.monotonic()
        try:
            with self.progression(_("Écoles"), ecoles) as progression:
                ajoutees = generer(ecoles=ecoles, graine=options["graine"], avancer=progression.avancer)  # type: ignore[arg-type]
        except TropDEcoles as refus:
            raise CommandError(_("Au plus %(capacite)d écoles.") % {"capacite": CAPACITE}) from refus
        except AutreGraine as refus:
            raise CommandError(_("Le pays de cette base a été bâti avec une autre graine.")) from refus
        self.stdout.write(
            _("%(ajoutees)d écoles ajoutées, %(deja)d y étaient, en %(duree).1f s.")
            % {"ajoutees": ajoutees, "deja": ecoles - ajoutees, "duree": time.monotonic() - debut}
        )
        self.stdout.write(
            _("Comptes, après « manage.py changepassword » : %(ministere)s, %(direction)s, %(ecole)s…")
            % {
                "ministere": identifiant("ministere"),
                "direction": identifiant("communicateur", "09.581"),
                "ecole": identifiant("directeur", code(0)),
            }
        )

    def _accepte(self, autres: int) -> bool:
        """Ask before adding invented schools beside others."""
        self.stderr.write(
            _("Cette base contient %(nombre)d établissements qui ne sont pas du pays inventé.") % {"nombre": autres},
            style_func=str,
        )
        return input(_("Ajouter le pays à côté ? [o/N]") + " ").strip().lower() in {"o", "oui", "نعم"}
