"""Create the site of every school of the registry."""

import argparse
import time
from collections import Counter

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from etablissements.registre.models import Etablissement
from portal.socle.commandes import CommandePortail
from sites.createur import Fait, creer_sites


class Command(CommandePortail):
    help = "Crée le site de chaque école. Peut être interrompue et relancée : ce qui est fait n'est pas refait."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--ecole", nargs="+", metavar="GRESA", help="Seulement ces écoles.")

    def executer(self, **options: object) -> None:
        ecoles = Etablissement.objects.autonomes().select_related("direction__academie")
        if voulues := options["ecole"]:
            codes = {code.upper() for code in voulues}  # type: ignore[attr-defined]
            ecoles = ecoles.filter(gresa__in=codes)
            if inconnues := codes - set(ecoles.values_list("gresa", flat=True)):
                raise CommandError(
                    _("Écoles inconnues, ou rattachées à une autre : %(codes)s.")
                    % {"codes": ", ".join(sorted(inconnues))}
                )
        debut = time.monotonic()
        faits: Counter[Fait] = Counter()
        with self.progression(_("Sites"), ecoles.count()) as progression:
            for _ecole, fait in creer_sites(ecoles.iterator(chunk_size=500)):
                faits[fait] += 1
                progression.avancer()
        self.stdout.write(
            _("%(crees)d sites créés, %(renommes)d renommés, %(inchanges)d inchangés, en %(duree).1f s.")
            % {
                "crees": faits[Fait.CREE],
                "renommes": faits[Fait.RENOMME],
                "inchanges": faits[Fait.INCHANGE],
                "duree": time.monotonic() - debut,
            }
        )
