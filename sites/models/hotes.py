"""The host name that a school asked for, and the proof that it is its own."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from etablissements.registre.models import Etablissement


def nouveau_jeton() -> str:
    """Return what the school must publish to prove that a host is its own."""
    return secrets.token_hex(20)


class HoteEcoleQuerySet(models.QuerySet["HoteEcole"]):
    """Filters on hosts."""

    def verifies(self) -> "HoteEcoleQuerySet":
        """Keep the hosts that were proved."""
        return self.filter(verifie_le__isnull=False)


class HoteEcole(models.Model):
    """One host per school. Many may ask for a name; one at most has proved it."""

    etablissement = models.OneToOneField(Etablissement, on_delete=models.CASCADE, related_name="hote", primary_key=True)
    hote = models.CharField(_("nom de domaine"), max_length=253)
    jeton = models.CharField(max_length=40, default=nouveau_jeton, editable=False)
    demande_le = models.DateTimeField(default=timezone.now)
    verifie_le = models.DateTimeField(null=True, blank=True)

    objects = HoteEcoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("nom de domaine d'établissement")
        verbose_name_plural = _("noms de domaine des établissements")
        constraints = (
            models.UniqueConstraint(fields=("hote",), condition=Q(verifie_le__isnull=False), name="hote_prouve_unique"),
            models.CheckConstraint(condition=Q(hote__regex=r"^[a-z0-9][a-z0-9.-]*[a-z0-9]\Z"), name="hote_forme"),
        )

    def __str__(self) -> str:
        return self.hote
