"""The real nginx serves the copies as the portal does, and stands when the portal is down."""

import gzip
import http.client
import os
import pwd
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from portal.diffusion.nginx import configuration
from sites.traductions import traduire
from tests.outils import exiger_programme

pytestmark = pytest.mark.django_db
PROPRES_A_NGINX = {"Server", "Date", "Connection"}


def port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return prise.getsockname()[1]


class Nginx:
    """nginx on the loopback; the portal behind it is down."""

    def __init__(self, magasin: Any, dossier: Path) -> None:
        self.port = port_libre()
        regles = configuration(magasin, ecoute=f"127.0.0.1:{self.port}", amonts=[f"127.0.0.1:{port_libre()}"])
        qui = f"user {pwd.getpwuid(os.getuid()).pw_name};" if os.getuid() == 0 else ""
        temporaires = "\n".join(
            f"{genre}_temp_path {dossier};" for genre in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        fichier = dossier / "nginx.conf"
        fichier.write_text(
            f"{qui}\ndaemon off;\npid {dossier}/pid;\nerror_log {dossier}/erreurs;\nworker_processes 1;\n"
            f"events {{}}\nhttp {{\naccess_log off;\n{temporaires}\n{regles}\n}}\n",
            encoding="utf-8",
        )
        self.journal = dossier / "erreurs"
        programme = exiger_programme("nginx", "/usr/sbin/nginx")
        self.processus = subprocess.Popen([programme, "-e", str(self.journal), "-c", str(fichier), "-p", str(dossier)])
        for _essai in range(100):
            with socket.socket() as prise:
                if prise.connect_ex(("127.0.0.1", self.port)) == 0:
                    break
            time.sleep(0.05)
        else:
            self.arreter()
            pytest.fail(self.journal.read_text())

    def lire(self, chemin: str, methode: str = "GET", **entetes: str) -> tuple[int, dict[str, str], bytes]:
        """Ask exactly this path."""
        liaison = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            liaison.putrequest(methode, chemin, skip_host=True, skip_accept_encoding=True)
            for nom, valeur in {"Host": "testserver", **entetes}.items():
                liaison.putheader(nom.replace("_", "-"), valeur)
            liaison.endheaders()
            reponse = liaison.getresponse()
            return reponse.status, {nom.title(): valeur for nom, valeur in reponse.getheaders()}, reponse.read()
        finally:
            liaison.close()

    def arreter(self) -> None:
        self.processus.terminate()
        self.processus.wait(10)


@pytest.fixture
def nginx(magasin, tmp_path: Path) -> Iterator[Nginx]:
    dossier = tmp_path / "nginx"
    dossier.mkdir()
    lance = Nginx(magasin, dossier)
    yield lance
    lance.arreter()


@pytest.mark.parametrize("encodage", ["", "gzip"])
@pytest.mark.parametrize("langue", ["ar", "fr", "zgh"])
def test_nginx_repond_comme_le_portail_entete_par_entete(a, lecteur, nginx, langue: str, encodage: str) -> None:
    if langue == "zgh":
        traduire(
            page=a.actualite.get_parent().get_parent().specific, langue=langue, auteur=None
        ).save_revision().publish()
    chemin = a.adresse.replace("/ar/", f"/{langue}/", 1)
    lecteur.lire(chemin)
    copie = lecteur.lire(chemin, HTTP_ACCEPT_ENCODING=encodage)
    assert copie.du_magasin
    statut, entetes, corps = nginx.lire(chemin, Accept_Encoding=encodage)
    assert (statut, corps) == (200, copie.corps)
    assert entetes["Content-Language"] == langue
    assert {nom: valeur for nom, valeur in entetes.items() if nom not in PROPRES_A_NGINX} == copie.entetes


def test_nginx_et_le_portail_donnent_la_meme_etiquette(a, lecteur, nginx) -> None:
    tag = lecteur.lire(a.adresse, HTTP_ACCEPT_ENCODING="gzip").entetes["Etag"]
    statut, entetes, corps = nginx.lire(a.adresse, Accept_Encoding="gzip", If_None_Match=tag)
    assert (statut, corps, entetes["Etag"]) == (304, b"", tag)
    assert "Last-Modified" not in entetes


def test_le_portail_arrete_les_pages_publiees_repondent_et_le_reste_s_excuse(a, lecteur, nginx) -> None:
    lecteur.lire(a.adresse)
    assert nginx.lire(a.adresse)[0] == 200
    assert nginx.lire(a.adresse, methode="HEAD")[::2] == (200, b"")
    for chemin in ("/ar/gestion/", f"{a.adresse}contact/", f"{a.adresse}?a=1"):
        statut, entetes, corps = nginx.lire(chemin)
        assert (statut, entetes["Cache-Control"], entetes["Retry-After"]) == (503, "no-store", "30")
        assert "غير متاحة" in corps.decode()
        assert "indisponible" in corps.decode()
        assert "default-src 'none'" in entetes["Content-Security-Policy"]


def test_une_copie_otee_n_est_plus_servie(a, lecteur, nginx, magasin) -> None:
    lecteur.lire(a.adresse)
    assert nginx.lire(a.adresse)[0] == 200
    magasin.perimer([f"ecole:{a.etablissement.gresa}"])
    assert nginx.lire(a.adresse)[0] == 503, "asked of the portal, which is down here"


@pytest.mark.parametrize(
    "chemin",
    [
        "/ar/ecoles/{}/,index.html",
        "/ar/ecoles/{}/,index.html.gz",
        "/ar//ecoles/{}/",
        "/AR/ecoles/{}/",
        "/ar/ecoles/{}/..%2f..%2f..%2f..%2fjournal",
        "/../journal",
        "/%2e%2e/journal",
        "/ar/ecoles/{}/" + "x" * 400 + "/",
        "/ar/ecoles/{}/?page=0",
        "/ar/ecoles/{}/?page=1&a",
    ],
)
def test_nginx_ne_sert_rien_d_autre(a, lecteur, nginx, chemin: str) -> None:
    lecteur.lire(a.adresse)
    assert nginx.lire(chemin.format(a.etablissement.slug_public))[0] in {400, 503}


def test_un_hote_etranger_n_a_pas_de_copie(a, lecteur, nginx) -> None:
    lecteur.lire(a.adresse)
    for hote in ("evil.example", "..", "testserver.evil.example", "testserver/../x"):
        assert nginx.lire(a.adresse, Host=hote)[0] in {400, 503}, hote


def test_poster_sur_une_page_va_au_portail(a, lecteur, nginx) -> None:
    lecteur.lire(a.adresse)
    assert nginx.lire(a.adresse, methode="POST")[0] == 503


def test_une_copie_arabe_au_nom_arabe(a, lecteur, nginx) -> None:
    """Slugs may be in Arabic: nginx compares bytes, the portal characters."""
    page = type(a.actualite)(title="خبر", slug="خبر-جديد", locale=a.actualite.locale)
    a.actualite.get_parent().add_child(instance=page)
    chemin = f"{a.adresse}actualites/خبر-جديد/"
    lecteur.lire(chemin)
    assert lecteur.lire(chemin).du_magasin
    encode = "".join(c if ord(c) < 128 else "".join(f"%{octet:02X}" for octet in c.encode()) for c in chemin)
    statut, _entetes, corps = nginx.lire(encode, Accept_Encoding="gzip")
    assert (statut, "خبر" in gzip.decompress(corps).decode()) == (200, True)


def test_les_fichiers_statiques_sont_servis(nginx) -> None:
    fichier = Path(settings.STATIC_ROOT) / "essai.0123456789ab.css"
    fichier.parent.mkdir(parents=True, exist_ok=True)
    fichier.write_text("a{}")
    statut, entetes, corps = nginx.lire(f"{settings.STATIC_URL}essai.0123456789ab.css")
    assert (statut, corps) == (200, b"a{}")
    assert "immutable" in entetes["Cache-Control"]
