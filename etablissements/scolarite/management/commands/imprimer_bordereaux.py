"""`manage.py imprimer_bordereaux`: the activation slips of a school, in one PDF to print and cut."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from etablissements.registre.models import AnneeScolaire, Etablissement
from etablissements.scolarite.inscriptions.bordereaux import RANGS, Lot, LotPerime, classes, preparer_lot
from etablissements.scolarite.inscriptions.codes import lire_code_massar
from etablissements.scolarite.inscriptions.impression import composer_bordereaux, dossier_reserve, publier_lot
from etablissements.scolarite.inscriptions.models import Inscription, Rang
from portal.socle.commandes import CommandePortail
from portal.socle.texte import apercu

_MONTRES = 20


class Command(CommandePortail):
    help = "Imprime les bordereaux d'activation d'un établissement dans un PDF à découper."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--etablissement", required=True, metavar="GRESA", help="Code GRESA.")
        parser.add_argument("--classe", nargs="+", default=[], metavar="1APIC-3", help="Toutes par défaut.")
        parser.add_argument("--annee", metavar="2026-2027", help="L'année en cours par défaut.")
        parser.add_argument("--rang", type=int, choices=Rang.values, help="1 ou 2 ; les deux par défaut.")
        parser.add_argument(
            "--eleves",
            metavar="FICHIER",
            help="Seulement ces élèves : un code Massar par ligne ; « - » lit l'entrée standard.",
        )
        parser.add_argument(
            "--reemettre", action="store_true", help="Même s'il y a déjà un bordereau ou un tuteur : l'ancien meurt."
        )
        parser.add_argument("--oui", action="store_true", help="Ne demande pas de confirmation.")
        parser.add_argument("--sortie", type=Path, metavar="FICHIER.pdf", help="Dans le dossier privé par défaut.")

    def executer(self, **options: object) -> None:
        etablissement = self._etablissement(str(options["etablissement"]))
        annee = self._annee(options["annee"])
        libelles = self._libelles(etablissement, annee, options["classe"])  # type: ignore[arg-type]
        destination = self._destination(etablissement, libelles, options["sortie"])  # type: ignore[arg-type]
        lot = preparer_lot(
            etablissement=etablissement,
            annee=annee,
            libelles=libelles,
            codes_massar=self._codes(options["eleves"]),
            rangs=[int(str(options["rang"]))] if options["rang"] else RANGS,
            reemettre=bool(options["reemettre"]),
        )
        if not lot.bordereaux:
            self._rien_a_imprimer(etablissement, annee, libelles, options)
            return
        if lot.reemettre and not options["oui"]:
            self._confirmer(lot)
        with dossier_reserve(destination.parent) as repris:
            for fichier in repris:
                self.stdout.write(_("Impression interrompue, reprise : %(fichier)s") % {"fichier": fichier})
            if destination.exists():
                raise CommandError(_("Le fichier existe déjà : %(fichier)s") % {"fichier": destination})
            with self.progression(_("Bordereaux"), len(lot.bordereaux)) as progression:
                pdf = composer_bordereaux(lot, apres_bordereau=progression.avancer)
            try:
                publier_lot(lot, pdf, destination)
            except LotPerime:
                raise CommandError(
                    _("Un bordereau de ce lot a été émis ou utilisé entre-temps : rien n'est écrit. Relancez.")
                ) from None
        self._dire(lot, destination)

    def _etablissement(self, gresa: str) -> Etablissement:
        trouve = Etablissement.objects.filter(gresa=gresa.strip().upper()).first()
        if trouve is None:
            avec_eleves = list(
                Inscription.objects.order_by("classe__etablissement__gresa")
                .values_list("classe__etablissement__gresa", flat=True)
                .distinct()[: _MONTRES + 1]
            )
            connus = ", ".join(avec_eleves[:_MONTRES]) + (" …" if len(avec_eleves) > _MONTRES else "")
            raise CommandError(
                _("Établissement inconnu : %(gresa)s. Ceux qui ont des élèves : %(connus)s")
                % {"gresa": apercu(gresa), "connus": connus or "-"}
            )
        return trouve

    def _annee(self, demandee: object) -> AnneeScolaire:
        try:
            if demandee is None:
                return AnneeScolaire.courante()
            return AnneeScolaire.objects.get(code=str(demandee).replace("/", "-"))
        except AnneeScolaire.DoesNotExist:
            connues = ", ".join(AnneeScolaire.objects.values_list("code", flat=True))
            raise CommandError(
                _("Année scolaire inconnue. Le registre connaît : %(connues)s") % {"connues": connues}
            ) from None

    def _libelles(self, ecole: Etablissement, annee: AnneeScolaire, demandes: Sequence[str]) -> list[str]:
        existantes = list(classes(etablissement=ecole, annee=annee).values_list("libelle", flat=True))
        if not existantes:
            raise CommandError(
                _("%(gresa)s n'a aucune classe en %(annee)s : importez d'abord ses listes.")
                % {"gresa": ecole.gresa, "annee": annee.libelle}
            )
        voulus = [demande.strip().upper() for demande in demandes]
        if inconnus := [libelle for libelle in voulus if libelle not in existantes]:
            raise CommandError(
                _("Classe inconnue : %(inconnues)s. Celles de %(gresa)s en %(annee)s : %(connues)s")
                % {
                    "inconnues": ", ".join(apercu(libelle) for libelle in inconnus),
                    "gresa": ecole.gresa,
                    "annee": annee.libelle,
                    "connues": ", ".join(existantes),
                }
            )
        return voulus

    def _codes(self, source: object) -> list[str]:
        if source is None:
            return []
        try:
            texte = sys.stdin.read() if source == "-" else Path(str(source)).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as erreur:
            raise CommandError(_("Fichier illisible : %(fichier)s") % {"fichier": source}) from erreur
        codes = []
        for numero, ligne in enumerate(texte.splitlines(), start=1):
            if not ligne.strip():
                continue
            code = lire_code_massar(ligne)
            if code is None:
                raise CommandError(_("Ligne %(numero)d : ce n'est pas un code Massar.") % {"numero": numero})
            codes.append(code)
        if not codes:
            raise CommandError(_("Aucun code Massar dans %(fichier)s.") % {"fichier": source})
        return codes

    def _destination(self, ecole: Etablissement, libelles: Sequence[str], demandee: Path | None) -> Path:
        if demandee is not None:
            if not demandee.parent.is_dir():
                raise CommandError(_("Le dossier n'existe pas : %(dossier)s") % {"dossier": demandee.parent})
            return demandee.resolve()
        quoi = "-".join([ecole.gresa, *(libelles[:3] if len(libelles) <= 3 else [str(len(libelles))])])
        moment = timezone.localtime().strftime("%Y%m%d-%H%M%S")
        return Path(settings.BORDEREAUX_DIR) / f"bordereaux-{quoi}-{moment}.pdf"

    def _rien_a_imprimer(
        self, ecole: Etablissement, annee: AnneeScolaire, libelles: Sequence[str], options: dict[str, object]
    ) -> None:
        tous = preparer_lot(etablissement=ecole, annee=annee, libelles=libelles, reemettre=True)
        if not tous.bordereaux:
            raise CommandError(_("Aucun élève inscrit dans ces classes."))
        if options["eleves"] is not None and options["reemettre"]:
            raise CommandError(_("Aucun de ces élèves n'est inscrit dans ces classes."))
        self.stdout.write(
            _("Rien à imprimer : chaque élève a déjà un bordereau valable ou un tuteur (voir --reemettre).")
        )

    def _confirmer(self, lot: Lot) -> None:
        question = ngettext(
            "%(nombre)d bordereau sera réémis ; l'ancien ne marchera plus. Continuer ? [o/N] ",
            "%(nombre)d bordereaux seront réémis ; les anciens ne marcheront plus. Continuer ? [o/N] ",
            len(lot.bordereaux),
        ) % {"nombre": len(lot.bordereaux)}
        self.stderr.write(question, style_func=str, ending="")
        if not sys.stdin.isatty() or input().strip().lower() not in {"o", "oui", "نعم", "y"}:
            raise CommandError(_("Abandonné : rien n'est écrit."))

    def _dire(self, lot: Lot, destination: Path) -> None:
        self.stdout.write(
            ngettext(
                "%(nombre)d bordereau valable jusqu'au %(date)s : %(fichier)s",
                "%(nombre)d bordereaux valables jusqu'au %(date)s : %(fichier)s",
                len(lot.bordereaux),
            )
            % {
                "nombre": len(lot.bordereaux),
                "date": date_format(lot.dernier_jour),
                "fichier": destination,
            }
        )
        self.stdout.write(_("Ce fichier porte les codes en clair : imprimez, remettez, supprimez."))
