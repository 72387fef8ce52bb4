"""What may enter the store: anonymous by construction, or nothing."""

import logging
from collections.abc import Callable

import pytest
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.urls import path
from django.utils import translation
from wagtail.models import Page

from portal.diffusion.api import garder
from portal.diffusion.cles import page, pays
from portal.diffusion.magasin import Magasin
from portal.diffusion.middleware import Diffusion
from tests.diffusion import Lecteur
from tests.fabriques import creer_utilisateur
from tests.fabriques.comptes import MOT_DE_PASSE

Gestes = Callable[[HttpRequest, HttpResponse], object]

GESTES: dict[str, Gestes] = {
    "session": lambda request, _reponse: request.session.get("x"),
    "user": lambda request, _reponse: request.user.is_authenticated,
    "CSRF token": lambda request, _reponse: get_token(request),
    "messages": lambda request, _reponse: messages.info(request, "bonjour"),
    "messages lus": lambda request, _reponse: list(messages.get_messages(request)),
    "cookies": lambda _request, reponse: reponse.set_cookie("x", "1"),
    "Vary": lambda _request, reponse: reponse.headers.__setitem__("Vary", "Cookie"),
}


def vue(geste: Gestes) -> Callable[[HttpRequest], HttpResponse]:
    def repondre(request: HttpRequest) -> HttpResponse:
        reponse = HttpResponse("corps")
        geste(request, reponse)
        return garder(reponse, cles={pays()})

    repondre.login_required = False  # type: ignore[attr-defined]
    return repondre


def rien(_request: HttpRequest, _reponse: HttpResponse) -> None:
    """A page like any other."""


@pytest.fixture
def routes(settings):
    """Give the portal one address, served by a view that makes the gesture under test, beside the back office's."""

    def poser(geste: Gestes, chemin: str = "ar/essai/") -> None:
        bureau = path("ar/gestion/", vue(rien), name="wagtailadmin_home")
        module = type("routes", (), {"urlpatterns": [path(chemin, vue(geste)), bureau]})
        settings.ROOT_URLCONF = module

    return poser


@pytest.mark.django_db
@pytest.mark.parametrize("nom", GESTES)
def test_ce_qui_depend_du_lecteur_n_entre_pas(nom: str, routes, lecteur: Lecteur, magasin: Magasin, caplog) -> None:
    routes(GESTES[nom])
    with caplog.at_level(logging.ERROR, logger="portal.diffusion"):
        lue = lecteur.lire("/ar/essai/")
    assert lue.statut == 200
    assert lue.entetes["Cache-Control"] == "private, no-store"
    assert "Page marked as public, not kept" in caplog.text
    assert not magasin.pages.exists()
    assert not lecteur.lire("/ar/essai/").du_magasin


@pytest.mark.django_db
def test_ce_qui_n_en_depend_pas_entre(routes, lecteur: Lecteur, caplog) -> None:
    routes(rien)
    assert [lecteur.lire("/ar/essai/").du_magasin for _ in range(2)] == [False, True]
    assert "not kept" not in caplog.text


@pytest.mark.django_db
def test_des_entetes_a_elle_tiennent_une_page_dehors(routes, lecteur: Lecteur, magasin: Magasin, caplog) -> None:
    """nginx gives every copy the same headers: one that needs its own is not kept, and the log says which."""
    routes(lambda _request, reponse: reponse.headers.__setitem__("X-Essai", "1"))
    lecteur.lire("/ar/essai/")
    assert not lecteur.lire("/ar/essai/").du_magasin
    assert "X-Essai" in caplog.text
    assert not magasin.pages.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("reserve", ["private", "no-store", "private, max-age=5"])
def test_prive_reste_prive(routes, lecteur: Lecteur, magasin: Magasin, reserve: str) -> None:
    routes(lambda _request, reponse: reponse.headers.__setitem__("Cache-Control", reserve))
    assert lecteur.lire("/ar/essai/").entetes["Cache-Control"] == reserve
    assert not magasin.pages.exists()


@pytest.mark.django_db
def test_un_porteur_de_cookie_n_ecrit_rien(a, lecteur: Lecteur, magasin: Magasin, client) -> None:
    """The reader is signed in: what is stored afterwards are the bytes of an anonymous one, the same for everybody."""
    client.force_login(creer_utilisateur())
    cookies = "; ".join(f"{nom}={valeur.value}" for nom, valeur in client.cookies.items())
    connecte = lecteur.lire(a.adresse, HTTP_COOKIE=cookies)
    assert not magasin.pages.exists()
    anonyme = lecteur.lire(a.adresse)
    stocke = lecteur.lire(a.adresse, HTTP_COOKIE=cookies)
    assert (connecte.statut, stocke.du_magasin) == (200, True)
    assert connecte.corps == anonyme.corps == stocke.corps
    assert MOT_DE_PASSE not in stocke.corps.decode()


@pytest.mark.django_db
def test_ni_brouillon_ni_apercu_n_entrent(a, lecteur: Lecteur, magasin: Magasin) -> None:
    brouillon = Page.objects.get(pk=a.actualite.pk).specific
    brouillon.title = "عنوان لم ينشر"
    brouillon.save_revision()
    requete = RequestFactory().get("/", HTTP_HOST="testserver")
    requete.user = creer_utilisateur()
    with translation.override("ar"):
        apercu = brouillon.make_preview_request(requete)
    assert "عنوان لم ينشر" in apercu.content.decode()
    assert not magasin.pages.exists()
    lue = lecteur.lire(f"{a.adresse}actualites/rentree/")
    assert "عنوان لم ينشر" not in lue.corps.decode()


@pytest.mark.django_db
def test_un_statut_autre_que_200_n_entre_pas(a, lecteur: Lecteur, magasin: Magasin, routes) -> None:
    for chemin in (f"{a.adresse}rien/", f"/ar/ecoles/{a.etablissement.gresa}/"):
        lecteur.lire(chemin)
        assert not lecteur.lire(chemin).du_magasin
    assert not magasin.pages.exists()


def test_un_flux_qui_coule_n_entre_pas(magasin: Magasin) -> None:
    reponse = garder(StreamingHttpResponse(iter([b"x"])), cles={pays()})
    assert Diffusion(lambda _request: reponse)(RequestFactory().get("/ar/essai/")) is reponse
    assert not magasin.pages.exists()


@pytest.mark.django_db
def test_sans_langue_seul_ce_qui_n_est_pas_une_page_est_garde(settings, lecteur: Lecteur, magasin: Magasin) -> None:
    """`/robots.txt` is the same in every language; a page at such an address is in the reader's."""

    def servir(genre: str) -> Callable[[HttpRequest], HttpResponse]:
        def repondre(_request: HttpRequest) -> HttpResponse:
            return garder(HttpResponse("corps", content_type=genre), cles={pays()})

        repondre.login_required = False  # type: ignore[attr-defined]
        return repondre

    motifs = [
        path("essai.txt", servir("text/plain; charset=utf-8")),
        path("essai/", servir("text/html; charset=utf-8")),
        path("essai.xml", servir("text/plain; charset=utf-8")),
        path("ar/gestion/", vue(rien), name="wagtailadmin_home"),
    ]
    settings.ROOT_URLCONF = type("routes", (), {"urlpatterns": motifs})
    vues = {}
    for chemin in ("/essai.txt", "/essai/", "/essai.xml"):
        fraiche = lecteur.lire(chemin)
        vues[chemin] = (lecteur.lire(chemin), fraiche)
    assert {chemin: copie.du_magasin for chemin, (copie, _fraiche) in vues.items()} == {
        "/essai.txt": True,
        "/essai/": False,
        "/essai.xml": False,
    }
    copie, _fraiche = vues["/essai.txt"]
    assert copie.entetes["Vary"] == "Accept-Encoding"
    assert copie.entetes["Content-Type"] == "text/plain; charset=utf-8"


def test_une_cle_mal_formee_est_refusee() -> None:
    for mauvaise in ("page:../x", "page:a/b", "PAGE:1", "", "page:", "pays\n", "page:1 page:2"):
        with pytest.raises(ValueError, match="mal formées"):
            garder(HttpResponse(), cles={mauvaise})
    assert page(3) == "page:3"


def test_sans_cle_rien_n_est_marque() -> None:
    assert not hasattr(garder(HttpResponse(), cles=set()), "marque_de_diffusion")
