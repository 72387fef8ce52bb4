"""The proof: read on a real server, never asked inside a network, one winner per name."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from sites.hotes import operations, verification
from sites.hotes.operations import HotePris, TropTot, demander_hote, prouver_hote
from sites.hotes.verification import CHEMIN, PreuveAbsente, est_publique, exiger_la_preuve
from sites.models import HoteEcole
from tests.fabriques import creer_etablissement

pytestmark = pytest.mark.django_db
JETON = "c0ffee" * 6


class Serveur(ThreadingHTTPServer):
    """A web host of a school, on the loopback."""

    corps = JETON.encode()
    statut = 200
    lenteur = 0.0
    demandes: list[tuple[str, str]]


class Reponse(BaseHTTPRequestHandler):
    server: Serveur

    def do_GET(self) -> None:
        self.server.demandes.append((self.headers["Host"], self.path))
        self.send_response(self.server.statut)
        self.send_header("Location", "http://127.0.0.1/ailleurs")
        self.end_headers()
        for octet in self.server.corps:
            time.sleep(self.server.lenteur)
            try:
                self.wfile.write(bytes([octet]))
            except OSError:
                return

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def serveur() -> Iterator[Serveur]:
    ouvert = Serveur(("127.0.0.1", 0), Reponse)
    ouvert.demandes = []
    fil = threading.Thread(target=ouvert.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    fil.start()
    yield ouvert
    ouvert.shutdown()
    ouvert.server_close()


def demander(serveur: Serveur, **reglages: object) -> None:
    defauts = {"resolveur": lambda hote: ["127.0.0.1"], "joignable": lambda adresse: adresse == "127.0.0.1"}
    exiger_la_preuve("ecole-argane.ma", JETON, **{**defauts, "port": serveur.server_port, **reglages})


def test_le_jeton_se_lit_a_son_adresse(serveur: Serveur) -> None:
    demander(serveur)
    assert serveur.demandes == [("ecole-argane.ma", CHEMIN)]
    serveur.corps = f"  {JETON}\r\n".encode()
    demander(serveur)


@pytest.mark.parametrize(
    ("statut", "corps"),
    [(404, JETON), (302, JETON), (200, "autre"), (200, ""), (200, f"{JETON}{JETON}"), (200, f"<p>{JETON}</p>")],
)
def test_autre_chose_ne_prouve_rien(serveur: Serveur, statut: int, corps: str) -> None:
    serveur.statut, serveur.corps = statut, corps.encode()
    with pytest.raises(PreuveAbsente):
        demander(serveur)
    assert len(serveur.demandes) == 1, "a redirection is not followed"


def test_une_reponse_sans_fin_est_coupee(serveur: Serveur, monkeypatch) -> None:
    serveur.corps = b"x" * 1_000_000
    with pytest.raises(PreuveAbsente):
        demander(serveur)
    monkeypatch.setattr(verification, "DELAI", 0.3)
    serveur.corps, serveur.lenteur = JETON.encode(), 0.1
    debut = time.monotonic()
    with pytest.raises(PreuveAbsente):
        demander(serveur)
    assert len(JETON) * 0.1 > time.monotonic() - debut, "stopped before the end"


@pytest.mark.parametrize(
    "adresses",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["172.16.0.1"],
        ["192.168.1.1"],
        ["169.254.169.254"],
        ["100.64.0.1"],
        ["0.0.0.0"],
        ["224.0.0.1"],
        ["255.255.255.255"],
        ["::1"],
        ["fe80::1%eth0"],
        ["fc00::1"],
        ["::ffff:10.0.0.1"],
        ["64:ff9b::a00:1"],
        ["2002:a00:1::"],
        ["2001:0:a00:1::"],
        ["93.184.216.34", "10.0.0.1"],
        ["pas une adresse"],
        [],
    ],
)
def test_un_reseau_prive_n_est_jamais_appele(adresses: list[str], monkeypatch) -> None:
    def interdit(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(verification.socket, "create_connection", interdit)
    with pytest.raises(PreuveAbsente):
        exiger_la_preuve("ecole-argane.ma", JETON, resolveur=lambda _hote: adresses)


def test_une_adresse_publique_est_joignable() -> None:
    assert est_publique("93.184.216.34")
    assert est_publique("2a00:1450:4007:80e::200e")


def test_le_nom_est_a_qui_le_prouve(serveur: Serveur) -> None:
    ecole, autre = creer_etablissement(), creer_etablissement()
    demande = demander_hote(etablissement=ecole, hote="ecole-argane.ma")
    rivale = demander_hote(etablissement=autre, hote="ecole-argane.ma")
    assert demande.jeton != rivale.jeton
    acces = {
        "resolveur": lambda hote: ["127.0.0.1"],
        "joignable": lambda adresse: True,
        "port": serveur.server_port,
    }
    with pytest.raises(PreuveAbsente):
        prouver_hote(demande=demande, **acces)
    assert HoteEcole.objects.verifies().count() == 0
    with pytest.raises(TropTot):
        prouver_hote(demande=demande, **acces)
    cache.clear()
    serveur.corps = demande.jeton.encode()
    assert prouver_hote(demande=demande, **acces).verifie_le
    serveur.corps = rivale.jeton.encode()
    with pytest.raises(HotePris):
        prouver_hote(demande=rivale, **acces)
    assert [hote.etablissement for hote in HoteEcole.objects.verifies()] == [ecole]


def test_changer_de_nom_defait_la_preuve(serveur: Serveur) -> None:
    ecole, autre = creer_etablissement(), creer_etablissement()
    HoteEcole.objects.create(etablissement=autre, hote="ecole-cedre.ma", verifie_le=timezone.now())
    demande = demander_hote(etablissement=ecole, hote="ecole-argane.ma")
    HoteEcole.objects.filter(pk=demande.pk).update(verifie_le=timezone.now())
    jeton = demande.jeton
    assert demander_hote(etablissement=ecole, hote="ECOLE-ARGANE.ma").jeton == jeton
    changee = demander_hote(etablissement=ecole, hote="argane.ma")
    assert (changee.verifie_le, changee.jeton == jeton) == (None, False)
    assert HoteEcole.objects.verifies().get().etablissement == autre


def test_un_nom_change_pendant_la_preuve_ne_s_ouvre_pas(monkeypatch) -> None:
    demande = demander_hote(etablissement=creer_etablissement(), hote="ecole-argane.ma")

    def changer(*_args: object, **_kwargs: object) -> None:
        demander_hote(etablissement=demande.etablissement, hote="argane.ma")

    monkeypatch.setattr(operations.verification, "exiger_la_preuve", changer)
    with pytest.raises(PreuveAbsente):
        prouver_hote(demande=demande)
    assert not HoteEcole.objects.verifies().exists()


def test_deux_premieres_demandes_a_la_fois_n_en_font_qu_une() -> None:
    ecole = creer_etablissement()

    demandes = []

    def devancer(executer, sql, parametres, plusieurs, contexte):
        """Another tap writes its row between our reading and our writing."""
        resultat = executer(sql, parametres, plusieurs, contexte)
        if sql.startswith("SELECT") and HoteEcole._meta.db_table in sql and not demandes:
            demandes.append(HoteEcole(etablissement=ecole, hote="ecole-cedre.ma"))
            HoteEcole.objects.bulk_create(demandes)
        return resultat

    with connection.execute_wrapper(devancer):
        assert demander_hote(etablissement=ecole, hote="ecole-argane.ma").hote == "ecole-argane.ma"
    assert (len(demandes), HoteEcole.objects.get().hote) == (1, "ecole-argane.ma")
