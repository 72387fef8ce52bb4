"""Prepare the demonstration, then say what there is to try."""

import argparse
import time

from django.conf import settings
from django.utils.translation import gettext as _

from portal.demonstration.preparation import Demonstration, preparer, relire
from portal.socle.commandes import CommandePortail


class Command(CommandePortail):
    help = (
        "Prépare la démonstration (écoles réelles, élèves inventés) et montre quoi essayer. Relancée, ne refait rien."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--port", default="8000", help="Port des adresses affichées.")

    def executer(self, **options: object) -> None:
        demonstration = relire()
        if demonstration is None:
            debut = time.monotonic()
            for etape in preparer():
                self.stderr.write(f"[{time.monotonic() - debut:4.1f} s] {etape}", style_func=str)
            self.stderr.write(_("Prêt en %(duree).1f s.") % {"duree": time.monotonic() - debut}, style_func=str)
            demonstration = relire()
        if demonstration:
            self._montrer(demonstration, f"http://127.0.0.1:{options['port']}")

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
        ]
        self.stdout.write("\n".join(lignes))
