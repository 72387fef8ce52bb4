"""Delete the messages that schools received more than a year ago."""

from django.utils.translation import ngettext

from portal.socle.commandes import CommandePortail
from sites.courrier.operations import purger


class Command(CommandePortail):
    help = "Efface les messages reçus par les écoles il y a plus d'un an. À lancer chaque nuit."

    def executer(self, **options: object) -> None:
        nombre = purger()
        self.stdout.write(
            ngettext("%(nombre)d message effacé.", "%(nombre)d messages effacés.", nombre) % {"nombre": nombre}
        )
