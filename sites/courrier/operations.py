"""Writing side of the inbox: receive a message, mark it dealt with, delete the old ones."""

import datetime

from django.utils import timezone
from django.utils.translation import get_language

from etablissements.registre.models import Etablissement
from portal.comptes.models import Utilisateur

from ..models.contact import CONSERVATION_JOURS, MessageRecu


def recevoir(
    *, etablissement: Etablissement, objet: str, nom: str, texte: str, courriel: str = "", telephone: str = ""
) -> MessageRecu:
    """Put a message in the inbox of a school, with the language in which to answer."""
    return MessageRecu.objects.create(
        etablissement=etablissement,
        objet=objet,
        nom=nom,
        texte=texte,
        courriel=courriel,
        telephone=telephone,
        langue=get_language() or "",
    )


def traiter(*, message: MessageRecu, par: Utilisateur) -> None:
    """Mark a message as dealt with; the first to do so stays."""
    MessageRecu.objects.a_traiter().filter(pk=message.pk).update(traite_le=timezone.now(), traite_par=par)


def rouvrir(*, message: MessageRecu) -> None:
    """Put a message back among those that wait."""
    MessageRecu.objects.filter(pk=message.pk).update(traite_le=None, traite_par=None)


def purger_messages(*, maintenant: datetime.datetime | None = None) -> int:
    """Delete the messages received more than a year ago, answered or not; return how many."""
    limite = (maintenant or timezone.now()) - datetime.timedelta(days=CONSERVATION_JOURS)
    supprimes, _par_modele = MessageRecu.objects.filter(recu_le__lt=limite).delete()
    return supprimes
