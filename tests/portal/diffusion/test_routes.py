"""Every public address is kept, or is listed here with the reason why it is not."""

from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation
from wagtail.models import Page

from portal.diffusion.magasin import Magasin
from portal.socle.pages import PagePortail
from sites.models import PageAcademie
from tests.diffusion import Lecteur
from tests.fabriques import creer_etablissement
from tests.fabriques.pages import creer_site_complet

pytestmark = pytest.mark.django_db

DEHORS = {
    "fichiers/": "a file already, that the application only names",
    "medias/": "a file already",
    "ar/gestion/": "the back office",
    "ar/compte/": "sign-in: forms and cookies",
    "ar/activation/": "forms and a session",
    "ar/verification/": "a form, and papers that can be revoked at any time",
    "ar/styleguide/": "for the staff",
    "ar/ecoles/<slug:racine>/contact/ecrire/": "a form, and what follows it",
    "ar/ecoles/<slug:racine>/recherche/": "answers to one reader's words",
}
MENENT_AILLEURS = {"ar/ecoles/"}


def publiques(motifs: Iterable[URLPattern | URLResolver], avant: str = "") -> Iterator[str]:
    for motif in motifs:
        if isinstance(motif, URLResolver):
            yield from publiques(motif.url_patterns, avant + str(motif.pattern))
        elif not getattr(motif.callback, "login_required", True):
            yield avant + str(motif.pattern)


def test_chaque_route_publique_a_sa_copie_ou_sa_raison(lecteur: Lecteur, magasin: Magasin) -> None:
    ecole = creer_etablissement(nom_fr="LYCEE ALPHA", type="lycee", cycles=("qualifiant",))
    creer_etablissement(nom_fr="COLLEGE BETA")
    restes = creer_site_complet(ecole)
    restes.remove("contact/ecrire/")
    academie = PageAcademie.objects.get(academie=ecole.direction.academie, locale__language_code="ar")
    accueil = f"/ar/ecoles/{ecole.slug_public}/"
    academies = f"/ar/etablissements/{ecole.direction.academie.slug}/"
    gardees = {
        "robots.txt": ["/robots.txt"],
        "sitemap.xml": ["/sitemap.xml"],
        "sitemap-portail.xml": ["/sitemap-portail.xml"],
        "^sitemap-ecole-(?P<code>[0-9]{5}[a-z])\\.xml$": [f"/sitemap-ecole-{ecole.gresa.lower()}.xml"],
        "^sitemap-(?P<code>[0-9]{2})-(?P<rang>[0-9]{1,3})\\.xml$": [f"/sitemap-{academie.academie_id}-1.xml"],
        "ar/annuaire/": ["/ar/annuaire/"],
        "ar/ecoles/<slug:racine>/": [accueil],
        "ar/ecoles/<slug:racine>/actualites.rss": [f"{accueil}actualites.rss"],
        "ar/ecoles/<slug:racine>/agenda.ics": [f"{accueil}agenda.ics"],
        "ar/ecoles/<slug:racine>/<path:reste>": [f"{accueil}{reste}" for reste in restes],
        "ar/etablissements/<slug:academie>/<slug:direction>/actualites.rss": [
            f"{academies}{ecole.direction.slug}/actualites.rss"
        ],
        "ar/^((?:[\\w\\-]+/)*)$": ["/ar/", "/ar/etablissements/", academies, f"{academies}{ecole.direction.slug}/"],
    }
    with translation.override("ar"):
        routes = set(publiques(get_resolver().url_patterns))
    assert {route for route in routes - MENENT_AILLEURS if not route.startswith(tuple(DEHORS))} == gardees.keys()
    assert all(any(route.startswith(debut) for route in routes) for debut in DEHORS), "a line that says nothing"
    adresses = [adresse for liste in gardees.values() for adresse in liste]
    premieres = {adresse: lecteur.lire(adresse) for adresse in adresses}
    secondes = {adresse: lecteur.lire(adresse) for adresse in adresses}
    assert [adresse for adresse, lue in premieres.items() if lue.statut != 200] == []
    assert [adresse for adresse, lue in secondes.items() if not lue.du_magasin] == []
    assert [adresse for adresse in adresses if premieres[adresse].corps != secondes[adresse].corps] == []

    servis = {type(page) for page in Page.objects.specific() if isinstance(page, PagePortail) and page.live}
    sortes = {modele for modele in apps.get_models() if issubclass(modele, PagePortail)}
    assert servis == sortes, "every kind of page was asked"


@pytest.mark.parametrize(
    "chemin", ["compte/login/", "activation/", "verification/", "ecoles/{}/contact/ecrire/", "ecoles/{}/recherche/"]
)
def test_ce_qui_est_dehors_n_entre_pas(chemin: str, a, lecteur: Lecteur, magasin: Magasin) -> None:
    assert lecteur.lire(f"/ar/{chemin.format(a.etablissement.slug_public)}").statut == 200
    assert not magasin.pages.exists()


def test_l_annuaire_n_est_garde_que_sans_question(a, b, lecteur: Lecteur) -> None:
    for requete, garde in (("", True), ("q=alpha", False), ("q=", False), ("page=9", False)):
        assert lecteur.lire("/fr/annuaire/", requete=requete).statut == 200
        assert lecteur.lire("/fr/annuaire/", requete=requete).du_magasin is garde, requete


@pytest.mark.parametrize("chemin", ["/robots.txt", "/fr/annuaire/"])
def test_ce_que_le_pays_change_est_ote(chemin: str, a, lecteur: Lecteur, magasin: Magasin) -> None:
    lecteur.lire(chemin)
    assert lecteur.lire(chemin).du_magasin
    magasin.perimer(["pays"])
    assert not lecteur.lire(chemin).du_magasin
