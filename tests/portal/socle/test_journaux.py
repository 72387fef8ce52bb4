"""No identifier of a paper in the logs, whatever the refusal."""

import logging

import pytest
from django.test import Client

from portal.socle.journaux import SansIdentifiant

IDENTIFIANT = "YJVMYSRWD6MF47CA0TWM05J479"


def passer(message: str, *arguments: object) -> str:
    trace = logging.LogRecord("django.request", logging.WARNING, "", 0, message, arguments, None)
    assert SansIdentifiant().filter(trace)
    return trace.getMessage()


def test_un_identifiant_est_efface_ou_qu_il_soit() -> None:
    assert passer("Not Found: /ar/verification/%s/", IDENTIFIANT) == "Not Found: /ar/verification/…/"
    assert passer(f"Forbidden: /documents/{IDENTIFIANT.lower()}.pdf") == "Forbidden: /documents/….pdf"


@pytest.mark.parametrize("texte", ["sha256 " + "a" * 64, "16698Z", "x" * 25, "100 %", "%d pages"])
def test_le_reste_est_laisse(texte: str) -> None:
    assert passer(texte.replace("%", "%%") if "%" in texte else texte) in {texte, texte.replace("%", "%%")}


@pytest.mark.django_db
@pytest.mark.parametrize("methode", ["get", "put", "options", "post"])
def test_la_console_ne_montre_pas_l_identifiant(client: Client, capfd, settings, methode: str) -> None:
    """The handler of the settings, on a real refusal."""
    [console] = [sortie for sortie in logging.getLogger().handlers if any(map(_efface, sortie.filters))]
    ecrit: list[str] = []
    original, console.emit = console.emit, lambda trace: ecrit.append(console.format(trace))
    try:
        getattr(client, methode)(f"/ar/espace-parents/documents/{IDENTIFIANT}.pdf/inconnu")
        getattr(client, methode)(f"/ar/verification/{IDENTIFIANT}/")
    finally:
        console.emit = original
    assert ecrit
    assert IDENTIFIANT not in "".join(ecrit)


def _efface(filtre: object) -> bool:
    return isinstance(filtre, SansIdentifiant)
