"""Builders of accounts and assignments."""

import datetime
import itertools

from etablissements.acces.models import Affectation
from etablissements.registre.models import Academie, Direction, Etablissement
from portal.comptes.models import Utilisateur

from .registre import creer_etablissement

MOT_DE_PASSE = "olivier-cedre-argane"
_rangs = itertools.count(1)


def creer_utilisateur(
    *, username: str | None = None, mot_de_passe: str | None = MOT_DE_PASSE, **champs: object
) -> Utilisateur:
    """An account, with the password `MOT_DE_PASSE` unless given."""
    return Utilisateur.objects.create_user(username=username or f"essai{next(_rangs)}", password=mot_de_passe, **champs)


def creer_affectation(
    *,
    utilisateur: Utilisateur | None = None,
    etablissement: Etablissement | None = None,
    direction: Direction | None = None,
    academie: Academie | None = None,
    role: str = Affectation.Role.DIRECTEUR,
    du: datetime.date = datetime.date(2020, 9, 1),
    au: datetime.date | None = None,
) -> Affectation:
    """An assignment, open since 2020 unless said otherwise; in a school of its own when the role wants one."""
    if etablissement is None and "etablissement" in Affectation.PORTEES[role]:
        etablissement = creer_etablissement()
    return Affectation.objects.create(
        utilisateur=utilisateur or creer_utilisateur(),
        etablissement=etablissement,
        direction=direction,
        academie=academie,
        role=role,
        du=du,
        au=au,
    )
