"""`manage.py purger`: delete what the portal promised to forget."""

from django.utils.translation import gettext as _

from etablissements.bureau.redaction.depots import purger_depots
from etablissements.monographie.operations import purger_signalements
from portal.socle.commandes import CommandePortail
from sites.courrier.operations import purger_messages


class Command(CommandePortail):
    help = (
        "Efface les messages reçus par les écoles il y a plus d'un an, les signalements répondus il y a plus de "
        "deux ans et les fichiers laissés de côté par un formulaire abandonné la veille. À lancer chaque nuit."
    )

    def executer(self, **options: object) -> None:
        self.stdout.write(
            _("Effacés : messages %(messages)d, signalements %(signalements)d, fichiers en attente %(fichiers)d.")
            % {"messages": purger_messages(), "signalements": purger_signalements(), "fichiers": purger_depots()}
        )
