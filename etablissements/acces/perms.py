"""What each role of the staff may do."""

from django.db.models import QuerySet

from etablissements.registre.models import Etablissement

from .models import Affectation
from .requetes import etablissements_ou

# Who, in a school, sees, confirms and ends the guardianships of its pupils.
GERENT_LES_TUTELLES = frozenset({str(Affectation.Role.DIRECTEUR), str(Affectation.Role.SECRETAIRE)})


def ou_gerer_les_tutelles(*, utilisateur_id: int) -> QuerySet[Etablissement]:
    """Return the schools whose guardianships this person may manage today; none for whoever has no such role."""
    return etablissements_ou(utilisateur_id=utilisateur_id, roles=GERENT_LES_TUTELLES)
