"""What each role of the staff may do."""

from django.db.models import QuerySet

from etablissements.registre.models import Etablissement

from .models import Affectation
from .requetes import etablissements_atteints, etablissements_ou

_ROLE = Affectation.Role

# What each role may do with the site of the schools it reaches. Where a school asks for moderation, an editor of
# `PUBLIENT_SANS_MODERATION` proposes and somebody of `PUBLIENT` decides.
PUBLIENT = frozenset({str(_ROLE.DIRECTEUR), str(_ROLE.COMMUNICATEUR), str(_ROLE.MINISTERE)})
PUBLIENT_SANS_MODERATION = frozenset({str(_ROLE.REDACTEUR)})
REDIGENT = PUBLIENT | PUBLIENT_SANS_MODERATION
# Who sees a school in the back office.
VOIENT = REDIGENT | {str(_ROLE.SECRETAIRE)}

# Who, in a school, sees, confirms and ends the guardianships of its pupils.
GERENT_LES_TUTELLES = frozenset({str(_ROLE.DIRECTEUR), str(_ROLE.SECRETAIRE)})


def ou_gerer_les_tutelles(*, utilisateur_id: int) -> QuerySet[Etablissement]:
    """Return the schools whose guardianships this person may manage today; none for whoever has no such role."""
    return etablissements_ou(utilisateur_id=utilisateur_id, roles=GERENT_LES_TUTELLES)


# Who sets up the site of a school: its settings, its host name, the yearly confirmation of its facts.
REGLENT_LE_SITE = frozenset({str(_ROLE.DIRECTEUR)})


def ou_regler_le_site(*, utilisateur_id: int) -> QuerySet[Etablissement]:
    """Return the open schools, units apart, whose site this person sets up today."""
    return etablissements_ou(utilisateur_id=utilisateur_id, roles=REGLENT_LE_SITE).autonomes()


# Who answers when a school says that one of its facts is wrong: its direction, its academy, the ministry.
REPONDENT_AUX_SIGNALEMENTS = frozenset({str(_ROLE.COMMUNICATEUR), str(_ROLE.MINISTERE)})


def ou_repondre_aux_signalements(*, utilisateur_id: int) -> QuerySet[Etablissement]:
    """Return the schools to whose reports this person answers today."""
    return etablissements_atteints(utilisateur_id=utilisateur_id, roles=REPONDENT_AUX_SIGNALEMENTS)


# Who reads what families write to a school: those who work there and answer. Nobody above it.
LISENT_LES_MESSAGES = frozenset({str(_ROLE.DIRECTEUR), str(_ROLE.SECRETAIRE)})


def ou_lire_les_messages(*, utilisateur_id: int) -> QuerySet[Etablissement]:
    """Return the schools whose inbox this person reads today."""
    return etablissements_ou(utilisateur_id=utilisateur_id, roles=LISENT_LES_MESSAGES)
