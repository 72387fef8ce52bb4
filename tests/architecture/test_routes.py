"""Every route is classified: the list of public ones is written down, all others ask who is there."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

DECLAREES = Path(__file__).with_name("routes_publiques.json")


def routes(resolveur: URLResolver, prefixe: str = "") -> Iterator[tuple[str, URLPattern]]:
    for motif in resolveur.url_patterns:
        chemin = prefixe + str(motif.pattern)
        if isinstance(motif, URLResolver):
            yield from routes(motif, chemin)
        else:
            yield chemin, motif


def est_publique(motif: URLPattern) -> bool:
    """What `LoginRequiredMiddleware` reads."""
    return not getattr(motif.callback, "login_required", True)


def test_les_routes_publiques_sont_celles_declarees() -> None:
    publiques = sorted(chemin for chemin, motif in routes(get_resolver()) if est_publique(motif))
    assert publiques == json.loads(DECLAREES.read_text(encoding="utf-8"))


def test_aucune_route_privee_ne_repond_a_un_inconnu(client, db) -> None:
    """Ask every private route without argument, as a stranger: a redirect to sign-in, never a page."""
    vues = 0
    for chemin, motif in routes(get_resolver()):
        if est_publique(motif) or "<" in chemin or "(?P" in chemin or "^" in chemin:
            continue
        reponse = client.get(f"/{chemin}")
        assert reponse.status_code in {302, 404, 405}, chemin
        if reponse.status_code == 302:
            assert "/compte/" in reponse["Location"], chemin
        vues += 1
    assert vues > 50
