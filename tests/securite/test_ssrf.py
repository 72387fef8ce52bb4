"""Forty addresses that would make the server knock at its own doors: it opens no socket at all."""

import socket

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from portal.socle.blocs.corps import Corps
from portal.socle.blocs.video import reconnaitre
from tests.fabriques import creer_utilisateur

ADRESSES = [
    "http://127.0.0.1/",
    "http://127.0.0.1:8000/fr/gestion/",
    "http://localhost:6379/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://0.0.0.0/",
    "http://0/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.169.254.nip.example/",
    "http://metadata.google.internal/computeMetadata/v1/",
    "http://100.100.100.200/latest/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://[fd00::1]/",
    "http://[fe80::1%25eth0]/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "dict://127.0.0.1:11211/stat",
    "ftp://127.0.0.1/",
    "ldap://127.0.0.1/",
    "tftp://127.0.0.1/x",
    "jar:http://127.0.0.1!/",
    "http://www.youtube.com@127.0.0.1/watch?v=dQw4w9WgXcQ",
    "http://127.0.0.1#@www.youtube.com/watch?v=dQw4w9WgXcQ",
    "http://127.0.0.1\\@www.youtube.com/watch?v=dQw4w9WgXcQ",
    "http://www.youtube.com.ailleurs.example/watch?v=dQw4w9WgXcQ",
    "http://youtube.com:22/watch?v=dQw4w9WgXcQ",
    "http://www.youtube.com:6379/watch?v=dQw4w9WgXcQ",
    "http://www.youtube.com/redirect?q=http://127.0.0.1/",
    "http://www.youtube.com/attribution_link?u=http://169.254.169.254/",
    "https://vimeo.com/../127.0.0.1",
    "https://vimeo.com/api/oembed.json?url=http://127.0.0.1/",
    "https://www.dailymotion.com//127.0.0.1/video/x",
    "https://youtu.be/%0d%0aHost:127.0.0.1",
    "https://youtu.be/dQw4w9WgXcQ\r\nHost: 127.0.0.1",
    "//127.0.0.1/video/x8abc12",
    "http://ⓛocalhost/",
    "http://①②⑦.0.0.1/",
]


@pytest.fixture
def prises(monkeypatch) -> list[object]:
    """Every attempt to open a socket or to look a name up."""
    demandes: list[object] = []

    def refuser(*arguments: object, **_options: object) -> None:
        demandes.append(arguments)
        raise OSError("no network")

    monkeypatch.setattr(socket.socket, "connect", refuser)
    monkeypatch.setattr(socket, "create_connection", refuser)
    monkeypatch.setattr(socket, "getaddrinfo", refuser)
    return demandes


@pytest.mark.parametrize("adresse", ADRESSES)
def test_une_video_ne_fait_rien_demander(prises, adresse: str) -> None:
    assert reconnaitre(adresse) is None
    corps = Corps()
    brut = [{"type": "video", "value": {"adresse": adresse, "titre": "x", "resume": ""}}]
    with pytest.raises(ValidationError):
        corps.clean(corps.to_python(brut))
    assert prises == []


@pytest.mark.django_db
def test_le_selecteur_de_wagtail_ne_demande_rien_non_plus(client: Client, prises) -> None:
    """Wagtail's own embed chooser asks providers, and a URL of a known one may redirect: it asks nobody here."""
    client.force_login(creer_utilisateur(is_superuser=True, is_staff=True))
    for adresse in [*ADRESSES, "https://www.youtube.com/watch?v=dQw4w9WgXcQ"]:
        reponse = client.post("/fr/gestion/embeds/chooser/upload/", {"embed-chooser-url": adresse})
        assert reponse.status_code == 200
        assert reponse.json()["step"] == "chooser"
    assert prises == []
