"""The attestation de scolarité: the data its page needs."""

import datetime

from django.conf import settings

from .identifiants import grouper
from .qr import qr_svg
from .rendu import GabaritEnDefaut, composer

GABARIT = "attestation"
VERSION = "attestation-1"
# Sizes tried until the page holds: the first for nearly everybody, the last for the longest names the register accepts.
DENSITES = (1, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52)


class PapierTropLong(Exception):
    """The facts do not hold on one page, even in small print."""


def adresse_verification(document_id: str = "") -> str:
    """Return the public address where the paper `document_id` is checked, or where any paper is."""
    adresse = f"{settings.URL_PUBLIQUE}/verification"
    return f"{adresse}/{document_id}" if document_id else adresse


def composer_attestation(
    *, faits: dict[str, object], numero: str, document_id: str, emis_le: datetime.datetime, jour: datetime.date
) -> bytes:
    """Typeset one attestation and return the unsigned PDF, always one page.

    Args:
        faits: the frozen facts, as `faits.etablir` makes them.
        numero: the serial number as printed, `16698Z/2026-2027/00012`.
        document_id: its 26 characters.
        emis_le: the instant of issue, which dates the file.
        jour: the day of issue in Casablanca, which dates the paper.

    Raises:
        PapierTropLong: the facts need more than one page.
        GabaritEnDefaut: a name holds a character that the font does not draw.
    """
    donnees: dict[str, object] = {
        "faits": faits,
        "numero": numero,
        "jour": jour.isoformat(),
        "id_groupe": grouper(document_id),
        "adresse": adresse_verification(),
        "qr": qr_svg(adresse_verification(document_id)),
    }
    for densite in DENSITES:
        try:
            return composer(
                gabarit=GABARIT,
                donnees={**donnees, "densite": densite},
                titre="شهادة مدرسية - Attestation de scolarité",
                instant=emis_le,
            )
        except GabaritEnDefaut as erreur:
            if "DEBORDE" not in erreur.detail:
                raise
    raise PapierTropLong
