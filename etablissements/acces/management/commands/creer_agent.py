"""`manage.py creer_agent`: a post in a school, a direction, an academy or the ministry, and its holder's account."""

import argparse

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from etablissements.acces.models import Affectation
from etablissements.acces.operations import PorteeImpossible, affecter_agent
from etablissements.registre.models import Academie, Direction, Etablissement
from portal.comptes.identifiants import normaliser_identifiant
from portal.comptes.models import Utilisateur
from portal.socle.commandes import CommandePortail
from portal.socle.texte import apercu, nettoyer


class Command(CommandePortail):
    help = "Affecte un agent à son poste et ouvre son compte. La relancer ne change rien."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        portee = parser.add_mutually_exclusive_group(required=True)
        portee.add_argument("--etablissement", metavar="GRESA", help="Code GRESA de l'établissement du poste.")
        portee.add_argument("--direction", metavar="CODE", help="Code de la direction provinciale, comme 09.581.")
        portee.add_argument("--academie", metavar="CODE", help="Code de l'académie, deux chiffres.")
        portee.add_argument("--pays", action="store_true", help="Le poste est au ministère.")
        parser.add_argument("--role", required=True, choices=Affectation.Role.values)
        parser.add_argument("--nom", required=True)
        parser.add_argument("--prenom", required=True)
        parser.add_argument("--identifiant", help="Celui d'un compte qui existe déjà.")

    def executer(self, **options: object) -> None:
        portee = self._portee(options)
        nom, prenom = nettoyer(str(options["nom"])), nettoyer(str(options["prenom"]))
        if not nom or not prenom:
            raise CommandError(_("Donnez un nom et un prénom."))
        voulu = options["identifiant"]
        try:
            agent = affecter_agent(
                **portee,
                role=str(options["role"]),
                nom=nom,
                prenom=prenom,
                identifiant=normaliser_identifiant(str(voulu)) if voulu else None,
            )
        except PorteeImpossible:
            raise CommandError(
                _("Le rôle « %(role)s » ne se donne pas à ce niveau.") % {"role": options["role"]}
            ) from None
        except Utilisateur.DoesNotExist:
            raise CommandError(_("Aucun compte n'a cet identifiant.")) from None
        if not agent.affectation_nouvelle:
            self.stdout.write(_("Déjà affecté. Identifiant : %(identifiant)s") % {"identifiant": agent.identifiant})
            return
        self.stdout.write(_("Affecté. Identifiant : %(identifiant)s") % {"identifiant": agent.identifiant})
        if agent.mot_de_passe:
            self.stdout.write(_("Premier mot de passe, à changer : %(mot)s") % {"mot": agent.mot_de_passe})

    def _portee(self, options: dict[str, object]) -> dict[str, Etablissement | Direction | Academie]:
        """Find what the options name; nothing for the country."""
        if gresa := options["etablissement"]:
            etablissement = Etablissement.objects.filter(gresa=str(gresa).strip().upper()).first()
            if etablissement is None:
                raise CommandError(_("Établissement inconnu : %(gresa)s.") % {"gresa": apercu(str(gresa))})
            return {"etablissement": etablissement}
        if code := options["direction"]:
            direction = Direction.objects.filter(pk=str(code).strip()).first()
            if direction is None:
                raise CommandError(_("Direction inconnue : %(code)s.") % {"code": apercu(str(code))})
            return {"direction": direction}
        if code := options["academie"]:
            academie = Academie.objects.filter(pk=str(code).strip()).first()
            if academie is None:
                raise CommandError(_("Académie inconnue : %(code)s.") % {"code": apercu(str(code))})
            return {"academie": academie}
        return {}
