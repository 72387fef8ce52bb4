"""Write a calendar that telephones subscribe to (RFC 5545), without a library: events have a day, an hour, a place."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.socle.texte import sans_controle

PRODUIT = "-//Portail des etablissements scolaires//Agenda//AR"
OCTETS_PAR_LIGNE = 75  # RFC 5545, 3.1


@dataclass(frozen=True)
class Evenement:
    """One event.

    Attributes:
        uid: the same for ever, whatever changes in the event.
        debut: a day, or an aware moment.
        fin: a day (the last one) or an aware moment; None for an event of one day, or without an end.
        modifie_le: when it was last published, aware.
    """

    uid: str
    titre: str
    debut: datetime.date | datetime.datetime
    fin: datetime.date | datetime.datetime | None
    lieu: str
    description: str
    url: str
    langue: str
    modifie_le: datetime.datetime


def ecrire(*, nom: str, langue: str, evenements: Iterable[Evenement]) -> bytes:
    """Return a calendar named `nom`, in UTF-8, lines ended by CRLF and folded at 75 octets."""
    lignes = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUIT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lignes += [f"NAME;LANGUAGE={langue}:{_texte(nom)}", f"X-WR-CALNAME:{_texte(nom)}"]
    for evenement in evenements:
        lignes += ["BEGIN:VEVENT", *_proprietes(evenement), "END:VEVENT"]
    lignes.append("END:VCALENDAR")
    return b"".join(_plier(ligne) for ligne in lignes)


def _proprietes(evenement: Evenement) -> Iterator[str]:
    yield f"UID:{_texte(evenement.uid)}"
    yield f"DTSTAMP:{_moment(evenement.modifie_le)}"
    yield f"LAST-MODIFIED:{_moment(evenement.modifie_le)}"
    if isinstance(evenement.debut, datetime.datetime):
        yield f"DTSTART:{_moment(evenement.debut)}"
        if isinstance(evenement.fin, datetime.datetime):
            yield f"DTEND:{_moment(evenement.fin)}"
    else:
        dernier = evenement.fin or evenement.debut
        yield f"DTSTART;VALUE=DATE:{evenement.debut:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{dernier + datetime.timedelta(days=1):%Y%m%d}"  # the first day that is not in it
    yield f"SUMMARY;LANGUAGE={evenement.langue}:{_texte(evenement.titre)}"
    if evenement.lieu:
        yield f"LOCATION;LANGUAGE={evenement.langue}:{_texte(evenement.lieu)}"
    if evenement.description:
        yield f"DESCRIPTION;LANGUAGE={evenement.langue}:{_texte(evenement.description)}"
    yield f"URL:{evenement.url}"


def _moment(moment: datetime.datetime) -> str:
    """Write a moment in UTC: the hour of Casablanca moves in Ramadan, by decree."""
    return f"{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def _texte(texte: str) -> str:
    """Escape a text (RFC 5545, 3.3.11)."""
    propre = sans_controle(texte.replace("\r\n", "\n").replace("\r", "\n"))
    return propre.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _plier(ligne: str) -> bytes:
    """Fold a line between characters, never inside one."""
    morceaux: list[bytes] = []
    courant = b""
    for caractere in ligne:
        octets = caractere.encode()
        place = OCTETS_PAR_LIGNE if not morceaux else OCTETS_PAR_LIGNE - 1  # a folded line begins with a space
        if len(courant) + len(octets) > place:
            morceaux.append(courant)
            courant = b""
        courant += octets
    return b"\r\n ".join([*morceaux, courant]) + b"\r\n"
