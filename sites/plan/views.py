"""Answer the site map, as the protocol of sitemaps.org wants it."""

import datetime
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.http import require_safe

from etablissements.registre.gresa import code_valide
from portal.diffusion import cles
from portal.diffusion.api import garder

from .requetes import Entree, Section, pages_de_l_academie, pages_de_l_ecole, pages_du_portail, sections

# A section of the country is not dropped by each publication: a search engine asks less often than that.
DUREE = datetime.timedelta(hours=6)
ESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@login_not_required
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """Answer `/sitemap.xml`: the index of the country, or the pages of the school whose host was asked."""
    code = getattr(request, "ecole_de_l_hote", None)
    if code:
        return _section(pages_de_l_ecole(code), {cles.ecole(code), cles.plan(code)})
    adresses = [f"{settings.URL_PUBLIQUE}/sitemap-portail.xml"]
    adresses += [f"{settings.URL_PUBLIQUE}/sitemap-{section.academie}-{section.rang}.xml" for section in sections()]
    lignes = (f"<sitemap><loc>{escape(adresse)}</loc></sitemap>" for adresse in adresses)
    return _xml(f"<sitemapindex {ESPACE}>", lignes, "</sitemapindex>", {cles.pays()})


@login_not_required
@require_safe
def portail(request: HttpRequest) -> HttpResponse:
    """Answer the pages above the schools."""
    return _section(pages_du_portail(), {cles.pays()})


@login_not_required
@require_safe
def academie(request: HttpRequest, code: str, rang: str) -> HttpResponse:
    """Answer a section of the schools of an academy."""
    return _section(pages_de_l_academie(Section(code, int(rang))), {cles.pays()})


@login_not_required
@require_safe
def ecole(request: HttpRequest, code: str) -> HttpResponse:
    """Answer the pages of one school."""
    if not code_valide(code.upper()):
        raise Http404
    return _section(pages_de_l_ecole(code), {cles.ecole(code.upper()), cles.plan(code.upper())})


def _section(entrees: list[Entree], dependances: set[str]) -> HttpResponse:
    if not entrees:
        raise Http404
    ouverture = f'<urlset {ESPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">'
    return _xml(ouverture, (ligne for entree in entrees for ligne in _lignes(entree)), "</urlset>", dependances)


def _lignes(entree: Entree) -> Iterator[str]:
    """One `url` a language, each naming all the others and itself."""
    defaut = entree.adresses.get(settings.LANGUAGE_CODE)
    autres = [*entree.adresses.items(), *([("x-default", defaut)] if defaut else [])]
    liens = "".join(
        f'<xhtml:link rel="alternate" hreflang="{langue}" href={quoteattr(adresse)}/>' for langue, adresse in autres
    )
    date = f"<lastmod>{entree.modifiee_le.isoformat(timespec='seconds')}</lastmod>" if entree.modifiee_le else ""
    for adresse in entree.adresses.values():
        yield f"<url><loc>{escape(adresse)}</loc>{date}{liens}</url>"


def _xml(ouverture: str, lignes: Iterable[str], fermeture: str, dependances: set[str]) -> HttpResponse:
    texte = "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', ouverture, *lignes, fermeture, ""])
    reponse = HttpResponse(texte, content_type="application/xml")
    return garder(reponse, cles=dependances, jusqu_a=timezone.now() + DUREE)
