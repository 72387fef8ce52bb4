"""Pupils, classes, enrolments, guardians and their slips."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from etablissements.registre.models import AnneeScolaire, Etablissement, Niveau
from portal.socle.confidentialite import Confidentialite

# \Z, not $: SQLite's regular expressions are Python's, where $ lets a line feed in.
CODE_MASSAR = r"^[A-Z][0-9]{9}\Z"


class Classe(models.Model):
    """A class of a school in a year. Its label begins with its level's code: `1APIC-3`."""

    confidentialite: ClassVar = Confidentialite(
        finalite="Aucune donnée personnelle.",
        conservation="Permanente.",
        personnelles=(),
        ordinaires=("id", "etablissement", "annee", "niveau", "libelle"),
    )

    etablissement = models.ForeignKey(Etablissement, on_delete=models.PROTECT, related_name="classes")
    annee = models.ForeignKey(AnneeScolaire, on_delete=models.PROTECT, related_name="classes")
    niveau = models.ForeignKey(Niveau, on_delete=models.PROTECT, related_name="classes")
    libelle = models.CharField(max_length=20)

    class Meta:
        ordering = ("niveau__ordre", "libelle")
        constraints = (
            models.UniqueConstraint(fields=("etablissement", "annee", "libelle"), name="classe_unique"),
            models.CheckConstraint(condition=Q(libelle__regex=r"^[0-9A-Z]+-[0-9]+\Z"), name="classe_libelle_forme"),
        )

    def __str__(self) -> str:
        return self.libelle


class Eleve(models.Model):
    """A pupil, keyed nationally by the code Massar. `cle` is the only identifier that goes into an address."""

    class Sexe(models.TextChoices):
        FILLE = "F", _("fille")
        GARCON = "M", _("garçon")

    confidentialite: ClassVar = Confidentialite(
        finalite="Tenir le dossier scolaire de l'élève et délivrer ses attestations.",
        conservation="Cinquante ans après la dernière inscription (dossier scolaire).",
        personnelles=(
            "code_massar",
            "nom_ar",
            "prenom_ar",
            "nom_fr",
            "prenom_fr",
            "sexe",
            "date_naissance",
            "lieu_naissance_ar",
            "lieu_naissance_fr",
        ),
        ordinaires=("id", "cle"),
    )

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code_massar = models.CharField(_("code Massar"), max_length=10, unique=True)
    nom_ar = models.CharField(_("nom en arabe"), max_length=100)
    prenom_ar = models.CharField(_("prénom en arabe"), max_length=100)
    nom_fr = models.CharField(_("nom en français"), max_length=100, blank=True)
    prenom_fr = models.CharField(_("prénom en français"), max_length=100, blank=True)
    sexe = models.CharField(_("sexe"), max_length=1, choices=Sexe)
    date_naissance = models.DateField(_("date de naissance"))
    lieu_naissance_ar = models.CharField(_("lieu de naissance en arabe"), max_length=100, blank=True)
    lieu_naissance_fr = models.CharField(_("lieu de naissance en français"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("élève")
        verbose_name_plural = _("élèves")
        constraints = (
            models.CheckConstraint(condition=Q(code_massar__regex=CODE_MASSAR), name="eleve_code_massar_forme"),
            models.CheckConstraint(condition=Q(sexe__in=["F", "M"]), name="eleve_sexe_connu"),
            models.CheckConstraint(condition=Q(date_naissance__gte="1950-01-01"), name="eleve_naissance_possible"),
            models.CheckConstraint(
                condition=(~Q(nom_ar="") & ~Q(prenom_ar="")) | (~Q(nom_fr="") & ~Q(prenom_fr="")),
                name="eleve_nomme_dans_une_ecriture",
            ),
        )

    def __str__(self) -> str:
        return str(self.cle)


class Inscription(models.Model):
    """A pupil in a class for a year. At most one is active per pupil and year."""

    class Statut(models.TextChoices):
        ACTIVE = "active", _("active")
        TERMINEE = "terminee", _("terminée")

    confidentialite: ClassVar = Confidentialite(
        finalite="Savoir où l'élève étudie, depuis quand.",
        conservation="Cinquante ans (dossier scolaire).",
        personnelles=("eleve", "classe", "annee", "statut", "du", "au"),
        ordinaires=("id",),
    )

    eleve = models.ForeignKey(Eleve, on_delete=models.PROTECT, related_name="inscriptions")
    annee = models.ForeignKey(AnneeScolaire, on_delete=models.PROTECT, related_name="inscriptions")
    classe = models.ForeignKey(Classe, on_delete=models.PROTECT, related_name="inscriptions")
    statut = models.CharField(max_length=10, choices=Statut, default=Statut.ACTIVE)
    du = models.DateField()
    au = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("eleve", "annee"), condition=Q(statut="active"), name="inscription_active_unique"
            ),
            models.CheckConstraint(condition=Q(au=None) | Q(du__lte=F("au")), name="inscription_dates_en_ordre"),
            models.CheckConstraint(
                condition=Q(statut="active", au=None) | Q(statut="terminee", au__isnull=False),
                name="inscription_terminee_datee",
            ),
        )
        indexes = (models.Index(fields=("classe", "statut"), name="inscription_classe_statut"),)

    def __str__(self) -> str:
        return f"{self.eleve_id} → {self.classe_id}"


class Tuteur(models.Model):
    """A guardian: a person with an account who answers for pupils."""

    confidentialite: ClassVar = Confidentialite(
        finalite="Savoir qui, dans la famille, consulte le dossier de l'élève.",
        conservation="Cinq ans après la fin de la dernière tutelle.",
        personnelles=("utilisateur", "nom", "prenom"),
        ordinaires=("id",),
    )

    utilisateur = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tuteur")
    nom = models.CharField(_("nom"), max_length=100)
    prenom = models.CharField(_("prénom"), max_length=100)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(nom="") & ~Q(prenom=""), name="tuteur_nomme"),)

    def __str__(self) -> str:
        return str(self.pk)


class Rang(models.IntegerChoices):
    """Which of the two guardians a slip is for."""

    PREMIER = 1, _("premier tuteur")
    SECOND = 2, _("second tuteur")


class Tutelle(models.Model):
    """The link between a guardian and a pupil: every family permission reads it.

    Declared by the guardian when the slip is used, confirmed or ended by the school.
    """

    class Lien(models.TextChoices):
        MERE = "mere", _("mère")
        PERE = "pere", _("père")
        TUTEUR = "tuteur", _("tuteur légal")
        KAFIL = "kafil", _("kafil")
        INSTITUTION = "institution", _("institution de protection")

    class Statut(models.TextChoices):
        DECLAREE = "declaree", _("déclarée")
        CONFIRMEE = "confirmee", _("confirmée")
        TERMINEE = "terminee", _("terminée")

    confidentialite: ClassVar = Confidentialite(
        finalite="Ouvrir le dossier de l'élève à ses tuteurs, et à eux seuls.",
        conservation="Cinq ans après la fin de la tutelle.",
        personnelles=(
            "tuteur",
            "eleve",
            "rang",
            "lien",
            "statut",
            "du",
            "au",
            "confirmee_par",
            "confirmee_le",
            "terminee_par",
            "motif_fin",
        ),
        ordinaires=("id", "cle"),
    )

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tuteur = models.ForeignKey(Tuteur, on_delete=models.PROTECT, related_name="tutelles")
    eleve = models.ForeignKey(Eleve, on_delete=models.PROTECT, related_name="tutelles")
    rang = models.PositiveSmallIntegerField(choices=Rang)
    lien = models.CharField(max_length=12, choices=Lien)
    statut = models.CharField(max_length=10, choices=Statut, default=Statut.DECLAREE)
    du = models.DateTimeField(default=timezone.now)
    au = models.DateTimeField(null=True, blank=True)
    confirmee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmee_le = models.DateTimeField(null=True, blank=True)
    terminee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    motif_fin = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("eleve", "rang"), condition=Q(au=None), name="tutelle_rang_unique"),
            models.UniqueConstraint(fields=("tuteur", "eleve"), condition=Q(au=None), name="tutelle_active_unique"),
            models.CheckConstraint(condition=Q(rang__in=[1, 2]), name="tutelle_rang_connu"),
            models.CheckConstraint(condition=Q(au=None) | Q(du__lte=F("au")), name="tutelle_dates_en_ordre"),
            models.CheckConstraint(
                condition=Q(statut="terminee", au__isnull=False) | (~Q(statut="terminee") & Q(au=None)),
                name="tutelle_terminee_datee",
            ),
            models.CheckConstraint(
                condition=Q(confirmee_par=None, confirmee_le=None)
                | Q(confirmee_par__isnull=False, confirmee_le__isnull=False),
                name="tutelle_confirmation_entiere",
            ),
        )

    def __str__(self) -> str:
        return str(self.cle)


class Bordereau(models.Model):
    """An activation slip: one pupil, one rank, one use. Only a keyed hash of its code is kept."""

    class Etat(models.TextChoices):
        ACTIF = "actif", _("actif")
        UTILISE = "utilise", _("utilisé")
        ANNULE = "annule", _("annulé")

    ESSAIS_PERMIS = 10

    confidentialite: ClassVar = Confidentialite(
        finalite="Remettre à un tuteur, par l'école, le moyen d'ouvrir son espace.",
        conservation="Deux ans après l'émission.",
        personnelles=("eleve", "rang", "empreinte", "utilise_le"),
        ordinaires=("id", "etat", "emis_le", "expire_le", "essais"),
    )

    eleve = models.ForeignKey(Eleve, on_delete=models.PROTECT, related_name="bordereaux")
    rang = models.PositiveSmallIntegerField(choices=Rang)
    empreinte = models.CharField(max_length=64, unique=True)
    etat = models.CharField(max_length=8, choices=Etat, default=Etat.ACTIF)
    emis_le = models.DateTimeField(default=timezone.now)
    expire_le = models.DateTimeField()
    utilise_le = models.DateTimeField(null=True, blank=True)
    essais = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("eleve", "rang"), condition=Q(etat="actif"), name="bordereau_actif_unique"),
            models.CheckConstraint(condition=Q(emis_le__lt=F("expire_le")), name="bordereau_dates_en_ordre"),
            models.CheckConstraint(
                condition=Q(etat="utilise", utilise_le__isnull=False) | (~Q(etat="utilise") & Q(utilise_le=None)),
                name="bordereau_utilise_date",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
