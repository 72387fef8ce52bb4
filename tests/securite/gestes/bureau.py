"""What our own screens of the back office receive."""

from django.test import Client
from wagtail.models import Page

from etablissements.monographie.requetes import liste_de_travail
from etablissements.registre.models import Etablissement
from sites.models import HoteEcole

from ..acteurs import Monde
from .base import BOUTON, Geste, fichier, toujours

COURT = {"title": "x", "texte": "y", "image_alt": "z"}
EVENEMENT = {"title": "x", "jour": "2099-12-05", "heure": "09:00", "lieu": "y", "texte": "z"}


def retiree(client: Client, monde: Monde) -> None:
    """The proposal that waits is taken back: its text may be changed again."""
    Page.objects.get(pk=monde.notre.cles["/ar/gestion/evenements/ pk"]).current_workflow_state.cancel()


def monographie(client: Client, monde: Monde) -> None:
    """No report waits."""
    monde.notre.ecole.etablissement.signalements.all().delete()


def sceau(monde: Monde) -> dict[str, str]:
    """What the page of the facts carries."""
    (travail,) = liste_de_travail(ecoles=Etablissement.objects.filter(pk=monde.notre.ecole.etablissement.pk))
    return {"empreinte": travail.empreinte}


def hote(client: Client, monde: Monde) -> None:
    """A name is asked for."""
    HoteEcole.objects.create(etablissement=monde.notre.ecole.etablissement, hote="ecole-argane.ma")


GESTES = {
    "/ar/gestion/actualites/<int:pk>/": (
        Geste("directeur", fichier("a.jpg", "photo", COURT), ("sans_photo", "brouillon"), formulaire=0),
        Geste("redacteur", toujours(**COURT), ("photo", "sans_photo", "brouillon"), formulaire=0),
    ),
    "/ar/gestion/evenements/<int:pk>/": (
        Geste("directeur", toujours(**EVENEMENT), ("brouillon",), formulaire=0, avant=retiree),
    ),
    "/ar/gestion/ecoles/<slug:gresa>/actualites/nouvelle/": (
        Geste("directeur", fichier("a.jpg", "photo", COURT), ("sans_photo", "brouillon"), formulaire=0),
        Geste("redacteur", toujours(**COURT), ("photo", "sans_photo", "brouillon"), formulaire=0),
    ),
    "/ar/gestion/ecoles/<slug:gresa>/evenements/nouveau/": (
        Geste("directeur", toujours(**EVENEMENT), ("brouillon",), formulaire=0),
        Geste("redacteur", toujours(**EVENEMENT), ("brouillon",), formulaire=0),
    ),
    "/ar/gestion/ecole/<slug:gresa>/nom-de-domaine/": (
        Geste("directeur", toujours(hote="ecole-argane.ma"), ("prouver", "rendre")),
        Geste("directeur", toujours(rendre="1"), ("prouver",), avant=hote),
    ),
    "/ar/gestion/ecole/<slug:gresa>/reglages/": (
        Geste("directeur", toujours(telephone_administration="0528990011"), ("moderation_exigee",), formulaire=0),
    ),
    "/ar/gestion/ecoles/<slug:gresa>/monographie/": (
        Geste("directeur", toujours(champ="telephone", juste="0528990012")),
    ),
    "/ar/gestion/ecoles/<slug:gresa>/monographie/confirmer/": (Geste("directeur", sceau, avant=monographie),),
    "/ar/gestion/ecoles/<slug:gresa>/rubriques/": (Geste("directeur", toujours(section="galerie")),),
    "/ar/gestion/messages/<int:pk>/marquer/": BOUTON,
    "/ar/gestion/pages/<int:pk>/traduction/": (
        Geste("redacteur", toujours(traduire="zgh"), ("a_jour",)),
        Geste("redacteur", toujours(a_jour="fr"), ("traduire",)),
    ),
    "/ar/gestion/propositions/<int:pk>/": (
        Geste("directeur", toujours(decision="approve"), formulaire=0),
        Geste("directeur", toujours(decision="reject", commentaire="x"), formulaire=0),
    ),
    "/ar/gestion/propositions/pages/<int:pk>/retirer/": (Geste("redacteur"),),
    "/ar/gestion/signalements/<int:pk>/": (
        Geste("communicateur", toujours(corrige="oui", reponse="x")),
        Geste("ministere", toujours(corrige="non", reponse="x")),
    ),
    "/ar/gestion/tutelles/<uuid:cle>/confirmer/": (Geste("secretaire"),),
    "/ar/gestion/tutelles/<uuid:cle>/terminer/": (Geste("directeur", toujours(motif="x")),),
    "/ar/gestion/tutelles/recherche/": (Geste("secretaire", toujours(nom="x"), ecrit=False),),
    "/ar/gestion/account/": (Geste("redacteur", formulaire=0),),
}
