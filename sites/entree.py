"""Find the school that an address names, or where the address should have been."""

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect

from etablissements.registre.models import Etablissement
from etablissements.registre.requetes import ecole_qui_repond
from portal.diffusion.copies import CACHE
from portal.socle.langues import langue_sans_cadre
from portal.socle.preparees import Preparee, Valeur

from .adresses import adresse
from .models import PageEtablissement, slug_de
from .models.base import NON_LUES
from .models.images import LOGO, LOGO_PARTAGE, images_pretes
from .models.langues import est_traduit, preferee, traduit_le
from .models.plan import enfants_de
from .models.reglages import reglages_de

# Around the home, what no page of a school says of its school, its region and its settings.
_NON_LUES_AUTOUR = (
    "etablissement__index_recherche",
    "etablissement__ferme_le",
    "etablissement__commune__nom_ar_verifie",
    "etablissement__direction__libelle_massar",
    "etablissement__direction__academie__libelle_massar",
    "etablissement__direction__academie__nom_long_fr",
    "etablissement__direction__academie__nom_long_ar",
    "etablissement__reglages__modifie_le",
    "etablissement__reglages__moderation_exigee",
    "etablissement__reglages__logo__collection",
    "etablissement__reglages__logo__description",
    "etablissement__reglages__logo__created_at",
    "etablissement__reglages__logo__uploaded_by_user",
    "etablissement__reglages__logo__file_size",
    "etablissement__reglages__logo__proprietaire",
    "etablissement__reglages__logo__credit",
    "etablissement__hote__jeton",
    "etablissement__hote__demande_le",
)


def accueil_a(request: HttpRequest, racine: str, reste: str) -> PageEtablissement | HttpResponse:
    """Return the home of the school named by `racine`, or the answer that leads where `reste` really is.

    Its tabs and its translations (`version_lue`) are read with it. Of a closed school there is only the home, which
    says so (ADR 31): what was below leads there.

    Two queries, one more with a logo.

    Args:
        request: it says whether the school's own host was asked, which knows the code alone.
        racine: first segment of the address: code and name.
        reste: what follows it.

    Raises:
        Http404: no school answers for this code.
    """
    code = racine.partition("-")[0].upper()
    versions = _lire_les_accueils(code)
    accueil = next((version for version in versions if not est_traduit(version.slug)), None)
    if accueil is None or accueil.etablissement.successeur_id or accueil.etablissement.rattachement_id:
        return _vers_l_ecole_de(code)
    if racine != slug_de(accueil.etablissement) and not hasattr(request, "ecole_de_l_hote"):
        return rediriger(accueil.etablissement, reste)
    if not accueil.etablissement.ouvert:
        if reste:
            return HttpResponseRedirect(adresse(slug_de(accueil.etablissement)))  # the school may open again
        versions = [accueil]
    accueil.versions = versions
    accueil.enfants = enfants_de(accueil) if accueil.etablissement.ouvert else []
    return accueil


def version_lue(accueil: PageEtablissement) -> PageEtablissement:
    """Return the home in the reader's language, as `accueil_a` read it: itself where nobody translated it. No query."""
    lue: PageEtablissement = preferee(accueil.versions) or accueil
    lue.langues_du_texte = {version.langue for version in accueil.versions}
    if lue is not accueil:
        lue.etablissement, lue.enfants, lue.origine = accueil.etablissement, accueil.enfants, accueil
        publie_le = accueil.last_published_at
        lue.depassee = bool(publie_le and lue.traduit_le and publie_le > lue.traduit_le)
    return lue


_LIENS = (
    "locale",
    "etablissement__commune",
    "etablissement__direction__academie",
    "etablissement__reglages__logo",
    "etablissement__hote",
)
_accueils: Preparee[PageEtablissement] = Preparee(
    lambda: (
        PageEtablissement.objects.live()
        .filter(etablissement__gresa=Valeur("gresa"))
        .order_by("pk")
        .select_related(*_LIENS)
        .defer(*NON_LUES, *_NON_LUES_AUTOUR)
        .annotate(traduit_le=traduit_le())
    )
)


def _lire_les_accueils(code: str) -> list[PageEtablissement]:
    """Return the live home of a school and its translations."""
    accueils = _accueils.objets(gresa=code)
    if accueils and reglages_de(accueils[0].etablissement).logo_id:
        prefetch_related_objects(accueils, images_pretes(LOGO, LOGO_PARTAGE, lien="etablissement__reglages__logo"))
    return accueils


def _vers_l_ecole_de(code: str) -> HttpResponse:
    """Redirect the code of a unit to its school's page, that of a closed school to its successor's; else not found."""
    ecole = ecole_qui_repond(code)
    if ecole is None or ecole.gresa == code:
        raise Http404
    return rediriger(ecole, "")


def rediriger(etablissement: Etablissement, reste: str) -> HttpResponse:
    """Lead for ever to an address of a school, in the language that was asked.

    A browser asks again each time: it would keep the answer, and a school that takes its old name back would send it in
    circles.
    """
    ici = adresse(slug_de(etablissement), reste, langue=langue_sans_cadre())
    return HttpResponsePermanentRedirect(ici, headers={"Cache-Control": CACHE})
