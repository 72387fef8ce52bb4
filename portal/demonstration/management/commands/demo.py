"""Prepare the demonstration, or say what there is to try and serve it."""

import argparse
import time

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from portal.demonstration.preparation import Demonstration, mettre_a_jour, preparer, relire
from portal.demonstration.serveur import Serveur, port_libre
from portal.socle.commandes import CommandePortail


class Command(CommandePortail):
    help = "Sert la démonstration et montre quoi essayer. --preparer : écoles réelles, élèves inventés."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--preparer", action="store_true", help="Prépare, sans servir.")
        parser.add_argument("--port", type=int, default=8000, help="Port de la boucle locale.")

    def executer(self, **options: object) -> None:
        if options["preparer"]:
            self._preparer()
            return
        demonstration = relire()
        if demonstration is None:
            raise CommandError(_("La démonstration n'est pas prête : lancez « make demo »."))
        if not port_libre(options["port"]):  # type: ignore[arg-type]
            raise CommandError(_("Le port %(port)s est pris : « make demo PORT=8001 ».") % {"port": options["port"]})
        self._montrer(demonstration, f"http://127.0.0.1:{options['port']}")
        mettre_a_jour()
        Serveur(port=options["port"]).run()  # type: ignore[arg-type]

    def _preparer(self) -> None:
        debut = time.monotonic()
        for etape in preparer() if relire() is None else ():
            self.stderr.write(f"[{time.monotonic() - debut:4.1f} s] {etape}", style_func=str)
        self.stderr.write(_("Prêt en %(duree).1f s.") % {"duree": time.monotonic() - debut}, style_func=str)

    def _montrer(self, demonstration: Demonstration, adresse: str) -> None:
        ecoles = demonstration.ecoles
        lignes = [
            "",
            _("Le portail : %(adresse)s/  (arabe : /ar/, français : /fr/)") % {"adresse": adresse},
            "",
            _("À essayer"),
            *(
                "  " + _("page d'une école : %(adresse)s") % {"adresse": f"{adresse}/ar/ecoles/{gresa}/"}
                for gresa in ecoles
            ),
            "  " + _("ouvrir l'espace d'une famille : %(adresse)s") % {"adresse": f"{adresse}/activation/"},
            "  " + _("vérifier un papier : %(adresse)s") % {"adresse": f"{adresse}/verification/"},
            "  " + _("bureau des écoles : %(adresse)s") % {"adresse": f"{adresse}/ar/gestion/"},
            "",
            _("Bordereaux (élèves inventés ; imprimés dans %(dossier)s)") % {"dossier": settings.BORDEREAUX_DIR},
            *(
                "  "
                + _("%(ecole)s %(classe)s : code Massar %(code)s, bordereau %(bordereau)s, né(e) le %(naissance)s")
                % {
                    "ecole": papier.ecole,
                    "classe": papier.classe,
                    "code": papier.code_massar,
                    "bordereau": papier.code_bordereau,
                    "naissance": papier.date_naissance,
                }
                for papier in demonstration.bordereaux
            ),
            "",
            _("Comptes"),
            *(
                "  "
                + _("%(role)s %(ecole)s : identifiant %(identifiant)s, mot de passe %(mot)s")
                % {
                    "role": compte.role,
                    "ecole": compte.ecole,
                    "identifiant": compte.identifiant,
                    "mot": compte.mot_de_passe,
                }
                for compte in demonstration.comptes
            ),
            "",
            _("Ctrl+C pour arrêter."),
        ]
        self.stdout.write("\n".join(lignes))
        self.stdout.flush()
