"""Which addresses may have a copy, and in which file. Everything else goes to the application, which judges it.

The grammar is narrow on purpose: lower-case segments, a final slash or a known suffix, at most `?page=N`. No segment
can be a dot, hold a slash or be read in two ways, so an address never leaves its folder nor meets another one.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port

HOTE_MAX, SEGMENT_MAX, CHEMIN_MAX = 253, 200, 900  # bytes: below what every file system takes
# Suffix of the file, type of the answer. nginx gives the same types from the same suffixes.
TYPES = {
    "html": "text/html; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "xml": "application/xml",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}
SUFFIXES = {genre: suffixe for suffixe, genre in TYPES.items()}
_HOTE = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")
SEGMENT = r"[a-z0-9_\-\u00a0-\U0010ffff]+"
# A page never has a suffix: `/x/index.html` is no address.
SUFFIXES_DES_FICHIERS = "|".join(suffixe for suffixe in TYPES if suffixe != "html")
_CHEMIN = re.compile(rf"/(?:{SEGMENT}/)*(?:{SEGMENT}\.(?:{SUFFIXES_DES_FICHIERS}))?")
_PAGE = re.compile(r"page=([1-9][0-9]{0,2})")

# Asked, when a copy is written, whether a host that the settings do not name is ours (`declarer_hotes`).
_hotes_declares: list[Callable[[str], bool]] = []


@dataclass(frozen=True)
class Adresse:
    """A public address that may have a copy.

    Attributes:
        hote: host name, without port.
        chemin: decoded path.
        page: number asked by `?page=`, 0 when the address has no query.
    """

    hote: str
    chemin: str
    page: int = 0

    @property
    def langue(self) -> str:
        """Language code that begins the path, empty when none does."""
        premier = self.chemin[1:].partition("/")[0]
        return premier if premier in dict(settings.LANGUAGES) else ""

    def fichier(self, suffixe: str) -> str | None:
        """Return the file of the copy of that kind, relative to the folder of copies; None when it may have none."""
        if self.chemin.endswith("/"):
            nom = f",page={self.page}" if self.page else ",index"  # no segment of an address has a comma
            return f"{self.hote}{self.chemin}{nom}.{suffixe}"
        return f"{self.hote}{self.chemin}" if self.chemin.endswith(f".{suffixe}") and not self.page else None

    def fichiers(self) -> list[tuple[str, str]]:
        """Return every file that could hold its copy, with its suffix, pages first."""
        return [(suffixe, fichier) for suffixe in TYPES if (fichier := self.fichier(suffixe))]


def lire_adresse(environ: Mapping[str, Any]) -> Adresse | None:
    """Return the address that a WSGI request asks for, None when it may have no copy."""
    if _scheme(environ) != urlsplit(settings.URL_PUBLIQUE).scheme:
        return None
    hote = _lire_hote(environ.get("HTTP_HOST", ""))
    chemin = _lire_chemin(environ.get("PATH_INFO", ""))
    requete = environ.get("QUERY_STRING", "")
    page = _PAGE.fullmatch(requete) if requete else None
    if not hote or not chemin or environ.get("SCRIPT_NAME") or (requete and not page):
        return None
    return Adresse(hote, chemin, int(page[1]) if page else 0)


def adresse_du_fichier(fichier: str) -> Adresse | None:
    """Return the address whose copy is in this file of the folder of copies, None when the name is not ours."""
    hote, barre, reste = fichier.partition("/")
    if not (lu := re.fullmatch(r"(?P<dossier>.*/),(?:index|page=(?P<page>\d+))\.[a-z]+", barre + reste)):
        return Adresse(hote, barre + reste) if barre and "," not in reste else None
    return Adresse(hote, lu["dossier"] or "/", int(lu["page"] or 0))


def _scheme(environ: Mapping[str, Any]) -> str:
    """The scheme as `HttpRequest.scheme` says it, behind a proxy too."""
    if settings.SECURE_PROXY_SSL_HEADER:
        entete, sure = settings.SECURE_PROXY_SSL_HEADER
        if (annonce := environ.get(entete)) is not None:
            return "https" if annonce.split(",", 1)[0].strip() == sure else "http"
    return environ.get("wsgi.url_scheme", "http")


def _lire_hote(brut: str) -> str:
    """Return the host name, empty when it is none or the port is not the public one: an answer may write its port."""
    domaine, port = split_domain_port(brut)
    attendu = urlsplit(settings.URL_PUBLIQUE)
    if port and port != str(attendu.port or {"http": 80, "https": 443}.get(attendu.scheme)):
        return ""
    if len(domaine) > HOTE_MAX:
        return ""
    return domaine if domaine == brut.rpartition(":")[0].lower() or domaine == brut.lower() else ""


def _lire_chemin(brut: str) -> str:
    """Return the path of a WSGI request as text, empty when it is outside the grammar."""
    octets = brut.encode("latin-1", "replace")
    try:
        chemin = octets.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    trop_long = len(octets) > CHEMIN_MAX or any(len(segment) > SEGMENT_MAX for segment in octets.split(b"/"))
    return chemin if not trop_long and _CHEMIN.fullmatch(chemin) else ""


def declarer_hotes(connait: Callable[[str], bool]) -> None:
    """Register a function that says whether a host name is one of ours. It is asked when a copy is to be written."""
    if connait not in _hotes_declares:
        _hotes_declares.append(connait)


def hote_connu(hote: str) -> bool:
    """Tell whether copies may be written for this host: named by the settings (wildcards do not count), or declared."""
    if not _HOTE.fullmatch(hote):
        return False
    nommes = {urlsplit(settings.URL_PUBLIQUE).hostname, *(nom.lower() for nom in settings.HOTES_PRINCIPAUX)}
    return hote in nommes or any(connait(hote) for connait in _hotes_declares)
