"""What people do that may change a public page. Each gesture draws what it needs, acts by the portal's own screens and
operations, and returns the codes of the schools that it speaks of; None when there was nothing to do it on.
"""

from collections.abc import Callable

from wagtail.models import Page

from portal.ministere.models import PageMinistere
from sites.models import PageDEcole

from . import autour, pages
from .monde import SECRET, Monde
from .pages import Touchees

# -- Above the schools, and around ------------------------------------------------------------------------------------


def ecrire_au_ministere(monde: Monde) -> Touchees:
    """The ministry's word, which names pages of schools."""
    page = monde.hasard.choice(list(PageMinistere.objects.order_by("pk")))
    pages.editer(monde, page, monde.ministere, title=f"Ministère {monde.rang}")
    return set()


def ecrire_sur_un_noeud(monde: Monde) -> Touchees:
    """The title of a page above the schools."""
    noeuds = Page.objects.filter(depth__in=(3, 4, 5)).order_by("pk")
    noeuds = [page for page in noeuds if not isinstance(page.specific, PageDEcole)]
    pages.editer(monde, monde.hasard.choice(noeuds).specific, monde.ministere, title=f"Noeud {monde.rang}")
    return set()


def changer_de_nom(monde: Monde) -> Touchees:
    """Somebody of the staff has another name: no page shows it."""
    personne = monde.directeurs[monde.ecole().gresa]
    personne.last_name = f"{SECRET} {monde.rang}"
    personne.save()
    return set()


Geste = Callable[[Monde], Touchees]
GESTES: tuple[Geste, ...] = (
    pages.ecrire_une_nouvelle,
    pages.ecrire_un_evenement,
    pages.proposer,
    pages.corriger,
    pages.decider,
    pages.proposer_et_approuver,
    pages.modifier,
    pages.modifier,
    pages.modifier_une_rubrique,
    pages.remplir_un_panneau,
    pages.garder_un_brouillon,
    pages.renommer,
    pages.renommer,
    pages.programmer,
    pages.creer_une_page,
    pages.copier,
    pages.retablir,
    pages.retirer,
    pages.retirer,
    pages.supprimer,
    pages.supprimer_une_rubrique,
    pages.ordonner,
    pages.ouvrir_une_rubrique,
    pages.ouvrir_une_rubrique,
    pages.traduire,
    pages.traduire,
    pages.tenir_a_jour,
    autour.changer_une_image,
    autour.supprimer_une_image,
    autour.changer_un_document,
    autour.supprimer_un_document,
    autour.regler,
    autour.regler,
    autour.changer_d_hote,
    autour.changer_d_hote,
    autour.confirmer,
    autour.importer_le_registre,
    autour.importer_le_registre,
    autour.importer_le_registre,
    autour.importer_les_eleves,
    ecrire_au_ministere,
    ecrire_sur_un_noeud,
    changer_de_nom,
)
