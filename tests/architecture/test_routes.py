"""Every route is classified: the list of public ones is written down, all others ask who is there."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

DECLAREES = Path(__file__).with_name("routes_publiques.json")


def routes(resolveur: URLResolver, prefixe: str = "") -> Iterator[tuple[str, URLPattern]]:
    for motif in resolveur.url_patterns:
        chemin = prefixe + str(motif.pattern)
        if isinstance(motif, URLResolver):
            yield from routes(motif, chemin)
        else:
            yield chemin, motif


def est_publique(chemin: str, motif: URLPattern) -> bool:
    """What `LoginRequiredMiddleware` reads; the back office has a guard of its own in front of every route."""
    if "/gestion/" in chemin and not chemin.endswith("/gestion/login/"):
        return False
    return not getattr(motif.callback, "login_required", True)


def test_les_routes_publiques_sont_celles_declarees() -> None:
    publiques = sorted({chemin for chemin, motif in routes(get_resolver()) if est_publique(chemin, motif)})
    assert publiques == json.loads(DECLAREES.read_text(encoding="utf-8"))


# A value for each kind of argument: what it names need not exist, a stranger must not learn that.
VALEURS = {"int": "1", "str": "1", "slug": "wagtailcore", "uuid": "00000000-0000-0000-0000-000000000000", "path": "x"}


def exemple(chemin: str) -> str | None:
    """An address that this route answers, None for the few written as a regular expression with groups."""
    concret = re.sub(r"<(?:(\w+):)?\w+>", lambda trouve: VALEURS.get(trouve[1] or "str", "1"), chemin)
    return None if "(" in concret else concret.replace("^", "").replace("$", "").replace("\\", "")


@pytest.mark.parametrize("methode", ["get", "post"])
def test_aucune_route_privee_ne_repond_a_un_inconnu(client: Client, db, methode: str) -> None:
    """Ask every private route as a stranger: a redirect to sign-in or a refusal, never a page."""
    vues = 0
    for chemin, motif in routes(get_resolver()):
        if est_publique(chemin, motif) or (adresse := exemple(chemin)) is None:
            continue
        reponse = getattr(client, methode)(f"/{adresse}")
        assert reponse.status_code in {302, 401, 403, 404, 405}, adresse
        if reponse.status_code == 302:
            assert re.search(r"/(compte|gestion)/login/", reponse["Location"]), adresse
        vues += 1
    assert vues > 150


@pytest.mark.django_db
def test_il_n_y_a_qu_une_porte(client: Client) -> None:
    """Wagtail's own sign-in page has no limit of attempts: it leads to the one that has."""
    reponse = client.get("/ar/gestion/login/?next=/ar/gestion/")
    assert (reponse.status_code, reponse["Location"]) == (302, "/ar/compte/login/?next=/ar/gestion/")
    assert client.post("/ar/gestion/login/", {"username": "a", "password": "b"}).status_code == 302
