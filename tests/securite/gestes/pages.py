"""What Wagtail's views of pages receive."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from portal.ministere.models import PageMinistere
from portal.socle.pages import PagePortail
from sites.models import (
    PageAcademie,
    PageActualite,
    PageActualites,
    PageAdmissions,
    PageAgenda,
    PageAssociation,
    PageContact,
    PageDirection,
    PageEtablissement,
    PageEtablissements,
    PageEvenement,
    PageGalerie,
    PageLibre,
    PageResultats,
    PageRubrique,
    PageServices,
)
from sites.models.base import PageDeSection
from sites.sections import MODELES, ouvrir
from sites.variantes import offre
from tests.fabriques.pages import creer_evenement

from ..acteurs import Monde
from .base import BOUTON, LECTURE, Corps, Geste, toujours

CREER = "/ar/gestion/pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>"
# Wagtail's: what was read, the comments, the button that was used, what tells a block from the next.
CADRE = ("action-.*", "comment.*", "loaded_revision_.*", "next", ".*-0-id")
DATES = ("go_live_at", "expire_at")
LIGNE = "-0-(ORDER|DELETE)"


def flux(nom: str) -> dict[str, str]:
    """A body of one text."""
    return nested_form_data({nom: streamfield([("texte", rich_text("<p>x</p>"))])})


def lignes(nom: str, champs: dict[str, Any]) -> dict[str, str]:
    """An inline panel of one new row."""
    return nested_form_data({nom: inline_formset([champs])})


def photo(monde: Monde) -> dict[str, Any]:
    """A gallery of one image of the school."""
    return lignes("photos", {"image": monde.notre.cles["image_id"], "image_alt": "x", "legende": "y"})


CORPS = flux("corps")
# What each kind of page is sent in the full editor beside its title, and the names that it owns without sending them.
SECTIONS: dict[type[PagePortail], tuple[Corps, tuple[str, ...]]] = {
    PageActualites: (toujours(), ()),
    PageAgenda: (toujours(), ()),
    PageContact: (toujours(**flux("horaires")), ()),
    PageGalerie: (photo, ("chapo", f"photos{LIGNE}")),
    PageServices: (
        toujours(**CORPS, **lignes("clubs", {"nom": "x", "description": "y", "quand": "z"})),
        (f"clubs{LIGNE}",),
    ),
    PageAssociation: (toujours(**CORPS, telephone="0528990011", courriel="a@b.invalid"), ()),
    PageResultats: (toujours(**CORPS), ()),
    PageAdmissions: (toujours(**CORPS), ()),
    PageRubrique: (toujours(rubrique="orientation", **CORPS), ()),
}
TEXTES: dict[type[PagePortail], tuple[Corps, tuple[str, ...]]] = {
    PageActualite: (toujours(chapo="x", **CORPS), ("date", "epinglee", "image", "image_alt")),
    PageEvenement: (
        toujours(jour="2099-12-05", lieu="x", chapo="y", **CORPS),
        ("heure", "jour_fin", "heure_fin"),
    ),
    PageLibre: (toujours(chapo="x", **CORPS), ()),
}
STRUCTURE: dict[type[PagePortail], tuple[str, Corps, tuple[str, ...]]] = {
    PageEtablissement: ("directeur", toujours(**flux("presentation")), ()),
    PageDirection: ("communicateur", toujours(), ()),
    PageAcademie: ("communicateur d'académie", toujours(), ()),
    PageEtablissements: ("ministere", toujours(), ()),
    PageMinistere: ("ministere", toujours(**flux("mot")), ()),
}


def page_de(modele: type[PagePortail], monde: Monde) -> PagePortail:
    """The page of this kind of our school, or the node above it; made if need be."""
    ecole = monde.notre.ecole
    if issubclass(modele, PageDeSection):
        siennes = (section for section, sien in MODELES.items() if sien is modele)
        return ouvrir(
            etablissement=ecole.etablissement, section=next(s for s in siennes if offre(ecole.etablissement, s))
        )
    if modele is PageEvenement:
        return creer_evenement(ecole.etablissement)
    if modele is PageLibre:
        return ecole.accueil.add_child(instance=PageLibre(title="x", slug="histoire", locale=ecole.accueil.locale))
    au_dessus = ecole.publiee.get_ancestors(inclusive=True).type(modele).last()
    return au_dessus.specific


def modifier(modele: type[PagePortail]) -> Callable[[Client, Monde], str]:
    """Go to the form of a page of this kind."""
    return lambda client, monde: reverse("wagtailadmin_pages:edit", args=[page_de(modele, monde).pk])


def creer(modele: type[PagePortail]) -> Callable[[Client, Monde], str]:
    """Go to the form of a new page of this kind."""

    def aller(client: Client, monde: Monde) -> str:
        page = page_de(modele, monde)
        parent = page.get_parent().pk
        if issubclass(modele, PageDeSection):
            Page.objects.get(pk=page.pk).delete()  # there is room for it again
        arguments = (modele._meta.app_label, modele._meta.model_name, parent)
        return reverse("wagtailadmin_pages:add", args=arguments)

    return aller


def titree(juste: Corps, **champs: str) -> Corps:
    """Add a title, which every kind has, and the button that was used."""
    return lambda monde: {"title": "titre", **juste(monde), **champs}


MODIFICATIONS = (
    *(
        Geste("directeur", titree(juste), (*CADRE, *DATES, *siens), formulaire=1, avant=modifier(modele))
        for modele, (juste, siens) in SECTIONS.items()
    ),
    *(
        Geste(role, titree(juste, **bouton), (*CADRE, *DATES, "slug", *siens), formulaire=1, avant=modifier(modele))
        for modele, (juste, siens) in TEXTES.items()
        for role, bouton in (("redacteur", {}), ("directeur", {"action-publish": "1"}))
    ),
    *(
        Geste(role, titree(juste), (*CADRE, *siens), formulaire=1, avant=modifier(modele))
        for modele, (role, juste, siens) in STRUCTURE.items()
    ),
)
CREATIONS = (
    *(
        Geste("directeur", titree(juste), (*CADRE, *DATES, *siens), formulaire=0, avant=creer(modele))
        for modele, (juste, siens) in SECTIONS.items()
    ),
    *(
        Geste(role, titree(juste, slug="neuve"), (*CADRE, *DATES, *siens), formulaire=0, avant=creer(modele))
        for modele, (juste, siens) in TEXTES.items()
        for role in ("redacteur", "directeur")
    ),
)


def verrouillee(client: Client, monde: Monde) -> str:
    """The page that is locked."""
    return reverse("wagtailadmin_pages:unlock", args=[Page.objects.get(slug="prevue-mienne").pk])


GESTES = {
    **dict.fromkeys(
        (
            "/ar/gestion/choose-page/",
            "/ar/gestion/choose-anchor-link/",
            "/ar/gestion/choose-email-link/",
            "/ar/gestion/choose-external-link/",
            "/ar/gestion/choose-phone-link/",
            "/ar/gestion/sprite/",
            "/ar/gestion/pages/",
            "/ar/gestion/pages/search/",
            "/ar/gestion/pages/search/results/",
            "/ar/gestion/pages/<int:page_id>/revisions/",
            "/ar/gestion/pages/<int:page_id>/view_draft/",
            "/ar/gestion/pages/<int:parent_page_id>/add_subpage/",
            "/ar/gestion/pages/workflow/confirm_cancellation/<int:page_id>/",
        ),
        LECTURE,
    ),
    "/ar/gestion/editing-sessions/ping/<str:app_label>/<str:model_name>/<str:object_id>/<int:session_id>/": (
        Geste("directeur", toujours(is_editing="1"), ("revision_id",)),
    ),
    "/ar/gestion/editing-sessions/release/<int:session_id>/": BOUTON,
    "/ar/gestion/pages/<int:page_id>/copy/": (
        Geste("directeur", toujours(new_title="x", new_slug="neuve"), formulaire=0, siens=("alias", "publish_copies")),
        Geste("redacteur", toujours(new_title="x", new_slug="neuve"), formulaire=0),
    ),
    "/ar/gestion/pages/<int:page_id>/delete/": BOUTON,
    "/ar/gestion/pages/<int:page_id>/edit/": MODIFICATIONS,
    "/ar/gestion/pages/<int:page_id>/lock/": BOUTON,
    "/ar/gestion/pages/<int:page_id>/revisions/<int:revision_id>/revert/": (
        Geste(
            "directeur",
            titree(TEXTES[PageActualite][0]),
            (*CADRE, *DATES, "slug", *TEXTES[PageActualite][1]),
            formulaire=1,
        ),
    ),
    "/ar/gestion/pages/<int:page_id>/revisions/<int:revision_id>/unschedule/": BOUTON,
    "/ar/gestion/pages/<int:page_id>/unlock/": (Geste(avant=verrouillee),),
    "/ar/gestion/pages/<int:page_id>/unpublish/": BOUTON,
    "/ar/gestion/pages/<int:page_to_move_id>/move/": (Geste(formulaire=0, ecrit=False),),
    "/ar/gestion/pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/": BOUTON,
    "/ar/gestion/pages/<int:page_to_move_id>/set_position/": BOUTON,
    f"{CREER}/": CREATIONS,
    # Nothing is written, and Wagtail keeps the form for the frame that shows it.
    f"{CREER}/preview/": (Geste("redacteur", titree(TEXTES[PageActualite][0], slug="neuve"), CADRE, ecrit=False),),
    "/ar/gestion/pages/<int:page_id>/edit/preview/": (
        Geste("redacteur", titree(TEXTES[PageActualite][0], slug="neuve"), CADRE, ecrit=False),
    ),
}
