"""Tell by e-mail, to who gave an address: the director that a text waits. The rest is Wagtail's."""

import logging
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import TaskState

from etablissements.acces.models import Affectation
from portal.comptes.models import Utilisateur
from sites.models import PageDEcole

journal = logging.getLogger(__name__)


def prevenir_la_direction(instance: TaskState, user: Utilisateur | None = None, **_kwargs: Any) -> None:
    """Write to the directors of the school whose page waits (signal `task_submitted`), once it is saved for good."""
    page = instance.workflow_state.content_object.specific
    if not isinstance(page, PageDEcole):
        return
    postes = Affectation.objects.en_cours().filter(
        etablissement=page.etablissement_id, role=Affectation.Role.DIRECTEUR, utilisateur__is_active=True
    )
    directeurs = Utilisateur.objects.filter(pk__in=postes.values("utilisateur")).exclude(email="")
    if user:
        directeurs = directeurs.exclude(pk=user.pk)
    for directeur in directeurs.select_related("wagtail_userprofile"):
        transaction.on_commit(partial(_ecrire, directeur, page, instance.pk))


def _ecrire(directeur: Utilisateur, page: PageDEcole, etat_id: int) -> None:
    """Send one message, in the language of its reader; a mail server that fails must not undo the proposal."""
    profil = getattr(directeur, "wagtail_userprofile", None)
    with override(profil.get_preferred_language() if profil else settings.LANGUAGE_CODE):
        adresse = f"{settings.URL_PUBLIQUE}{reverse('bureau:proposition', args=[etat_id])}"
        contexte = {"ecole": page.etablissement.nom_public, "titre": page.draft_title, "adresse": adresse}
        objet = _("Un texte attend votre accord")
        texte = render_to_string("bureau/courriels/proposition.txt", contexte)
    try:
        send_mail(objet, texte, None, [directeur.email])
    except OSError:
        journal.warning("Proposition %s: the message could not be sent.", etat_id)
