"""Prove that a host is the school's: it must publish our token. We ask once, in plain HTTP, never a private network.

The name is resolved once and the connection goes to the address that was judged: a name that changes its mind between
the check and the call reaches nothing. Redirects are not followed, little is read, and not for long.
"""

import ipaddress
import re
import socket
import time
from collections.abc import Callable, Sequence

from portal.socle.texte import nettoyer

CHEMIN = "/.well-known/portail-ecole.txt"
DELAI = 5.0  # seconds
TAILLE_MAX = 4096  # bytes, headers included
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_ACCEPTEE = re.compile(rb"HTTP/1\.[01] 200\b")

Resoudre = Callable[[str], Sequence[str]]
Juger = Callable[[str], bool]


class PreuveAbsente(Exception):
    """The host does not publish the token, or cannot be asked."""


def resoudre(hote: str) -> list[str]:
    """Return the addresses of a host as the machine's resolver gives them; none when it knows none."""
    try:
        return [str(reponse[4][0]) for reponse in socket.getaddrinfo(hote, 80, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return []


def est_publique(adresse: str) -> bool:
    """Whether an address is on the public network, as it is written: one that wraps another is not."""
    try:
        lue = ipaddress.ip_address(adresse)
    except ValueError:
        return False
    if isinstance(lue, ipaddress.IPv6Address) and (lue.ipv4_mapped or lue.sixtofour or lue.teredo or lue in _NAT64):
        return False  # a private address may hide inside
    return lue.is_global and not lue.is_multicast


def exiger_la_preuve(
    hote: str, jeton: str, *, resolveur: Resoudre = resoudre, joignable: Juger = est_publique, port: int = 80
) -> None:
    """Ask the host for the token.

    Args:
        hote: host name, as `noms.lire_hote` returns it.
        jeton: what it must publish.
        resolveur: gives the addresses of a name.
        joignable: whether we may connect to an address; every address of the host must be.
        port: port asked; 80 but in tests.

    Raises:
        PreuveAbsente: no public address, no answer, or another text.
    """
    adresses = resolveur(hote)
    if not adresses or not all(joignable(adresse) for adresse in adresses):
        raise PreuveAbsente
    entete, _vide, corps = _demander(hote, adresses[0], port).partition(b"\r\n\r\n")
    if not _ACCEPTEE.match(entete) or nettoyer(corps.decode("ascii", "replace")) != jeton:
        raise PreuveAbsente


def _demander(hote: str, adresse: str, port: int) -> bytes:
    """Return the answer as it came, cut at `TAILLE_MAX` bytes and at `DELAI` seconds, however slowly it drips."""
    fin = time.monotonic() + DELAI
    lu = b""
    try:
        with socket.create_connection((adresse, port), timeout=DELAI) as prise:
            prise.sendall(f"GET {CHEMIN} HTTP/1.0\r\nHost: {hote}\r\nAccept: text/plain\r\n\r\n".encode("ascii"))
            while len(lu) < TAILLE_MAX and (reste := fin - time.monotonic()) > 0:
                prise.settimeout(reste)
                if not (morceau := prise.recv(TAILLE_MAX)):
                    break
                lu += morceau
    except TimeoutError:
        return lu
    except OSError:
        raise PreuveAbsente from None
    return lu
