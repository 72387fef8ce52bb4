"""`manage.py revoquer_document ID --motif "…"`: withdraw an issued paper."""

import argparse

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from etablissements.scolarite.documents.identifiants import lire_identifiant
from etablissements.scolarite.documents.models import Document
from etablissements.scolarite.documents.operations import DejaRevoque, revoquer
from portal.socle.commandes import CommandePortail


class Command(CommandePortail):
    help = "Révoque un document délivré : il n'est plus remis, et la page de vérification le montre révoqué."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("identifiant", nargs="+", help="Les 26 caractères imprimés, espaces et tirets admis.")
        parser.add_argument("--motif", required=True, help="Pourquoi : gardé au registre, jamais montré au public.")
        parser.add_argument("--oui", action="store_true", help="Ne pas demander de confirmation.")

    def executer(self, **options: object) -> None:
        morceaux = options["identifiant"]
        saisi = "".join(morceaux) if isinstance(morceaux, list) else str(morceaux)
        identifiant = lire_identifiant(saisi)
        if identifiant is None:
            raise CommandError(_("Identifiant mal formé : il a 26 chiffres et lettres."))
        motif = str(options["motif"]).strip()
        if not 1 <= len(motif) <= 200:
            raise CommandError(_("Le motif doit avoir de 1 à 200 caractères."))
        document = Document.objects.select_related("etablissement").filter(pk=identifiant).first()
        if document is None:
            raise CommandError(_("Aucun document ne porte cet identifiant."))
        if document.etat != Document.Etat.REVOQUE:
            self._confirmer(document, sans_question=bool(options["oui"]))
        try:
            document = revoquer(document_id=identifiant, motif=motif)
        except DejaRevoque as deja:
            message = _("Le document n° %(numero)s était déjà révoqué depuis le %(date)s : rien n'a changé.")
            document = deja.document
        else:
            message = _("Le document n° %(numero)s est révoqué depuis le %(date)s.")
        date = date_format(timezone.localtime(document.revoque_le), "DATETIME_FORMAT")
        self.stdout.write(message % {"numero": document.numero_imprime, "date": date})

    def _confirmer(self, document: Document, *, sans_question: bool) -> None:
        """Ask before what cannot be undone. The question names the paper, not the pupil."""
        if sans_question:
            return
        question = _("Révoquer définitivement le document n° %(numero)s, délivré le %(date)s ? [o/N] ") % {
            "numero": document.numero_imprime,
            "date": date_format(document.jour, "DATE_FORMAT"),
        }
        try:
            reponse = input(question)
        except EOFError:
            raise CommandError(_("Personne pour répondre : ajoutez --oui.")) from None
        # Translators: the letter that answers yes to "[o/N]".
        if reponse.strip().casefold() not in {_("o"), "o", "oui", "نعم"}:
            raise CommandError(_("Rien n'a été révoqué."))
