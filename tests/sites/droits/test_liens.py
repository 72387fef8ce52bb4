"""Whoever opens the admin meets no dead end: what each page of it offers to each role, somebody may open."""

import json
from collections import deque
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve
from wagtail.models import Page
from wagtail_localize.models import Translation

from sites.models import PageDeSection
from tests.fabriques import creer_affectation, creer_utilisateur
from tests.fabriques.pages import creer_site_complet

from .monde import NOTRE, creer_ecole

pytestmark = pytest.mark.django_db
RACINE = "/ar/gestion/"
EN_FRANCAIS = "/fr/gestion/"
AILLEURS = ("/statiques/", "/medias/")
# A draft or a revision is seen in the frame of the public page, whose links are not of the admin.
VUES_PUBLIQUES = ("/view_draft/", "/view/", "/workflow/preview/")
MODELE = "/999999/"  # a script puts the number of a page there
VIVANTES = {200, 301, 302, 405}  # 405: the address of a button, which is a POST
ROLES = ("redacteur", "directeur", "secretaire", "communicateur", "ministere", "superuser")


class Lecteur(HTMLParser):
    """Gathers what a page leads to: every attribute that is an address, and the addresses in its data."""

    def __init__(self) -> None:
        super().__init__()
        self.adresses: set[str] = set()
        self._donnees = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributs = dict(attrs)
        if "hreflang" in attributs:
            return  # the one link that changes the language
        # `wagtail-config` names every door for the scripts, whether this page uses it or not.
        self._donnees = attributs.get("type") == "application/json" and attributs.get("id") != "wagtail-config"
        for nom, valeur in attrs:
            if nom in {"href", "action", "src", "formaction"} or nom.endswith(("url", "url-value", "src-value")):
                self.adresses.add(valeur or "")

    def handle_data(self, data: str) -> None:
        if self._donnees and data.strip():
            self.adresses |= {texte for texte in textes(json.loads(data)) if texte.startswith("/")}


def textes(donnees: Any) -> Iterator[str]:
    if isinstance(donnees, str):
        yield donnees
    elif isinstance(donnees, dict | list):
        for valeur in donnees.values() if isinstance(donnees, dict) else donnees:
            yield from textes(valeur)


def genre(adresse: str) -> tuple[Any, ...]:
    """What makes two addresses one case: the route, and the kind and state of the page that it names."""
    chemin = urlsplit(adresse).path
    try:
        route = resolve(chemin)
    except Resolver404:
        return (chemin,)
    cles = []
    for nom, valeur in sorted(route.kwargs.items()):
        if nom in {"page_id", "parent_page_id", "page_to_move_id"}:
            page = Page.objects.filter(pk=valeur).select_related("content_type").first()
            cles.append(page and (espece(page.specific_class), page.live, bool(page.current_workflow_state)))
        elif nom in {"app_label", "model_name", "action", "action_name", "content_type_model_name"}:
            cles.append(valeur)
    return (route.view_name, *cles)


def espece(modele: type[Page]) -> str:
    """The sections of a school are alike; the others are not."""
    return "section" if issubclass(modele, PageDeSection) and not modele.subpage_types else modele.__name__


def parcourir(client: Client) -> tuple[list[tuple], int]:
    """Follow everything from the home of the admin; return what is dead or in French, and how many cases were tried."""
    vus: set[tuple] = set()
    attente = deque([(RACINE, "")])
    mortes = []
    genre_de = cache(genre)  # nothing changes on the way: each menu has the same addresses
    while attente:
        adresse, depuis = attente.popleft()
        cas = genre_de(adresse)
        if cas in vus:
            continue
        vus.add(cas)
        reponse = client.get(adresse)
        if reponse.status_code not in VIVANTES:
            mortes.append((reponse.status_code, cas, adresse, depuis))
        for trouvee in a_suivre(adresse, reponse):
            if trouvee.startswith(EN_FRANCAIS):
                mortes.append(("fr", cas, trouvee, adresse))
            else:
                attente.append((trouvee, adresse))
        if reponse.streaming:
            list(reponse.streaming_content)  # the file is closed once it was read
    return mortes, len(vus)


def a_suivre(adresse: str, reponse: HttpResponse) -> list[str]:
    """The addresses of our own that a page of the admin offers."""
    if reponse.status_code != 200 or not adresse.startswith(RACINE) or any(vue in adresse for vue in VUES_PUBLIQUES):
        return []
    genre_du_contenu = reponse.headers["Content-Type"].partition(";")[0]
    if genre_du_contenu == "application/json":
        html = "".join(textes(reponse.json()))
    elif genre_du_contenu == "text/html":
        html = reponse.content.decode()
    else:
        return []
    lecteur = Lecteur()
    lecteur.feed(html)
    completes = (urlsplit(urljoin(adresse, trouvee)) for trouvee in sorted(lecteur.adresses))
    return [
        urlunsplit(("", "", complete.path, complete.query, ""))
        for complete in completes
        if not complete.netloc
        and complete.scheme in {"", "http"}
        and not complete.path.startswith(AILLEURS)
        and MODELE not in complete.path
        and not complete.path.endswith("/logout/")
    ]


@pytest.mark.parametrize("role", ROLES)
def test_tout_ce_qui_est_propose_s_ouvre(role: str, settings, tmp_path, client: Client) -> None:
    settings.MEDIA_ROOT = tmp_path
    mienne = creer_ecole(NOTRE)
    Translation.objects.all().delete()  # the portal makes none: a page is translated beside its original
    creer_site_complet(mienne.etablissement)
    direction = mienne.etablissement.direction
    personne = {
        "communicateur": lambda: creer_affectation(role="communicateur", direction=direction).utilisateur,
        "ministere": lambda: creer_affectation(role="ministere").utilisateur,
        "superuser": lambda: creer_utilisateur(is_superuser=True),
    }.get(role, lambda: getattr(mienne, role))()
    client.force_login(personne)
    client.get(EN_FRANCAIS, follow=True)  # whoever opens it first in this process does so in French
    mortes, nombre = parcourir(client)
    assert nombre > (100 if role != "secretaire" else 5)
    assert not mortes, "\n" + "\n".join(map(str, mortes))
