"""What other programs subscribe to: news of a school or of a direction (RSS), agenda of a school (iCalendar)."""

import datetime
from collections.abc import Iterable
from html import escape

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from etablissements.registre.models import Direction
from portal.diffusion import cles
from portal.diffusion.api import garder
from portal.socle.texte import sans_controle

from . import ical
from .entree import accueil_a
from .models import PageActualite, PageEtablissement, PageEvenement
from .models.agenda import debut_du_jour_suivant
from .variantes import Section

FLUX = "actualites.rss"  # below the page that it follows
NOUVELLES = 20
EVENEMENTS = 200
PASSES = datetime.timedelta(days=365)


@login_not_required
@require_safe
def actualites(request: HttpRequest, racine: str) -> HttpResponse:
    """Serve the latest news of a school."""
    accueil = _accueil_qui_a(Section.ACTUALITES, request, racine, FLUX)
    if isinstance(accueil, HttpResponse):
        return accueil
    ecole = accueil.etablissement
    nouvelles = PageActualite.de(ecole).order_by("-date", "-pk")[:NOUVELLES]
    titre = _("Actualités de l'établissement %(nom)s") % {"nom": ecole.nom_public}
    return garder(
        _rss(titre=titre, lien=accueil.chemin(), nouvelles=nouvelles),
        cles={cles.actualites(ecole.gresa), cles.ecole(ecole.gresa)},
    )


@login_not_required
@require_safe
def actualites_de_direction(request: HttpRequest, academie: str, direction: str) -> HttpResponse:
    """Serve the latest news of the schools of a direction."""
    trouvee = get_object_or_404(Direction, slug=direction, academie__slug=academie)
    titre = _("Actualités des établissements : %(direction)s") % {"direction": trouvee.nom_long}
    lien = request.path.removesuffix(FLUX)
    nouvelles = PageActualite.des_ecoles(etablissement__direction=trouvee)[:NOUVELLES]
    reponse = _rss(titre=titre, lien=lien, nouvelles=nouvelles, avec_ecole=True)
    return garder(reponse, cles={cles.direction(trouvee.pk)})


@login_not_required
@require_safe
def agenda(request: HttpRequest, racine: str) -> HttpResponse:
    """Serve the agenda of a school: what is coming, and a year of what has been."""
    accueil = _accueil_qui_a(Section.AGENDA, request, racine, "agenda.ics")
    if isinstance(accueil, HttpResponse):
        return accueil
    ecole = accueil.etablissement
    depuis = timezone.localdate() - PASSES
    evenements = PageEvenement.de(ecole).filter(termine__gte=depuis).order_by("-jour", "-pk")[:EVENEMENTS]
    calendrier = ical.ecrire(
        nom=_("Agenda de l'établissement %(nom)s") % {"nom": ecole.nom_public},
        langue=get_language() or settings.LANGUAGE_CODE,
        evenements=[_evenement(evenement) for evenement in evenements],
    )
    reponse = HttpResponse(calendrier, content_type="text/calendar; charset=utf-8")
    return garder(reponse, cles={cles.agenda(ecole.gresa), cles.ecole(ecole.gresa)}, jusqu_a=debut_du_jour_suivant())


def _accueil_qui_a(section: Section, request: HttpRequest, racine: str, reste: str) -> PageEtablissement | HttpResponse:
    """Return the home of a school that shows this section."""
    accueil = accueil_a(request, racine, reste)
    if isinstance(accueil, PageEtablissement) and section not in {enfant.section for enfant in accueil.enfants}:
        raise Http404
    return accueil


def _rss(*, titre: str, lien: str, nouvelles: Iterable[PageActualite], avec_ecole: bool = False) -> HttpResponse:
    titre = sans_controle(titre)
    flux = Rss201rev2Feed(
        title=titre,
        link=f"{settings.URL_PUBLIQUE}{lien}",
        description=escape(titre, quote=False),  # as below
        language=get_language(),
        feed_url=f"{settings.URL_PUBLIQUE}{lien}{FLUX}",
    )
    for page in nouvelles:
        jour = datetime.datetime.combine(page.date, datetime.time(), timezone.get_current_timezone())
        flux.add_item(
            title=sans_controle(page.title),
            link=f"{settings.URL_PUBLIQUE}{page.chemin()}",
            # Readers take a description for HTML, and we write text. Some show it as it is: quotes stay quotes.
            description=escape(sans_controle(page.chapo), quote=False),
            pubdate=jour,
            unique_id=f"urn:uuid:{page.translation_key}",
            unique_id_is_permalink=False,
            categories=[sans_controle(page.etablissement.nom_public)] if avec_ecole else None,
        )
    return HttpResponse(flux.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def _evenement(page: PageEvenement) -> ical.Evenement:
    return ical.Evenement(
        uid=f"{page.translation_key}@portail",
        titre=page.title,
        debut=page.debut,
        fin=page.fin,
        lieu=page.lieu,
        description=page.chapo,
        url=f"{settings.URL_PUBLIQUE}{page.chemin()}",
        langue=page.langue_contenu,
        modifie_le=page.last_published_at or page.latest_revision_created_at or timezone.now(),
    )
