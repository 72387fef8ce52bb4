"""Reading the assignments: where somebody works, with which role."""

import datetime
from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils import timezone

from etablissements.registre.models import Etablissement

from .models import Affectation


def etablissements_ou(
    *, utilisateur_id: int, roles: Collection[str], jour: datetime.date | None = None
) -> QuerySet[Etablissement]:
    """Return the schools where this person holds one of `roles` on `jour` (today by default), and their units.

    A satellite or an annexe is run by the school it belongs to. Being a superuser gives nothing here.
    """
    affectations = Affectation.objects.en_cours(jour or timezone.localdate()).filter(
        utilisateur_id=utilisateur_id, utilisateur__is_active=True, role__in=roles
    )
    ecoles = affectations.values("etablissement")
    return Etablissement.objects.filter(Q(pk__in=ecoles) | Q(rattachement__in=ecoles))
