"""The trace of each import: where the figures of the public pages come from."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from etablissements.registre.models import AnneeScolaire, Etablissement
from portal.socle.confidentialite import Confidentialite


class ImportListe(models.Model):
    """One class-list workbook imported for a school and a year. Written in the same transaction as its pupils."""

    confidentialite: ClassVar = Confidentialite(
        finalite="Dater et sourcer les effectifs publiés.",
        conservation="Dix ans.",
        personnelles=(),
        ordinaires=("id", "etablissement", "annee", "nom_fichier", "sha256", "importe_le", "nb_classes", "nb_eleves"),
    )

    etablissement = models.ForeignKey(Etablissement, on_delete=models.PROTECT, related_name="imports")
    annee = models.ForeignKey(AnneeScolaire, on_delete=models.PROTECT, related_name="imports")
    nom_fichier = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    importe_le = models.DateTimeField(default=timezone.now)
    nb_classes = models.PositiveIntegerField()
    nb_eleves = models.PositiveIntegerField()

    class Meta:
        ordering = ("-importe_le",)
        constraints = (
            models.UniqueConstraint(fields=("etablissement", "annee", "sha256"), name="import_liste_unique"),
        )

    def __str__(self) -> str:
        return self.nom_fichier
