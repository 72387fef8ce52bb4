"""How many messages a school takes. No number of senders closes its form: above a flow, each is asked for more.

What a flood costs is addresses. Below the flow one address sends ten an hour to a school; above it, two, and only from
a form that was opened two minutes before. A family that writes meanwhile waits those two minutes; it is never turned
away for what others sent from elsewhere.
"""

import ipaddress
from enum import Enum, auto

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.http import HttpRequest

ATTENTE = 120  # seconds between the form and its message, above the flow
PREFIXE_IPV6 = 64  # one subscriber has as many addresses as these bits leave


class Accueil(Enum):
    """What becomes of a message."""

    ADMIS = auto()
    A_RENVOYER = auto()  # in `ATTENTE` seconds
    REFUSE = auto()


def admettre(request: HttpRequest, *, ecole: str, attendu: bool) -> Accueil:
    """Count a message and say what becomes of it. One that is to be sent again is not counted.

    Args:
        request: it says from which address.
        ecole: code of the school.
        attendu: whether the form was opened `ATTENTE` seconds ago.
    """
    expediteur = f"{ecole} {_reseau(request)}"
    affluence = not ratelimit.consume(request, action="message_affluence", key=ecole, dry_run=True)
    if affluence and not attendu:
        return Accueil.A_RENVOYER
    if not ratelimit.consume(request, action="message_ecole", key=expediteur):
        return Accueil.REFUSE
    if affluence and not ratelimit.consume(request, action="message_sous_affluence", key=expediteur):
        return Accueil.REFUSE
    ratelimit.consume(request, action="message_affluence", key=ecole)
    return Accueil.ADMIS


def _reseau(request: HttpRequest) -> str:
    """Return the address of whoever writes; of an IPv6 one, the network of its subscriber."""
    adresse = ipaddress.ip_interface(get_adapter().get_client_ip(request))
    if adresse.version == 4:
        return str(adresse.ip)
    return str(ipaddress.ip_network((adresse.ip, PREFIXE_IPV6), strict=False))
