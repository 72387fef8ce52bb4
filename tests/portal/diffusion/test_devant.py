"""What a reader gets from the store: the same answer as from Django, without Django."""

import gzip
import os
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.diffusion.copies import CACHE
from sites.hotes.carte import carte
from sites.hotes.operations import rendre_hote
from sites.models.hotes import HoteEcole
from tests.diffusion import Lecteur

pytestmark = pytest.mark.django_db


def test_le_deuxieme_lecteur_ne_touche_ni_django_ni_la_base(a, lecteur: Lecteur) -> None:
    premiere = lecteur.lire(a.adresse)
    with CaptureQueriesContext(connection) as requetes:
        seconde = lecteur.lire(a.adresse)
    assert (premiere.statut, premiere.du_magasin) == (200, False)
    assert (seconde.statut, seconde.du_magasin, len(requetes)) == (200, True, 0)
    assert seconde.corps == premiere.corps
    assert a.etablissement.nom_public_ar in seconde.corps.decode()


@pytest.mark.parametrize("encodage", ["", "gzip", "br, gzip;q=0.5", "gzip;q=0", "identity"])
def test_la_copie_repond_comme_django_entete_par_entete(a, lecteur: Lecteur, encodage: str) -> None:
    fraiche = lecteur.lire(a.adresse, HTTP_ACCEPT_ENCODING=encodage)
    copie = lecteur.lire(a.adresse, HTTP_ACCEPT_ENCODING=encodage)
    assert (fraiche.du_magasin, copie.du_magasin) == (False, True)
    assert copie.entetes == fraiche.entetes
    assert copie.corps == fraiche.corps
    for nom in ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"):
        assert nom in copie.entetes
    assert copie.entetes["Cache-Control"] == CACHE
    assert copie.entetes["Vary"] == "Accept-Encoding"
    assert copie.entetes["Content-Language"] == "ar"
    assert (copie.entetes.get("Content-Encoding") == "gzip") is ("gzip" in encodage and encodage[-3:] != "q=0")
    corps = gzip.decompress(copie.corps) if "Content-Encoding" in copie.entetes else copie.corps
    assert b"</html>" in corps


def test_un_nom_d_hote_trop_long_pour_un_fichier_est_refuse_par_le_portail(a, lecteur: Lecteur) -> None:
    lecteur.lire(a.adresse)
    assert lecteur.lire(a.adresse, HTTP_HOST="a" * 300).statut == 400


def test_qui_a_deja_la_page_ne_la_recoit_pas_deux_fois(a, lecteur: Lecteur) -> None:
    tags = {lecteur.lire(a.adresse, HTTP_ACCEPT_ENCODING=encodage).entetes["Etag"] for encodage in ("", "gzip")}
    assert len(tags) == 2
    for tag in tags:
        encodage = "" if tag == lecteur.lire(a.adresse).entetes["Etag"] else "gzip"
        lue = lecteur.lire(a.adresse, HTTP_IF_NONE_MATCH=f'"autre", W/{tag}', HTTP_ACCEPT_ENCODING=encodage)
        assert (lue.statut, lue.corps, lue.entetes["Etag"], lue.du_magasin) == (304, b"", tag, True)
        assert not {"Content-Length", "Content-Type", "Content-Encoding"} & set(lue.entetes)
    assert lecteur.lire(a.adresse, HTTP_IF_NONE_MATCH='"autre"').statut == 200


def test_django_repond_304_comme_le_magasin(a, lecteur: Lecteur, magasin) -> None:
    tag = lecteur.lire(a.adresse).entetes["Etag"]
    du_magasin = lecteur.lire(a.adresse, HTTP_IF_NONE_MATCH=tag)
    magasin.vider()
    de_django = lecteur.lire(a.adresse, HTTP_IF_NONE_MATCH=tag)
    assert (du_magasin.du_magasin, de_django.du_magasin) == (True, False)
    assert (de_django.statut, de_django.entetes, de_django.corps) == (304, du_magasin.entetes, b"")


def test_head_dit_tout_sauf_le_corps(a, lecteur: Lecteur) -> None:
    lue = lecteur.lire(a.adresse)
    tete = lecteur.lire(a.adresse, methode="HEAD")
    assert (tete.du_magasin, tete.corps, tete.entetes) == (True, b"", lue.entetes)


def test_le_magasin_ne_repond_qu_a_get_et_head(a, lecteur: Lecteur) -> None:
    lecteur.lire(a.adresse)
    for methode in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert not lecteur.lire(a.adresse, methode=methode).du_magasin


def test_un_hote_etranger_ne_lit_ni_n_ecrit(a, lecteur: Lecteur, magasin) -> None:
    lecteur.lire(a.adresse)
    avant = sorted(magasin.pages.rglob("*"))
    for hote in ("evil.example", "testserver.evil.example", "..", "../testserver", "testserver:81", "TESTSERVER.", ""):
        lue = lecteur.lire(a.adresse, HTTP_HOST=hote)
        assert not lue.du_magasin, hote
        assert lue.statut == (200 if hote == "testserver:81" else 400) or hote in ("TESTSERVER.",), hote
    assert sorted(magasin.pages.rglob("*")) == avant


def test_un_nom_generique_n_ouvre_pas_le_magasin_a_tous_ses_sous_domaines(a, magasin, settings) -> None:
    settings.HOTES_PRINCIPAUX = ["testserver", ".portail.example"]
    assert Lecteur(hote="n1.portail.example").lire(a.adresse).statut == 200
    assert not (magasin.pages / "n1.portail.example").exists()


def test_deux_hotes_ont_chacun_leur_copie(a, magasin) -> None:
    for hote in ("testserver", "localhost"):
        lecteur = Lecteur(hote=hote)
        assert [lecteur.lire(a.adresse).du_magasin for _ in range(2)] == [False, True]
    assert len(list(magasin.pages.iterdir())) == 2


@pytest.mark.parametrize(
    "chemin",
    [
        "/ar/../ar/ecoles/{}/",
        "/ar//ecoles/{}/",
        "//ar/ecoles/{}/",
        "/AR/ecoles/{}/",
        "/ar/ecoles/{}/./",
        "/ar/ecoles/{}",
        "/ar/ecoles/{}/index.html",
        "/ar/ecoles/{}/,index.html",
        "/ar/ecoles/{}/,index.html.gz",
        "/ar/ecoles/{}/,page=2/",
        "/ar/ecoles/{}/\x00/",
        "/ar/ecoles/{}/\\..\\/",
        "/ar/ecoles/{}/" + "x" * 300 + "/",
        "/ar/ecoles/{}/" + "x/" * 2000,
        "/ar/ecoles/{}/\udcff/",
        "ar/ecoles/{}/",
        "",
    ],
)
def test_un_chemin_etrange_va_au_portail(a, lecteur: Lecteur, magasin, chemin: str) -> None:
    lecteur.lire(a.adresse)
    avant = sorted(magasin.racine.rglob("*"))
    environ = {
        "PATH_INFO": chemin.format(a.etablissement.slug_public).encode("utf-8", "surrogateescape").decode("latin-1")
    }
    lue = lecteur.lire("/", **environ)
    assert not lue.du_magasin
    assert lue.statut in {301, 302, 400, 404}
    assert sorted(magasin.racine.rglob("*")) == avant


@pytest.mark.parametrize(
    "requete", ["a=1", "page=0", "page=-1", "page=1000", "page=01", "page=1&page=2", "page=1;x", "PAGE=1"]
)
def test_une_autre_requete_n_est_pas_gardee(a, lecteur: Lecteur, requete: str) -> None:
    lecteur.lire(f"{a.adresse}actualites/")
    for _ in range(2):
        assert not lecteur.lire(f"{a.adresse}actualites/", requete=requete).du_magasin


def test_une_page_de_liste_n_est_gardee_que_si_elle_existe(a, lecteur: Lecteur, monkeypatch) -> None:
    monkeypatch.setattr("sites.models.actualites.ACTUALITES_PAR_PAGE", 1)
    a.actualite.get_parent().add_child(
        instance=type(a.actualite)(title="خبر ثان", slug="deux", locale=a.actualite.locale)
    )
    vues = {}
    for page in (1, 2, 3, 999):
        lecteur.lire(f"{a.adresse}actualites/", requete=f"page={page}")
        vues[page] = lecteur.lire(f"{a.adresse}actualites/", requete=f"page={page}")
    assert {page: lue.du_magasin for page, lue in vues.items()} == {1: True, 2: True, 3: False, 999: False}
    assert vues[1].corps != vues[2].corps


def test_un_lecteur_connecte_recoit_la_copie_anonyme(a, lecteur: Lecteur) -> None:
    anonyme = lecteur.lire(a.adresse)
    lue = lecteur.lire(a.adresse, HTTP_COOKIE="sessionid=abc; csrftoken=def")
    assert (lue.du_magasin, lue.corps) == (True, anonyme.corps)


def test_le_schema_et_le_port_publics_sont_les_seuls_gardes(a, lecteur: Lecteur, settings) -> None:
    lecteur.lire(a.adresse)
    assert not lecteur.lire(a.adresse, **{"wsgi.url_scheme": "https"}).du_magasin
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert not lecteur.lire(a.adresse, HTTP_X_FORWARDED_PROTO="https").du_magasin
    assert lecteur.lire(a.adresse).du_magasin


def test_une_copie_echue_n_est_plus_servie(a, lecteur: Lecteur, magasin) -> None:
    lecteur.lire(a.adresse)
    (fichier,) = magasin.pages.rglob(",index.html")
    fin = fichier.with_name(",index.html.fin")
    fin.touch()
    os.utime(fin, (time.time() + 60,) * 2)
    assert lecteur.lire(a.adresse).du_magasin
    os.utime(fin, (time.time() - 1,) * 2)
    assert [lecteur.lire(a.adresse).du_magasin for _ in range(2)] == [False, True]


def test_le_nom_rendu_par_une_ecole_ne_repond_plus(a, magasin, settings, django_capture_on_commit_callbacks) -> None:
    settings.DOMAINE_ECOLES = ""
    HoteEcole.objects.create(etablissement=a.etablissement, hote="ecole-argane.ma", verifie_le=timezone.now())
    carte.oublier()
    chez_elle = Lecteur(hote="ecole-argane.ma")
    fraiche, copie = chez_elle.lire("/ar/actualites/"), chez_elle.lire("/ar/actualites/")
    assert [(lue.statut, lue.du_magasin) for lue in (fraiche, copie)] == [(200, False), (200, True)]
    assert copie.entetes == fraiche.entetes
    with django_capture_on_commit_callbacks(execute=True):
        rendre_hote(etablissement=a.etablissement)
    assert [chez_elle.lire("/ar/actualites/").statut for _ in range(2)] == [400, 400]
    assert not list(magasin.pages.rglob("*.html"))
