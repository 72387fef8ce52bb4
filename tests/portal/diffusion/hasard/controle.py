"""Reads every public address, and compares each copy with what the portal renders without a store."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from wagtail.models import Page, ReferenceIndex

from etablissements.registre.models import Academie, Direction, Etablissement
from portal.diffusion.adresses import Adresse, adresse_du_fichier
from portal.diffusion.magasin import Magasin
from sites.adresses import adresse as adresse_courte
from sites.models import AdresseAncienne, HoteEcole, PageDEcole
from sites.models.langues import sans_langue
from tests.diffusion import Lecteur

from .monde import SECRET, Monde

PORTAIL = "testserver"
# What two renderings of one page do not say alike, and why it may be so.
CHANGEANT = re.compile(
    rb"<lastBuildDate>[^<]*</lastBuildDate>"  # of a feed without news, Django writes the hour of the rendering
)
# These speak of the whole country and are made again every six hours (`sites.plan.views.DUREE`), not at each change.
TOUTES_LES_SIX_HEURES = re.compile(r"/sitemap(-portail|-\d\d-\d+)?\.xml")


def excepte(adresse: Adresse) -> bool:
    """Whether a copy may be behind for some hours."""
    return adresse.hote == PORTAIL and bool(TOUTES_LES_SIX_HEURES.fullmatch(adresse.chemin))


@dataclass
class Bilan:
    """What was seen so far."""

    gestes: int = 0
    comparees: int = 0
    tombees: int = 0
    fausses: list[str] = field(default_factory=list)
    de_trop: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    # Dropped although they would have said the same, by gesture: within the bounds, but of no use.
    inutiles: Counter[str] = field(default_factory=Counter)
    # Gestures after which something was dropped, by name.
    suivis: Counter[str] = field(default_factory=Counter)


class Controle:
    """The store, a reader in front of it, and a portal without one.

    Args:
        magasin: the store of the test.
        monde: what is changed.
        part: share of the addresses that are read, drawn.
    """

    def __init__(self, magasin: Magasin, monde: Monde, *, part: float) -> None:
        self.magasin, self.monde, self.part = magasin, monde, part
        self.bilan = Bilan()
        self.connues: dict[Adresse, None] = {}
        self._vues: set[Adresse] = set()
        self._lecteurs: dict[str, Lecteur] = {}
        self._avec = WSGIHandler()
        with override_settings(DIFFUSION_DIR=""):
            self._sans = Lecteur(portail=WSGIHandler())

    # -- Reading --------------------------------------------------------------

    def copies(self) -> dict[Adresse, bytes]:
        """What is in the store; what has come to its end is not."""
        self.magasin.oter_les_echus()
        trouvees = {}
        for fichier in self.magasin.pages.rglob("*"):
            if fichier.is_file() and fichier.suffix not in {".gz", ".fin"}:
                adresse = adresse_du_fichier(str(fichier.relative_to(self.magasin.pages)))
                assert adresse is not None, fichier
                trouvees[adresse] = fichier.read_bytes()
        return trouvees

    def lire(self, adresse: Adresse, **entetes: str) -> int:
        """Ask as a reader, so that a copy is kept."""
        lecteur = self._lecteurs.setdefault(adresse.hote, Lecteur(adresse.hote, portail=self._avec))
        return lecteur.lire(adresse.chemin, requete=f"page={adresse.page}" if adresse.page else "", **entetes).statut

    def verite(self, adresse: Adresse) -> tuple[int, bytes]:
        """What the portal says now."""
        self._sans.hote = adresse.hote
        self._sans.devant.magasin = None
        lue = self._sans.lire(adresse.chemin, requete=f"page={adresse.page}" if adresse.page else "")
        return lue.statut, lue.corps

    def remplir(self) -> None:
        """Read the addresses that are new, or a part of them."""
        for adresse in adresses():
            if adresse in self._vues:
                continue
            self._vues.add(adresse)
            if self.monde.hasard.random() < self.part:
                self.connues[adresse] = None
                self.lire(adresse)

    # -- Judging --------------------------------------------------------------

    def apres(self, geste: str, avant: dict[Adresse, bytes], touchees: set[str]) -> None:
        """Compare everything after a gesture, note what is wrong, and fill the store again."""
        bilan = self.bilan
        restent = self.copies()
        assert restent.keys() <= avant.keys(), f"{geste}: a signed-in request left {restent.keys() - avant.keys()}"
        for adresse, corps in restent.items():
            statut, vrai = self.verite(adresse)
            bilan.comparees += 1
            if (statut != 200 or not egales(corps, vrai)) and not excepte(adresse):
                bilan.fausses.append(f"{geste}: {lieu(adresse)}: {statut}: {difference(corps, vrai)}")
                self._oter(adresse)
        tombees = avant.keys() - restent.keys()
        bilan.tombees += len(tombees)
        bilan.suivis[geste.partition(" ")[0]] += bool(tombees)
        for adresse in sorted(tombees, key=lieu)[:1]:
            self.lire(adresse, HTTP_COOKIE="sessionid=x")
            assert adresse not in self.copies(), f"{geste}: a reader with a cookie left {lieu(adresse)}"
        for adresse in sorted(tombees, key=lieu):
            self.lire(adresse)
        neuves = self.copies()
        for adresse in tombees:
            if adresse not in neuves or not egales(avant[adresse], neuves[adresse]):
                continue
            nom = geste.partition(" ")[0]
            bilan.inutiles[nom] += 1
            if (code := ecole_de(adresse)) and code not in touchees and not mene_ailleurs(adresse):
                bilan.de_trop.append(f"{geste}: {lieu(adresse)}")
        self.remplir()
        for adresse in self._autres():  # what was not found, or led elsewhere, may be a page now
            self.lire(adresse)
        for adresse, corps in self.copies().items():
            if SECRET.encode() in corps.lower():
                bilan.secrets.append(f"{geste}: {lieu(adresse)}")

    def _autres(self) -> list[Adresse]:
        copies = self.copies()
        restent = [adresse for adresse in self.connues if adresse not in copies]
        return self.monde.hasard.sample(restent, min(10, len(restent)))

    def _oter(self, adresse: Adresse) -> None:
        """Take a stale copy away: it is counted once."""
        for _suffixe, fichier in adresse.fichiers():
            self.magasin._oter(fichier)


def egales(copie: bytes, vraie: bytes) -> bool:
    """Whether two bodies are the same, but for `CHANGEANT`; a site map has no order."""
    if copie == vraie:
        return True
    if b"<urlset" in copie:
        return sorted(copie.splitlines()) == sorted(vraie.splitlines())
    return CHANGEANT.sub(b"", copie) == CHANGEANT.sub(b"", vraie)


def difference(copie: bytes, vraie: bytes) -> str:
    """The first words that differ."""
    rang = next((r for r, (x, y) in enumerate(zip(copie, vraie, strict=False)) if x != y), min(len(copie), len(vraie)))
    lus = (octets[max(0, rang - 60) : rang + 60].decode(errors="replace") for octets in (copie, vraie))
    return " -> ".join(map(repr, lus))


def lieu(adresse: Adresse) -> str:
    """An address, in a word."""
    return f"{adresse.hote}{adresse.chemin}" + (f"?page={adresse.page}" if adresse.page else "")


def ecole_de(adresse: Adresse) -> str:
    """The code of the school whose page this is; empty for the pages above the schools."""
    if trouve := re.search(r"/ecoles/([0-9]{5}[a-z])\b|sitemap-ecole-([0-9]{5}[a-z])", adresse.chemin):
        return (trouve[1] or trouve[2]).upper()
    if adresse.hote == PORTAIL:
        return ""
    if adresse.hote.endswith(f".{settings.DOMAINE_ECOLES}"):
        return adresse.hote.partition(".")[0].upper()
    hote = HoteEcole.objects.filter(hote=adresse.hote).select_related("etablissement").first()
    return hote.etablissement.gresa if hote else "?"


def mene_ailleurs(adresse: Adresse) -> bool:
    """Whether this is the address of a page whose words lead to others: it follows theirs, on any site."""
    nom = adresse.chemin.rstrip("/").rpartition("/")[2]
    citantes = ReferenceIndex.objects.filter(to_content_type=ContentType.objects.get_for_model(Page))
    pages = Page.objects.filter(pk__in=[int(cle) for cle in citantes.values_list("object_id", flat=True)])
    return any(sans_langue(slug) == nom for slug in pages.values_list("slug", flat=True))


def adresses() -> list[Adresse]:
    """Every public address of the portal, and some that answer nothing."""
    lieux = [(PORTAIL, chemin, 0) for chemin in ("/", "/robots.txt", "/sitemap.xml", "/sitemap-portail.xml")]
    lieux += [(PORTAIL, f"/sitemap-{code}-1.xml", 0) for code in Academie.objects.values_list("pk", flat=True)]
    for langue in ("ar", "fr", "zgh"):
        lieux += [(PORTAIL, f"/{langue}/{chemin}", 0) for chemin in _du_portail()]
        lieux += [(PORTAIL, f"/{langue}/annuaire/", page) for page in (1, 2)]
    for ecole in Etablissement.objects.order_by("pk"):
        restes = [*dict.fromkeys(_restes(ecole)), "nulle-part/", "contact/ecrire/", "recherche/"]
        propre = HoteEcole.objects.verifies().filter(etablissement=ecole).values_list("hote", flat=True)
        lieux.append((PORTAIL, f"/sitemap-ecole-{ecole.gresa.lower()}.xml", 0))
        for hote in (*propre, f"{ecole.gresa.lower()}.{settings.DOMAINE_ECOLES}"):
            lieux += [(hote, chemin, 0) for chemin in ("/", "/robots.txt", "/sitemap.xml")]
            lieux += [(hote, f"/{langue}/{reste}", 0) for langue in ("ar", "zgh") for reste in restes]
        for langue in ("ar", "fr", "zgh"):
            lieux += [(PORTAIL, adresse_courte(ecole.slug_public, reste, langue=langue), 0) for reste in restes]
            lieux += [(PORTAIL, adresse_courte(ecole.slug_public, reste, langue=langue), 2) for reste in _listes()]
    return list(dict.fromkeys(Adresse(*un) for un in lieux))


def _listes() -> Iterable[str]:
    return ("actualites/", "galerie/", "agenda/")


def _du_portail() -> list[str]:
    noeuds = [f"etablissements/{academie.slug}/" for academie in Academie.objects.filter(pk__in=("09", "07"))]
    directions = Direction.objects.filter(etablissements__isnull=False).select_related("academie").distinct()
    for direction in directions:
        noeud = f"etablissements/{direction.academie.slug}/{direction.slug}/"
        noeuds += [noeud, f"{noeud}actualites.rss"]
    return ["", "etablissements/", "annuaire/", "verification/", "compte/login/", "nulle-part/", *noeuds]


def _restes(ecole: Etablissement) -> list[str]:
    restes = ["", "actualites.rss", "agenda.ics"]
    for modele in PageDEcole.__subclasses__():
        for sorte in (modele, *modele.__subclasses__()):
            if not sorte._meta.abstract:
                restes += [page.reste for page in sorte.objects.filter(etablissement=ecole)]
    return restes + list(AdresseAncienne.objects.filter(etablissement=ecole).values_list("reste", flat=True))
