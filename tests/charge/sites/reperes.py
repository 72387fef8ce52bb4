"""What is measured: the same school in both databases, its people, the addresses, the writings."""

import itertools

from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from etablissements.acces.models import Affectation
from etablissements.registre.gresa import lettre_de_controle
from etablissements.registre.index import indexer
from etablissements.registre.models import Etablissement
from portal.comptes.models import Utilisateur
from portal.demonstration.pays.ecoles import code
from portal.demonstration.pays.personnes import identifiant
from portal.socle.models import ImagePortail
from sites.createur import Createur
from sites.models import PageActualite, PageActualites, PageContact, PageEtablissement

ROLES = ("redacteur", "directeur", "communicateur", "ministere", "superuser")
PREMIER_ESSAI = 98_500
_rangs = itertools.count(1)


def _ecole() -> Etablissement:
    return Etablissement.objects.select_related("direction__academie", "commune").get(gresa=code(0))


def compte(role: str) -> str:
    """Return the user name of the one who has `role` over the school, made if nobody has it."""
    ecole = _ecole()
    if role == "superuser":
        nom = "banc-superuser"
        Utilisateur.objects.get_or_create(username=nom, defaults={"is_superuser": True, "is_staff": True})
        return nom
    portee = {"communicateur": ecole.direction_id, "ministere": ""}.get(role, ecole.gresa)
    nom = identifiant(role, portee)
    agent, nouveau = Utilisateur.objects.get_or_create(username=nom)
    if nouveau:
        Affectation.objects.create(utilisateur=agent, role=role, etablissement=ecole)
    return nom


def adresses() -> dict[str, dict[str, str]]:
    """Return the addresses to read, public and of the back office, by name."""
    ecole = _ecole()
    accueil = PageEtablissement.objects.get(etablissement=ecole)
    actualite = _derniere_actualite()
    liste = PageActualites.objects.get(etablissement=ecole)
    grande = Page.objects.filter(depth=accueil.depth - 1).order_by("-numchild", "path").first()
    directeur = Utilisateur.objects.get(username=compte("directeur"))
    racine = f"ecoles/{ecole.slug_public}/"
    with translation.override("ar"):
        publiques = {
            "school home": f"/ar/{racine}",
            "school home in French": f"/fr/{racine}",
            "contact": PageContact.objects.get(etablissement=ecole).get_url(),
            "news": liste.get_url(),
            "news item": actualite.get_url(),
            "direction": accueil.get_parent().get_url(),
            "sitemap index": reverse("plan:index"),
            "sitemap of the school": reverse("plan:ecole", args=(ecole.gresa.lower(),)),
            "sitemap of an academy": reverse("plan:academie", args=(ecole.direction.academie_id, 1)),
            **{
                f"section {page.slug}": page.get_url()
                for page in accueil.get_children().live().specific()
                if page.slug not in ("actualites", "contact")
            },
        }
        gestion = {
            "dashboard": reverse("wagtailadmin_home"),
            "explorer, own school": reverse("wagtailadmin_explore", args=(accueil.pk,)),
            "explorer, own news": reverse("wagtailadmin_explore", args=(liste.pk,)),
            "big listing": reverse("wagtailadmin_explore", args=(grande.pk,)),
            "explorer, root": reverse("wagtailadmin_explore_root"),
            "page add form": reverse("wagtailadmin_pages:add", args=("portail_sites", "pageactualite", liste.pk)),
            "page edit form": reverse("wagtailadmin_pages:edit", args=(actualite.pk,)),
            "page history": reverse("wagtailadmin_pages:history", args=(actualite.pk,)),
            "page search": reverse("wagtailadmin_pages:search") + "?q=مؤسسة",
            "page chooser": reverse("wagtailadmin_choose_page"),
            "image list": reverse("wagtailimages:index"),
            "image chooser": reverse("wagtailimages_chooser:choose"),
            "image add": reverse("wagtailimages:add"),
            "image edit": reverse(
                "wagtailimages:edit", args=(ImagePortail.objects.order_by("pk").values_list("pk", flat=True)[0],)
            ),
            "document list": reverse("wagtaildocs:index"),
            "document chooser": reverse("wagtaildocs_chooser:choose"),
            "document add": reverse("wagtaildocs:add"),
            "user list": reverse("wagtailusers_users:index"),
            "user form": reverse("wagtailusers_users:edit", args=(directeur.pk,)),
            "user add": reverse("wagtailusers_users:add"),
            "group list": reverse("wagtailusers_groups:index"),
            "group form": reverse("wagtailusers_groups:add"),
            "collections": reverse("wagtailadmin_collections:index"),
            "report, site history": reverse("wagtailadmin_reports:site_history"),
            "report, aging pages": reverse("wagtailadmin_reports:aging_pages"),
            "report, locked pages": reverse("wagtailadmin_reports:locked_pages"),
            "report, workflows": reverse("wagtailadmin_reports:workflow"),
            "report, page types": reverse("wagtailadmin_reports:page_types_usage"),
        }
    return {"public": publiques, "gestion": gestion}


def publier() -> str:
    """Publish the latest news item under a new title, as an editor does: a revision, then it. Return the title."""
    page = _derniere_actualite()
    page.title = f"{page.title[:100]} {next(_rangs)}"
    page.save_revision().publish()
    return page.title


def _derniere_actualite() -> PageActualite:
    return PageActualite.objects.filter(etablissement__gresa=code(0)).order_by("-date", "-pk").first()


def creer_un_site() -> None:
    """Create the site of one more school of the same direction."""
    modele = _ecole()
    numero = PREMIER_ESSAI + next(_rangs)
    champs = {champ.name: getattr(modele, champ.name) for champ in modele._meta.concrete_fields[1:]}
    ecole = Etablissement(**{**champs, "gresa": f"{numero}{lettre_de_controle(numero)}"})
    indexer([ecole])
    ecole.save()
    Createur().creer(ecole)
