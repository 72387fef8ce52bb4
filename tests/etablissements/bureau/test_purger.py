"""What the portal promised to forget is forgotten, and nothing else."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import UploadedFile

from etablissements.bureau.redaction.depots import deposer, purger_depots
from etablissements.monographie.models import Signalement
from sites.courrier.operations import recevoir
from sites.models import MessageRecu

from .ecoles import Ecole, photo

pytestmark = pytest.mark.django_db


def signaler(ecole: Ecole, champ: str, *, repondu_il_y_a: int | None) -> Signalement:
    reponse = {}
    if repondu_il_y_a is not None:
        quand = timezone.now() - datetime.timedelta(days=repondu_il_y_a)
        reponse = {"statut": "corrige", "traite_par": ecole.directrice, "traite_le": quand}
    return Signalement.objects.create(
        etablissement=ecole.etablissement,
        champ=champ,
        juste="x",
        par=ecole.directrice,
        signale_le=timezone.now() - datetime.timedelta(days=1000),
        **reponse,
    )


def test_la_purge_de_la_nuit(ecole: Ecole) -> None:
    gardes = {signaler(ecole, "eau", repondu_il_y_a=None).pk, signaler(ecole, "nom", repondu_il_y_a=729).pk}
    signaler(ecole, "adresse", repondu_il_y_a=731)
    for jours in (364, 366):
        message = recevoir(etablissement=ecole.etablissement, objet="autre", nom="x", texte="y", telephone="0612345678")
        MessageRecu.objects.filter(pk=message.pk).update(recu_le=timezone.now() - datetime.timedelta(days=jours))
    deposer(utilisateur=ecole.directrice, fichier=photo())

    sortie = io.StringIO()
    call_command("purger", stdout=sortie)
    assert sortie.getvalue() == "Effacés : messages 1, signalements 1, fichiers en attente 0.\n"
    assert set(Signalement.objects.values_list("pk", flat=True)) == gardes
    assert (MessageRecu.objects.count(), UploadedFile.objects.count()) == (1, 1)


def test_une_photo_laissee_de_cote_s_en_va_le_lendemain(ecole: Ecole) -> None:
    depot = deposer(utilisateur=ecole.directrice, fichier=photo())
    stockage, nom = depot.file.storage, depot.file.name
    perdu = deposer(utilisateur=ecole.directrice, fichier=photo())
    stockage.delete(perdu.file.name)
    assert purger_depots() == 1
    assert purger_depots(maintenant=timezone.now() + datetime.timedelta(hours=25)) == 1
    assert not UploadedFile.objects.exists()
    assert not stockage.exists(nom)
