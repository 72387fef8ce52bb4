"""Serve the pages of a school at their short address, without walking the tree."""

from functools import cache, reduce
from operator import or_
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from portal.socle.langues import langue_sans_cadre
from portal.socle.preparees import Preparee, Valeur

from .entree import accueil_a, rediriger, version_lue
from .introuvables.adresses import adresse_actuelle
from .introuvables.views import introuvable
from .models import PageDEcole, PageEtablissement
from .models.langues import noms_de, preferee, sans_langue
from .models.plan import Enfant, bornes_de


@login_not_required
@require_safe
def servir(request: HttpRequest, racine: str, reste: str) -> HttpResponse:
    """Serve the page of the school named by the code that begins `racine`.

    An old name, capitals, a missing slash or one too many lead to the right address (301), and so does the address
    that a page had before; the code of a satellite or an annexe leads to its school, that of a closed school to its
    successor. A page that exists in one language answers in all those of the frame; in another language there is only
    what was translated, and the rest is read in the frame's (302). Where there is no page, the school's pages are
    searched.
    """
    voulu = sans_langue(_rectifier(reste))
    accueil = accueil_a(request, racine, voulu)
    if isinstance(accueil, HttpResponse):
        return accueil
    if voulu != reste:
        return rediriger(accueil.etablissement, voulu)
    if "\x00" in voulu:  # no address has one, and PostgreSQL refuses to look for it
        return introuvable(request, accueil, voulu)
    page = _descendante(accueil, voulu) if voulu else version_lue(accueil)
    if page is not None:
        if langue_sans_cadre() not in ("", page.langue_contenu):
            return HttpResponseRedirect(page.chemin())
        return page.serve(request)
    if actuelle := adresse_actuelle(accueil, voulu):
        return rediriger(accueil.etablissement, actuelle)
    if (minuscules := voulu.lower()) != voulu and _descendante(accueil, minuscules):
        return rediriger(accueil.etablissement, minuscules)
    return introuvable(request, accueil, voulu)


def _rectifier(reste: str) -> str:
    """Return the end of an address with one slash after each of its parts."""
    return "".join(f"{partie}/" for partie in reste.split("/") if partie)


@cache
def _enfant(sorte: Any) -> Preparee[PageDEcole]:
    """Return the query of a tab of this kind, `pk`."""
    return Preparee(lambda: sorte.a_servir().filter(pk=Valeur("pk")))


@cache
def _petits_enfants(sorte: Any, noms: int) -> Preparee[PageDEcole]:
    """Return the query of the pages of this kind below a tab, under any of this number of names."""
    nommees = reduce(or_, (Q(slug=Valeur(f"nom{rang}")) for rang in range(noms)))
    dessous = Q(path__gt=Valeur("debut"), path__lt=Valeur("fin"), depth=Valeur("niveau"))
    return Preparee(lambda: sorte.a_servir().filter(dessous & nommees))


def _sous(sorte: Any, enfant: Enfant, slug: str) -> list[PageDEcole]:
    noms = noms_de(slug)
    valeurs = bornes_de(enfant.path) | {f"nom{rang}": nom for rang, nom in enumerate(noms)}
    return _petits_enfants(sorte, len(noms)).objets(**valeurs)


def _descendante(accueil: PageEtablissement, reste: str) -> PageDEcole | None:
    """Return the live page at `reste`: a tab, or a page below one; None without one. A query, two with an image."""
    premier, *suite = reste.strip("/").split("/")
    for enfant in accueil.enfants:
        if enfant.slug != premier or len(suite) > 1:
            continue
        modele = enfant.modele
        if modele is None:
            continue
        possibles: list[Any] = modele.allowed_subpage_models() if suite else [modele]
        for sorte in possibles:
            trouvees = _sous(sorte, enfant, suite[0]) if suite else _enfant(sorte).objets(pk=enfant.pk)
            page = preferee(trouvees)
            if page is not None:
                page.etablissement, page.enfants = accueil.etablissement, accueil.enfants
                page.langues_du_texte = {une.langue_contenu for une in trouvees} if suite else enfant.langues
                return page
    return None
