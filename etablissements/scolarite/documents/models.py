"""The register of issued papers."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from etablissements.registre.models import AnneeScolaire, Etablissement
from etablissements.scolarite.inscriptions.models import Eleve
from portal.socle.confidentialite import Confidentialite


class TypeDocument(models.TextChoices):
    """The kinds of papers the portal issues."""

    ATTESTATION_SCOLARITE = "attestation", _("attestation de scolarité")


class CompteurDocuments(models.Model):
    """The last serial number given by a school in a year, for one kind of paper."""

    confidentialite: ClassVar = Confidentialite(
        finalite="Aucune donnée personnelle.",
        conservation="Permanente.",
        personnelles=(),
        ordinaires=("id", "etablissement", "annee", "type", "dernier"),
    )

    etablissement = models.ForeignKey(Etablissement, on_delete=models.PROTECT, related_name="+")
    annee = models.ForeignKey(AnneeScolaire, on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=12, choices=TypeDocument)
    dernier = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("etablissement", "annee", "type"), name="compteur_unique"),)

    def __str__(self) -> str:
        return f"{self.etablissement_id} {self.annee_id} {self.type}"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Filters on papers."""

    def valides(self) -> "DocumentQuerySet":
        """Keep the papers that are neither superseded nor revoked."""
        return self.filter(etat=Document.Etat.VALIDE)


class Document(models.Model):
    """One issued paper: its number, its frozen facts, the hash of its file, its state.

    `id` is 26 Crockford base32 characters (130 random bits): who holds the paper can check it, nobody can guess it.
    """

    class Etat(models.TextChoices):
        VALIDE = "valide", _("valide")
        REMPLACE = "remplace", _("remplacé")
        REVOQUE = "revoque", _("révoqué")

    confidentialite: ClassVar = Confidentialite(
        finalite="Prouver à un tiers qu'un papier a été délivré, tel quel, par l'école.",
        conservation="Dix ans après la délivrance.",
        personnelles=("eleve", "faits", "empreinte_faits", "fichier", "demande_par"),
        ordinaires=(
            "id",
            "type",
            "numero",
            "etablissement",
            "annee",
            "version_gabarit",
            "sha256",
            "emis_le",
            "jour",
            "etat",
            "remplace_par",
            "revoque_le",
            "motif_revocation",
        ),
    )

    id = models.CharField(max_length=26, primary_key=True)
    type = models.CharField(max_length=12, choices=TypeDocument)
    numero = models.PositiveIntegerField()
    etablissement = models.ForeignKey(Etablissement, on_delete=models.PROTECT, related_name="documents")
    annee = models.ForeignKey(AnneeScolaire, on_delete=models.PROTECT, related_name="documents")
    eleve = models.ForeignKey(Eleve, on_delete=models.PROTECT, related_name="documents")
    faits = models.JSONField()
    empreinte_faits = models.CharField(max_length=64)
    version_gabarit = models.CharField(max_length=20)
    fichier = models.CharField(max_length=100, help_text=_("Nom dans le stockage privé des documents."))
    sha256 = models.CharField(max_length=64, unique=True)
    emis_le = models.DateTimeField(default=timezone.now)
    jour = models.DateField(help_text=_("Jour de délivrance, à Casablanca."))
    demande_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    etat = models.CharField(max_length=8, choices=Etat, default=Etat.VALIDE)
    remplace_par = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revoque_le = models.DateTimeField(null=True, blank=True)
    motif_revocation = models.CharField(max_length=200, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("-emis_le",)
        constraints = (
            models.UniqueConstraint(fields=("etablissement", "annee", "type", "numero"), name="document_numero_unique"),
            models.UniqueConstraint(
                fields=("eleve", "annee", "type", "jour", "empreinte_faits"),
                condition=Q(etat="valide"),
                name="document_unique_par_jour",
            ),
            models.CheckConstraint(
                condition=Q(etat="revoque", revoque_le__isnull=False) | (~Q(etat="revoque") & Q(revoque_le=None)),
                name="document_revocation_datee",
            ),
            models.CheckConstraint(
                condition=Q(etat="remplace", remplace_par__isnull=False) | ~Q(etat="remplace"),
                name="document_remplacant_connu",
            ),
        )

    def __str__(self) -> str:
        return self.id

    @property
    def numero_imprime(self) -> str:
        """The serial number as the paper prints it: `16698Z/2026-2027/00012`."""
        return f"{self.etablissement.gresa}/{self.annee_id}/{self.numero:05d}"
