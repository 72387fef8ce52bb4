"""`manage.py charger_registre`: the nomenclatures, from the project's own data files."""

from django.utils.translation import gettext as _

from etablissements.registre.chargement import NOMENCLATURES, charger_registre
from portal.socle.commandes import CommandePortail


class Command(CommandePortail):
    help = "Charge les nomenclatures du registre. La relancer ne change rien."

    def executer(self, **options: object) -> None:
        with self.progression(_("Registre"), len(NOMENCLATURES)) as progression:
            bilans = charger_registre(apres_table=lambda _bilan: progression.avancer())
        for bilan in bilans:
            self.stdout.write(
                _("%(fichier)s : %(crees)d créés, %(modifies)d modifiés, %(inchanges)d inchangés")
                % {
                    "fichier": bilan.fichier,
                    "crees": bilan.crees,
                    "modifies": bilan.modifies,
                    "inchanges": bilan.inchanges,
                }
            )
