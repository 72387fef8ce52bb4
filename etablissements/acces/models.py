"""Staff assignments: the one table that says who works where, in which role, from when to when."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from etablissements.registre.models import Academie, Direction, Etablissement
from portal.socle.confidentialite import Confidentialite


class AffectationQuerySet(models.QuerySet["Affectation"]):
    """Filters on assignments."""

    def en_cours(self, jour: datetime.date | None = None) -> "AffectationQuerySet":
        """Keep the assignments that hold on `jour` (today by default)."""
        jour = jour or timezone.localdate()
        return self.filter(Q(du__lte=jour) & (Q(au=None) | Q(au__gte=jour)))


class Affectation(models.Model):
    """One person, one role, one scope, between two dates.

    The scope is a school, a direction, an academy, or the whole country when none of the three is set; the role says
    which of them it may be (`PORTEES`), and the database holds to it.
    """

    class Role(models.TextChoices):
        DIRECTEUR = "directeur", _("directeur")
        SECRETAIRE = "secretaire", _("secrétaire")
        REDACTEUR = "redacteur", _("rédacteur")
        COMMUNICATEUR = "communicateur", _("chargé de communication")
        MINISTERE = "ministere", _("ministère")

    # The fields that may carry the scope of each role; none of them: the country.
    PORTEES: ClassVar[dict[str, tuple[str, ...]]] = {
        "directeur": ("etablissement",),
        "secretaire": ("etablissement",),
        "redacteur": ("etablissement",),
        "communicateur": ("direction", "academie"),
        "ministere": (),
    }

    confidentialite: ClassVar = Confidentialite(
        finalite="Ouvrir à un agent les droits de son poste, et seulement ceux-là.",
        conservation="Dix ans après la fin de l'affectation.",
        personnelles=("utilisateur", "role", "etablissement", "direction", "academie", "du", "au"),
        ordinaires=("id",),
    )

    utilisateur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="affectations")
    role = models.CharField(max_length=14, choices=Role)
    etablissement = models.ForeignKey(
        Etablissement, on_delete=models.PROTECT, null=True, blank=True, related_name="affectations"
    )
    direction = models.ForeignKey(
        Direction, on_delete=models.PROTECT, null=True, blank=True, related_name="affectations"
    )
    academie = models.ForeignKey(Academie, on_delete=models.PROTECT, null=True, blank=True, related_name="affectations")
    du = models.DateField(default=timezone.localdate)
    au = models.DateField(null=True, blank=True)

    objects = AffectationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affectation")
        verbose_name_plural = _("affectations")
        constraints = (
            models.CheckConstraint(condition=Q(au=None) | Q(du__lte=F("au")), name="affectation_dates_en_ordre"),
            models.CheckConstraint(
                condition=(
                    Q(role__in=("directeur", "secretaire", "redacteur"))
                    & Q(etablissement__isnull=False, direction=None, academie=None)
                )
                | (Q(role="communicateur", etablissement=None, direction__isnull=False, academie=None))
                | (Q(role="communicateur", etablissement=None, direction=None, academie__isnull=False))
                | (Q(role="ministere", etablissement=None, direction=None, academie=None)),
                name="affectation_role_et_portee",
            ),
            models.UniqueConstraint(
                fields=("utilisateur", "role", "etablissement"),
                condition=Q(au=None),
                name="affectation_ouverte_unique",
            ),
            models.UniqueConstraint(
                fields=("utilisateur", "role", "direction"),
                condition=Q(au=None),
                name="affectation_direction_unique",
            ),
            models.UniqueConstraint(
                fields=("utilisateur", "role", "academie"),
                condition=Q(au=None),
                name="affectation_academie_unique",
            ),
            models.UniqueConstraint(
                fields=("utilisateur", "role"),
                condition=Q(au=None, etablissement=None, direction=None, academie=None),
                name="affectation_pays_unique",
            ),
        )

    def __str__(self) -> str:
        return (
            f"{self.get_role_display()} {self.etablissement_id or self.direction_id or self.academie_id or ''}".strip()
        )
