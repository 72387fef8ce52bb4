"""Staff assignments: the one table that says who works where, in which role, from when to when."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from etablissements.registre.models import Etablissement
from portal.socle.confidentialite import Confidentialite


class AffectationQuerySet(models.QuerySet["Affectation"]):
    """Filters on assignments."""

    def en_cours(self, jour: datetime.date | None = None) -> "AffectationQuerySet":
        """Keep the assignments that hold on `jour` (today by default)."""
        jour = jour or timezone.localdate()
        return self.filter(Q(du__lte=jour) & (Q(au=None) | Q(au__gte=jour)))


class Affectation(models.Model):
    """One person, one role, one school, between two dates."""

    class Role(models.TextChoices):
        DIRECTEUR = "directeur", _("directeur")
        SECRETAIRE = "secretaire", _("secrétaire")

    confidentialite: ClassVar = Confidentialite(
        finalite="Ouvrir à un agent les droits de son poste, et seulement ceux-là.",
        conservation="Dix ans après la fin de l'affectation.",
        personnelles=("utilisateur", "role", "etablissement", "du", "au"),
        ordinaires=("id",),
    )

    utilisateur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="affectations")
    role = models.CharField(max_length=12, choices=Role)
    etablissement = models.ForeignKey(Etablissement, on_delete=models.PROTECT, related_name="affectations")
    du = models.DateField(default=timezone.localdate)
    au = models.DateField(null=True, blank=True)

    objects = AffectationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affectation")
        verbose_name_plural = _("affectations")
        constraints = (
            models.CheckConstraint(condition=Q(au=None) | Q(du__lte=F("au")), name="affectation_dates_en_ordre"),
            models.UniqueConstraint(
                fields=("utilisateur", "role", "etablissement"),
                condition=Q(au=None),
                name="affectation_ouverte_unique",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.etablissement_id}"
