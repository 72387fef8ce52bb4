"""Search a school's pages, and what is said where there is none."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_info
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.socle.pages import Adresse

from ..adresses import adresse
from ..entree import accueil_a
from ..models import PageEtablissement, reglages_de
from ..models.plan import onglets_de
from ..variantes import theme_de
from .recherche import LONGUEUR_MAX, Resultat, chercher, lire_question

RECHERCHE = "recherche/"


@login_not_required
@never_cache
@require_safe
def rechercher(request: HttpRequest, racine: str) -> HttpResponse:
    """Answer `?q=…` with the pages of this school. Never stored, here or in the reader's machine."""
    accueil = accueil_a(request, racine, RECHERCHE)
    if isinstance(accueil, HttpResponse):
        return accueil
    question = lire_question(request.GET.get("q", ""))
    return _page(request, accueil, "recherche", RECHERCHE, question=question, resultats=chercher(accueil, question))


def introuvable(request: HttpRequest, accueil: PageEtablissement, reste: str) -> HttpResponse:
    """Say that the school has no such page, with those whose words look like the address."""
    question = lire_question(reste.strip("/").rpartition("/")[2].replace("-", " "))
    resultats = chercher(accueil, question, un_seul_mot_suffit=True)
    reponse = _page(request, accueil, "introuvable", reste, statut=404, question=question, resultats=resultats)
    reponse["Cache-Control"] = "private, no-store"
    return reponse


def _page(
    request: HttpRequest,
    accueil: PageEtablissement,
    nom: str,
    reste: str,
    *,
    statut: int = 200,
    question: str,
    resultats: list[Resultat],
) -> HttpResponse:
    ecole = accueil.etablissement
    contexte: dict[str, Any] = {
        "ecole": ecole,
        "racine": accueil.racine,
        "reste": reste,
        "theme": theme_de(ecole),
        "reglages": reglages_de(ecole),
        "onglets": onglets_de(accueil.enfants, ecole=ecole, reste=reste),
        "adresses": _adresses(request, accueil, reste),
        "publique": True,
        "question": question,
        "longueur_max": LONGUEUR_MAX,
        "resultats": [
            (resultat, "rtl" if get_language_info(resultat.langue)["bidi"] else "ltr") for resultat in resultats
        ],
    }
    return render(request, f"sites/{nom}.html", contexte, status=statut)


def _adresses(request: HttpRequest, accueil: PageEtablissement, reste: str) -> list[Adresse]:
    """Return this very address in each language, the question kept."""
    requete = request.META.get("QUERY_STRING", "")
    suite = f"?{requete}" if requete else ""
    langues = settings.LANGUES_DU_CADRE
    return [Adresse(code, nom, f"{adresse(accueil.racine, reste, langue=code)}{suite}") for code, nom in langues]
