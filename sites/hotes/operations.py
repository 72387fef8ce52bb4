"""Ask for a host, prove it, give it up."""

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from etablissements.registre.models import Etablissement
from portal.diffusion import cles
from portal.diffusion.api import perimer

from ..models.hotes import HoteEcole, nouveau_jeton
from . import verification
from .carte import annoncer_changement
from .noms import lire_hote

ATTENTE = 30  # seconds between two calls to the outside for one school


class TropTot(Exception):
    """The host was asked a moment ago."""


class HotePris(Exception):
    """Another school proved this host."""


@transaction.atomic
def demander_hote(*, etablissement: Etablissement, hote: str) -> HoteEcole:
    """Write that the school wants this host, to be proved. Asking for the same again changes nothing.

    Raises:
        ValidationError: not a host that a school may have.
    """
    voulu = lire_hote(hote)
    demandes = HoteEcole.objects.select_for_update()
    demande, _nouvelle = demandes.get_or_create(etablissement=etablissement, defaults={"hote": voulu})
    if demande.hote != voulu:
        perimer(cles.ecole(etablissement.gresa))
        demande.hote, demande.jeton, demande.verifie_le = voulu, nouveau_jeton(), None
        demande.demande_le = timezone.now()
        demande.save()
        annoncer_changement()
    return demande


def prouver_hote(
    *,
    demande: HoteEcole,
    resolveur: verification.Resoudre = verification.resoudre,
    joignable: verification.Juger = verification.est_publique,
    port: int = 80,
) -> HoteEcole:
    """Ask the host for its token, and open it.

    Raises:
        TropTot: asked less than `ATTENTE` seconds ago.
        PreuveAbsente: the token is not there.
        HotePris: another school has proved this host.
    """
    if not cache.add(f"sites.hotes.preuve.{demande.pk}", 1, timeout=ATTENTE):
        raise TropTot
    verification.exiger_la_preuve(demande.hote, demande.jeton, resolveur=resolveur, joignable=joignable, port=port)
    try:
        with transaction.atomic():
            # The token is asked again in the condition: the host may have been changed while we were outside.
            prouve = HoteEcole.objects.filter(pk=demande.pk, hote=demande.hote, jeton=demande.jeton)
            if not prouve.update(verifie_le=timezone.now()):
                raise verification.PreuveAbsente
            perimer(cles.ecole(demande.etablissement.gresa))
            annoncer_changement()
    except IntegrityError:
        raise HotePris from None
    demande.refresh_from_db()
    return demande


@transaction.atomic
def rendre_hote(*, etablissement: Etablissement) -> None:
    """Give the host up: the school's pages are at the portal's address again."""
    HoteEcole.objects.filter(etablissement=etablissement).delete()
    perimer(cles.ecole(etablissement.gresa))
    annoncer_changement()
