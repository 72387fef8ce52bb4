"""Telephone numbers: as people read them, and as a telephone dials them from anywhere."""

import re

from .texte import chiffres_latins

INDICATIF = "+212"
# Somebody may have written two: the first one is called.
_ENTRE_DEUX = re.compile(r"[/;,،؛\n]")
_NATIONAL = re.compile(r"0[1-9][0-9]{8}")


def a_composer(numero: str) -> str:
    """Return what a telephone dials, in Morocco or abroad; a number that is not ten digits of ours stays as it is.

    >>> a_composer("0528 86 00 00")
    '+212528860000'
    >>> a_composer("00212 528-860000")
    '+212528860000'
    >>> a_composer("141")
    '141'
    """
    premier = _ENTRE_DEUX.split(chiffres_latins(numero).strip())[0]
    plus = "+" if premier.startswith("+") else ""
    chiffres = plus + re.sub(r"[^0-9]", "", premier)
    if chiffres.startswith("00"):
        chiffres = f"+{chiffres[2:]}"
    chiffres = chiffres.replace(f"{INDICATIF}0", INDICATIF, 1)  # +212 (0) 528…
    return f"{INDICATIF}{chiffres[1:]}" if _NATIONAL.fullmatch(chiffres) else chiffres


def lisible(numero: str) -> str:
    """Return a number in groups; one that somebody grouped otherwise stays as it is.

    >>> lisible("0528860000")
    '0528 86 00 00'
    >>> lisible("05 28 86 00 00")
    '05 28 86 00 00'
    """
    if not _NATIONAL.fullmatch(numero):
        return numero
    return " ".join((numero[:4], numero[4:6], numero[6:8], numero[8:]))
