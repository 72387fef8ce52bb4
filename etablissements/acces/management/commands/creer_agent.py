"""`manage.py creer_agent`: a post in a school, and the account of who holds it."""

import argparse

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from etablissements.acces.models import Affectation
from etablissements.acces.operations import affecter_agent
from etablissements.registre.models import Etablissement
from portal.comptes.identifiants import normaliser_identifiant
from portal.comptes.models import Utilisateur
from portal.socle.commandes import CommandePortail
from portal.socle.texte import apercu, nettoyer


class Command(CommandePortail):
    help = "Affecte un agent à un établissement et ouvre son compte. La relancer ne change rien."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--etablissement", required=True, metavar="GRESA", help="Code GRESA.")
        parser.add_argument("--role", required=True, choices=Affectation.Role.values)
        parser.add_argument("--nom", required=True)
        parser.add_argument("--prenom", required=True)
        parser.add_argument("--identifiant", help="Celui d'un compte qui existe déjà.")

    def executer(self, **options: object) -> None:
        etablissement = Etablissement.objects.filter(gresa=str(options["etablissement"]).strip().upper()).first()
        if etablissement is None:
            raise CommandError(
                _("Établissement inconnu : %(gresa)s.") % {"gresa": apercu(str(options["etablissement"]))}
            )
        nom, prenom = nettoyer(str(options["nom"])), nettoyer(str(options["prenom"]))
        if not nom or not prenom:
            raise CommandError(_("Donnez un nom et un prénom."))
        voulu = options["identifiant"]
        try:
            agent = affecter_agent(
                etablissement=etablissement,
                role=str(options["role"]),
                nom=nom,
                prenom=prenom,
                identifiant=normaliser_identifiant(str(voulu)) if voulu else None,
            )
        except Utilisateur.DoesNotExist:
            raise CommandError(_("Aucun compte n'a cet identifiant.")) from None
        if not agent.affectation_nouvelle:
            self.stdout.write(_("Déjà affecté. Identifiant : %(identifiant)s") % {"identifiant": agent.identifiant})
            return
        self.stdout.write(_("Affecté. Identifiant : %(identifiant)s") % {"identifiant": agent.identifiant})
        if agent.mot_de_passe:
            self.stdout.write(_("Premier mot de passe, à changer : %(mot)s") % {"mot": agent.mot_de_passe})
