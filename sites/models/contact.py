"""How to reach a school, and what people write to it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from etablissements.registre.models import Etablissement
from portal.socle.champs import CorpsField
from portal.socle.confidentialite import Confidentialite
from portal.socle.pages import PagePortail

from ..variantes import Section
from .base import PageDeSection

# A message is deleted a year after it came (see `courrier.operations.purger_messages`).
CONSERVATION_JOURS = 365
TEXTE_MAX = 4000


class PageContact(PageDeSection):
    """How to reach a school: the registry's address, and the school's own words."""

    section = Section.CONTACT
    traduisible = True
    template = "sites/contact.html"

    horaires = CorpsField(blank=True, verbose_name=_("horaires et accès"))

    content_panels = (*PagePortail.content_panels, FieldPanel("horaires"))

    class Meta:
        verbose_name = _("contact")


class MessageRecuQuerySet(models.QuerySet["MessageRecu"]):
    """Filters on received messages."""

    def des_ecoles(self, etablissements: Any) -> "MessageRecuQuerySet":
        """Keep those sent to one of these schools (primary keys, or a queryset)."""
        return self.filter(etablissement__in=etablissements)

    def a_traiter(self) -> "MessageRecuQuerySet":
        """Keep those that nobody dealt with."""
        return self.filter(traite_le=None)


class MessageRecu(models.Model):
    """What somebody wrote to a school. The school alone reads it."""

    class Objet(models.TextChoices):
        INSCRIPTION = "inscription", _("Inscription, changement d'école")
        SCOLARITE = "scolarite", _("Scolarité d'un élève")
        DOCUMENT = "document", _("Demande d'un document")
        SERVICES = "services", _("Cantine, internat, transport")
        AUTRE = "autre", _("Autre sujet")

    confidentialite = Confidentialite(
        finalite="Répondre à la personne qui écrit à l'école.",
        conservation="Un an après la réception, puis effacé.",
        personnelles=("nom", "courriel", "telephone", "texte", "traite_par"),
        ordinaires=("id", "etablissement", "objet", "langue", "recu_le", "traite_le"),
    )

    etablissement = models.ForeignKey(Etablissement, on_delete=models.PROTECT, related_name="+")
    objet = models.CharField(_("sujet"), max_length=12, choices=Objet)
    nom = models.CharField(_("nom complet"), max_length=100)
    courriel = models.EmailField(_("courriel"), blank=True)
    telephone = models.CharField(_("téléphone"), max_length=20, blank=True)
    texte = models.TextField(_("message"), max_length=TEXTE_MAX)
    langue = models.CharField(_("langue"), max_length=10)
    recu_le = models.DateTimeField(_("reçu le"), auto_now_add=True)
    traite_le = models.DateTimeField(_("traité le"), null=True, blank=True)
    traite_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MessageRecuQuerySet.as_manager()

    class Meta:
        verbose_name = _("message reçu")
        verbose_name_plural = _("messages reçus")
        ordering = ("-recu_le", "-pk")
        indexes = (models.Index(fields=("etablissement", "-recu_le"), name="message_ecole_recu"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(traite_le=None, traite_par=None) | Q(traite_le__isnull=False, traite_par__isnull=False),
                name="message_traite_par_et_le",
            ),
            models.CheckConstraint(condition=~Q(courriel="") | ~Q(telephone=""), name="message_moyen_de_repondre"),
        )

    def __str__(self) -> str:
        return f"{self.get_objet_display()} ({self.pk})"
