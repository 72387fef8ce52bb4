"""Two schools of one direction with everything on their sites, one of another direction, a unit and a closed school."""

import datetime
from dataclasses import dataclass, field
from random import Random

from django.utils import timezone
from wagtail.models import Page

from etablissements.registre.models import Etablissement
from portal.comptes.models import Utilisateur
from portal.ministere.models import PageMinistere
from sites.createur import Createur
from sites.models import HoteEcole, PageDEcole, PageEtablissement, PageLibre, ReglagesEcole
from sites.traductions import traduire
from tests.fabriques import creer_affectation, creer_etablissement, creer_inscription, creer_utilisateur
from tests.fabriques.mediatheque import creer_document_public, creer_image
from tests.fabriques.pages import creer_actualite, creer_evenement, creer_site_complet
from tests.fabriques.registre import MARRAKECH
from tests.fabriques.scolarite import creer_classe, creer_eleve, creer_import_liste

# In everything that no reader may see: drafts, names of the staff, of pupils and of their families.
SECRET = "zorglub"
MARRAKECH_AUSSI = {"type": "lycee", "cycles": ("qualifiant",), "direction": MARRAKECH}


@dataclass
class Monde:
    """What the gestures act on.

    Attributes:
        hasard: where everything is drawn.
        ecoles: the schools that have a site of their own at the beginning.
        directeurs: by code of school.
        redacteurs: the same, for who writes without publishing.
        ministere: who writes for the country.
        rang: number of the gesture, so that each writes another text.
        refuses: pages that the full editor did not take.
    """

    hasard: Random
    ecoles: list[Etablissement] = field(default_factory=list)
    unites: list[Etablissement] = field(default_factory=list)
    directeurs: dict[str, Utilisateur] = field(default_factory=dict)
    redacteurs: dict[str, Utilisateur] = field(default_factory=dict)
    ministere: Utilisateur | None = None
    rang: int = 0
    refuses: list[str] = field(default_factory=list)

    def ecole(self) -> Etablissement:
        """One of the schools, as the database has it now."""
        return Etablissement.objects.get(pk=self.hasard.choice(self.ecoles).pk)

    def pages(self, *modeles: type[Page], **filtres: object) -> list[Page]:
        """The pages of the schools, of these kinds, in a fixed order."""
        voulus = modeles or tuple(PageDEcole.__subclasses__())
        trouvees = Page.objects.type(*voulus).filter(**filtres).order_by("pk").specific()
        return [page for page in trouvees if page.etablissement.gresa in self.directeurs]

    def page(self, *modeles: type[Page], **filtres: object) -> Page | None:
        """One of them, None without any."""
        trouvees = self.pages(*modeles, **filtres)
        return self.hasard.choice(trouvees) if trouvees else None

    def directeur_de(self, page: Page) -> Utilisateur:
        """Who publishes this page of a school."""
        return self.directeurs[page.specific.etablissement.gresa]


def publier(page: Page) -> Page:
    """Publish a page as editors do: with a revision."""
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def creer_monde(hasard: Random) -> Monde:
    """Build everything; a third of a second a school."""
    monde = Monde(hasard)
    monde.ecoles = [
        creer_etablissement(nom_fr="COLLEGE ARGANE", nom_ar="الثانوية الاعدادية اركان"),
        creer_etablissement(
            nom_fr="ECOLE CEDRE", nom_ar="مدرسة الارز", type="ecole", cycles=("prescolaire", "primaire")
        ),
        creer_etablissement(nom_fr="LYCEE OLIVIER", nom_ar="ثانوية الزيتون", **MARRAKECH_AUSSI),
    ]
    a, b, c = monde.ecoles
    fermee = creer_etablissement(
        nom_fr="COLLEGE FERME", nom_ar="الثانوية المغلقة", ouvert=False, ferme_le=datetime.date(2026, 7, 1)
    )
    monde.unites = [
        creer_etablissement(nom_fr="SATELLITE THUYA", nom_ar="فرعية العرعار", type="satellite", rattachement=b)
    ]
    monde.ministere = _agent("ministere")
    _agent("communicateur", direction=a.direction)
    for ecole in monde.ecoles:
        creer_site_complet(ecole)
        monde.directeurs[ecole.gresa] = _agent("directeur", etablissement=ecole)
        monde.redacteurs[ecole.gresa] = _agent("redacteur", etablissement=ecole)
    Createur().creer(fermee)
    # As if they had been published one by one, which takes a second more: a calendar says since when it is so.
    maintenant = timezone.now()
    Page.objects.filter(live=True).update(first_published_at=maintenant, last_published_at=maintenant)
    for ecole in monde.ecoles:
        _enrichir(ecole)
    _relier(a, b, c)
    _compter_les_eleves(a)
    HoteEcole.objects.create(etablissement=a, hote="college-argane.ma", verifie_le=timezone.now())
    return monde


def _agent(role: str, **ou: object) -> Utilisateur:
    personne = creer_utilisateur(first_name=SECRET, last_name=role, email=f"{role}@{SECRET}.invalid")
    return creer_affectation(role=role, utilisateur=personne, **ou).utilisateur


def _enrichir(ecole: Etablissement) -> None:
    """A logo, more texts, free pages, drafts, translations."""
    logo = creer_image(taille=(60, 60), proprietaire=ecole.gresa)
    ReglagesEcole.objects.create(etablissement=ecole, logo=logo, moderation_exigee=True)
    accueil = PageEtablissement.objects.filter(etablissement=ecole).earliest("pk")
    for rang in range(2):
        libre = accueil.add_child(instance=PageLibre(title=f"صفحة {rang}", slug=f"libre-{rang}", locale=accueil.locale))
        publier(libre)
        image = creer_image(taille=(60, 40), proprietaire=ecole.gresa)
        document = creer_document_public(nom=f"d{rang}.pdf", proprietaire=ecole.gresa)
        corps = [
            ("image", {"image": image, "alt": "ساحة", "legende": "", "credit": "Essais"}),
            ("document", {"document": document, "titre": ""}),
        ]
        publier(creer_actualite(ecole, slug=f"nouvelle-{rang}", corps=corps, image=image, image_alt="ساحة"))
        creer_actualite(ecole, slug=f"brouillon-{rang}", title=f"{SECRET} {rang}", live=False)
    publier(creer_evenement(ecole, "demain", jour=timezone.localdate() + datetime.timedelta(days=2)))
    nouvelle = accueil.get_descendants().get(slug="nouvelle-0").specific
    for page, langue in ((accueil, "fr"), (nouvelle, "fr"), (nouvelle, "zgh"), (libre, "zgh"), (libre, "fr")):
        publier(traduire(page=page, langue=langue, auteur=None))
    nouvelle.title = f"{SECRET} plus tard"  # a draft on a page that is live
    nouvelle.save_revision()


def _relier(a: Etablissement, b: Etablissement, c: Etablissement) -> None:
    """Texts that name other pages: of the same school, of the others, of the ministry."""

    def de(ecole: Etablissement, slug: str) -> Page:
        return PageEtablissement.objects.filter(etablissement=ecole).earliest("pk").get_descendants().get(slug=slug)

    accueil_c = PageEtablissement.objects.filter(etablissement=c).earliest("pk")
    cibles = [de(a, "libre-0"), de(a, "nouvelle-0"), de(b, "nouvelle-1"), de(b, "libre-1"), accueil_c]
    for page in (de(a, "libre-1").specific, de(c, "nouvelle-1").specific):
        page.corps = corps_qui_mene_a(cibles)
        publier(page)
    ministere = PageMinistere.objects.get(locale__language_code="ar")
    ministere.mot = corps_qui_mene_a(cibles)
    publier(ministere)


def corps_qui_mene_a(cibles: list[Page]) -> list[tuple[str, object]]:
    """A body with a link in a text and a button for each of these pages."""
    liens = "".join(f'<p><a linktype="page" id="{page.pk}">lien</a></p>' for page in cibles)
    boutons = [
        (
            "appel",
            {
                "texte": "Voir",
                "phrase": "",
                "lien": {"page": page.page_ptr if hasattr(page, "page_ptr") else page, "url": ""},
            },
        )
        for page in cibles
    ]
    return [("texte", liens), *boutons]


def _compter_les_eleves(ecole: Etablissement) -> None:
    classe = creer_classe(etablissement=ecole)
    eleve = creer_eleve(nom_fr=SECRET.upper(), prenom_fr=SECRET, nom_ar=SECRET, prenom_ar=SECRET)
    creer_inscription(classe=classe, eleve=eleve)
    creer_import_liste(classe=classe)
