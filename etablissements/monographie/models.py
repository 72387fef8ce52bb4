"""Who confirmed the facts of a school, and who says that one is wrong. The facts themselves are elsewhere."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from etablissements.registre.models import AnneeScolaire, Etablissement
from portal.socle.confidentialite import Confidentialite


class Champ(models.TextChoices):
    """The facts of a monograph. Those of the last two rows are kinds of `registre.Dotation`."""

    NOM = "nom", pgettext_lazy("fait d'un établissement", "nom")
    TYPE = "type", _("type et cycles")
    SITUATION = "situation", _("commune et direction")
    ADRESSE = "adresse", _("adresse")
    TELEPHONE = "telephone", _("téléphone")
    COURRIEL = "courriel", _("courriel")
    UNITES = "unites", _("satellites et annexes")
    EFFECTIFS = "effectifs", _("effectifs")
    EAU = "eau", _("eau potable")
    ELECTRICITE = "electricite", _("électricité")
    ASSAINISSEMENT = "assainissement", _("assainissement")
    CLOTURE = "cloture", _("clôture")
    BIBLIOTHEQUE = "bibliotheque", _("bibliothèque")
    LABORATOIRE = "laboratoire", _("laboratoires")
    INFORMATIQUE = "informatique", _("salle informatique")
    SPORT = "sport", _("terrain de sport")
    SALLES = "salles", _("salles de classe")
    CANTINE = "cantine", _("cantine")
    INTERNAT = "internat", _("internat")
    TRANSPORT = "transport", _("transport scolaire")


class ConfirmationMonographie(models.Model):
    """A director said, on a day, that the facts of the school are right. `empreinte` says which facts."""

    confidentialite: ClassVar = Confidentialite(
        finalite="Dire qui, à l'école, a confirmé les faits publiés.",
        conservation="Dix ans.",
        personnelles=("par",),
        ordinaires=("id", "etablissement", "annee", "confirmee_le", "empreinte"),
    )

    etablissement = models.ForeignKey(Etablissement, on_delete=models.PROTECT, related_name="confirmations")
    annee = models.ForeignKey(AnneeScolaire, on_delete=models.PROTECT, related_name="+")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmee_le = models.DateTimeField(default=timezone.now)
    empreinte = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("confirmation de la monographie")
        verbose_name_plural = _("confirmations des monographies")
        ordering = ("-confirmee_le", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("etablissement", "annee", "empreinte"), name="confirmation_unique"),
            models.CheckConstraint(
                condition=Q(empreinte__regex=r"^[0-9a-f]{64}\Z"), name="confirmation_empreinte_forme"
            ),
        )
        indexes = (models.Index(fields=("etablissement", "-confirmee_le"), name="confirmation_recente"),)

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.etablissement_id} {self.annee_id}"


# An answered report is deleted after that (see `operations.purger_signalements`).
CONSERVATION_JOURS = 2 * 365


class Signalement(models.Model):
    """A director says that a fact is wrong and what is right. It changes no fact: the direction answers."""

    class Statut(models.TextChoices):
        OUVERT = "ouvert", _("en attente")
        CORRIGE = "corrige", _("corrigé au registre")
        ECARTE = "ecarte", _("écarté")

    confidentialite: ClassVar = Confidentialite(
        finalite="Corriger au registre un fait qu'une école dit faux.",
        conservation="Deux ans après la réponse.",
        personnelles=("par", "juste", "traite_par", "reponse"),
        ordinaires=("id", "etablissement", "champ", "statut", "signale_le", "traite_le"),
    )

    etablissement = models.ForeignKey(Etablissement, on_delete=models.PROTECT, related_name="signalements")
    champ = models.CharField(_("fait"), max_length=14, choices=Champ)
    juste = models.CharField(_("ce qui est juste"), max_length=500)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signale_le = models.DateTimeField(default=timezone.now)
    statut = models.CharField(max_length=8, choices=Statut, default=Statut.OUVERT)
    traite_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    traite_le = models.DateTimeField(null=True, blank=True)
    reponse = models.CharField(_("réponse de la direction"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("signalement")
        verbose_name_plural = _("signalements")
        ordering = ("-signale_le", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("etablissement", "champ"), condition=Q(statut="ouvert"), name="signalement_ouvert_unique"
            ),
            models.CheckConstraint(condition=~Q(juste=""), name="signalement_dit_le_juste"),
            models.CheckConstraint(
                condition=Q(statut="ouvert", traite_le=None, traite_par=None)
                | (~Q(statut="ouvert") & Q(traite_le__isnull=False, traite_par__isnull=False)),
                name="signalement_traite_par_quelqu_un",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_champ_display()} {self.etablissement_id}"
