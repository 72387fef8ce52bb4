"""Three hundred scripts in every text of the database: no page, feed or screen takes one for HTML.

Each text begins with an element and an attribute that no page has, and with its own name: what is shown is known.
"""

import re
from collections import deque
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit, urlunsplit
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client
from icalendar import Calendar
from playwright.sync_api import Page as Onglet
from wagtail.models import Page

from etablissements.scolarite.models import Document
from portal.socle.pages import PagePortail
from sites.models import PageContact, ReglagesEcole
from sites.models.reglages import RESEAUX
from tests.fabriques import creer_affectation, creer_utilisateur
from tests.sites.droits.test_liens import AILLEURS, MODELE, RACINE, genre

from .acteurs import Lieu
from .navigateur import lire, ouvrir
from .poison import ADRESSES, CANARI, MARQUE, TOUT

pytestmark = [
    pytest.mark.navigateur,
    pytest.mark.django_db,
    # Wagtail 8.0 leaves the temporary file of a rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]


def noms_montres(texte: str) -> set[str]:
    """The texts that an answer shows."""
    return set(re.findall(r"§([\w.]+)§", texte))


# -- The back office ----------------------------------------------------------


def html_de(reponse: HttpResponse) -> str:
    """The HTML of an answer: a page, or what a script will put in one."""
    if reponse.streaming:
        list(reponse.streaming_content)
        return ""
    genre_du_contenu = reponse.headers["Content-Type"].partition(";")[0]
    if genre_du_contenu == "application/json":
        return reponse.json().get("html", "")
    return reponse.content.decode() if genre_du_contenu == "text/html" else ""


def a_suivre(depuis: str, liens: list[str]) -> Iterator[str]:
    """The addresses of the back office among those of a screen."""
    for lien in sorted(set(liens)):
        complet = urlsplit(urljoin(depuis, lien))
        suivi = complet.path.startswith(RACINE) and not complet.netloc and not complet.path.startswith(AILLEURS)
        if suivi and MODELE not in complet.path and not complet.path.endswith("/logout/"):
            yield urlunsplit(("", "", complet.path, complet.query, ""))


def test_aucun_ecran_du_bureau_n_execute_un_texte(lieu: Lieu, client: Client, onglet: Onglet) -> None:
    """Every kind of screen that a director, a communicator or a superuser is offered."""
    assert lire(onglet, f"<p>{TOUT}")[0], "what is looked for is found"
    assert lire(onglet, f'<p title="{MARQUE}">')[0]
    direction = lieu.ecole.etablissement.direction
    personnes = (
        lieu.ecole.directeur,
        creer_affectation(role="communicateur", direction=direction).utilisateur,
        creer_utilisateur(is_superuser=True),
    )
    vus: set[tuple] = set()
    montres: set[str] = set()
    fautes = []
    for personne in personnes:
        client.force_login(personne)
        attente = deque([RACINE])
        vus.discard(genre(RACINE))  # each has a home of their own
        while attente:
            adresse = attente.popleft()
            if (cas := genre(adresse)) in vus:
                continue
            vus.add(cas)
            reponse = client.get(adresse)
            assert reponse.status_code < 500, adresse
            trouvees, liens = lire(onglet, html := html_de(reponse))
            fautes += [(adresse, faute) for faute in trouvees]
            montres |= noms_montres(html)
            attente.extend(a_suivre(adresse, liens))
    assert not fautes, "\n".join(map(str, fautes))
    assert len(vus) > 200
    assert len(montres) >= 40, sorted(montres)


# -- What everybody reads -----------------------------------------------------


def test_aucune_page_n_execute_un_texte(lieu: Lieu, client: Client, onglet: Onglet) -> None:
    """Every live page, the directory, the searches, the family's space and the verification, without any policy."""
    client.force_login(lieu.mere.tuteur.utilisateur)
    fautes, montres = [], set()
    for adresse in publiques(lieu):
        reponse = client.get(adresse, follow=True)  # the address follows the name of the school
        assert reponse.status_code in {200, 404}, (adresse, reponse.status_code)
        html = reponse.content.decode()
        montres |= noms_montres(html)
        fautes += [(adresse, faute) for faute in ouvrir(onglet, html)]
    assert not fautes, "\n".join(map(str, fautes))
    assert len(montres) >= 40, sorted(montres)


def publiques(lieu: Lieu) -> Iterator[str]:
    """The addresses that a family reads."""
    pages = Page.objects.live().exclude(depth=1).specific()
    genres = {modele for modele in apps.get_models() if issubclass(modele, PagePortail)}
    assert {type(page) for page in pages} == genres, "a page of every kind"
    for page in pages:
        yield page.get_url()
    racine = f"ecoles/{lieu.ecole.etablissement.slug_public}"
    for langue in ("ar", "fr"):
        yield f"/{langue}/{racine}/"
        yield f"/{langue}/{racine}/contact/ecrire/"
        yield f"/{langue}/{racine}/recherche/?q={CANARI}"
        yield f"/{langue}/{racine}/rien/"
        yield f"/{langue}/annuaire/?q={CANARI}"
        yield f"/{langue}/espace-parents/"
        yield f"/{langue}/espace-parents/enfants/{lieu.mere.cle}/"
        yield f"/{langue}/verification/{Document.objects.get().pk}/"


def test_les_flux_disent_des_textes(lieu: Lieu, client: Client) -> None:
    """RSS, iCal and the site maps: each is what its format wants, and holds texts."""
    ecole = lieu.ecole.etablissement
    racine = f"/ar/ecoles/{ecole.slug_public}"
    montres: set[str] = set()
    for adresse in (
        f"{racine}/actualites.rss",
        f"/ar/etablissements/{lieu.cles['academie']}/{lieu.cles['direction']}/actualites.rss",
        "/sitemap.xml",
        "/sitemap-portail.xml",
        f"/sitemap-ecole-{ecole.gresa.lower()}.xml",
        f"/sitemap-{ecole.direction.academie_id}-1.xml",
    ):
        reponse = client.get(adresse, follow=True)
        assert reponse.status_code == 200, adresse
        arbre = ElementTree.fromstring(reponse.content)
        montres |= noms_montres("".join(arbre.itertext()))
        for element in arbre.iter():
            assert CANARI not in element.tag
            assert not any(CANARI in nom for nom in element.attrib)
            if element.tag == "description":
                assert not re.search(rf"<(script|{CANARI})", element.text or ""), "a reader shows it as HTML"
    assert {"Etablissement.nom_ar", "Page.title", "PageActualite.chapo", "Direction.nom_long_ar"} <= montres
    calendrier = Calendar.from_ical(client.get(f"{racine}/agenda.ics", follow=True).content)
    proprietes = {nom for composant in calendrier.walk() for nom in composant}
    assert not any(CANARI.upper() in nom for nom in proprietes)
    dits = "".join(f"{fait['LOCATION']}{fait['DESCRIPTION']}" for fait in calendrier.walk("VEVENT"))
    assert {"PageEvenement.lieu", "PageEvenement.chapo"} <= noms_montres(dits)


def test_aucune_adresse_n_execute_rien(lieu: Lieu, client: Client, onglet: Onglet) -> None:
    """What the settings of a school lead to, past their form: each address of the corpus, five at a time."""
    page = PageContact.objects.get(etablissement=lieu.ecole.etablissement)
    for debut in range(0, len(ADRESSES), len(RESEAUX)):
        adresses = dict(zip(RESEAUX, ADRESSES[debut:], strict=False))
        ReglagesEcole.objects.update(**adresses)
        assert ouvrir(onglet, client.get(page.get_url(), follow=True).content.decode()) == [], adresses
