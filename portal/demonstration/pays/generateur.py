"""Builds the country by lots of schools. A lot is whole or not there: stopped at any time, it goes on where it was."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from etablissements.registre.chargement import charger_registre
from etablissements.registre.models import Commune, Etablissement
from portal.socle.plantation import Plant, planter
from sites.createur import Createur

from .ecoles import CAPACITE, POIDS, EcoleInventee, code, deja_ecrites, ecrire, inventer
from .images import Dessin, dessiner, illustrer
from .personnes import nommer_les_communicateurs, nommer_les_editeurs
from .site import Redaction

LOT = 100


class AutreGraine(Exception):
    """The database holds schools that this seed would not have made."""


class TropDEcoles(ValueError):
    """There are fewer free codes than schools asked for."""


def generer(*, ecoles: int, graine: int, avancer: Callable[[int], object] = lambda _pas: None) -> int:
    """Build a country of `ecoles` schools with sites; return how many were added.

    Schools, units, sites, news, images and editors are a function of the seed; dates of news count back from today.
    What is there already is left as it is. Search and reference indexes are kept up to date.

    Args:
        ecoles: number of schools with a site; units come besides.
        graine: seed.
        avancer: called with the number of schools just done.

    Raises:
        TropDEcoles: more than `CAPACITE`.
        AutreGraine: the country that is there has another seed.
    """
    if ecoles > CAPACITE:
        raise TropDEcoles
    charger_registre()
    communes = list(Commune.objects.select_related("direction__academie").order_by("code"))
    invention = partial(inventer, graine=graine, communes=communes, poids=[POIDS[c.genre] for c in communes])
    faites = deja_ecrites()
    _verifier_la_graine(faites, invention)
    nommer_les_communicateurs(graine=graine)
    dessins = dessiner(graine=graine)
    createur = Createur()
    manquantes = [rang for rang in range(ecoles) if code(rang) not in faites]
    avancer(ecoles - len(manquantes))
    for rangs in _lots(manquantes):
        batir([invention(rang=rang) for rang in rangs], createur=createur, dessins=dessins, graine=graine)
        avancer(len(rangs))
    return len(manquantes)


def batir(
    inventees: Sequence[EcoleInventee], *, createur: Createur, dessins: Sequence[Dessin], graine: int
) -> list[Etablissement]:
    """Write schools with everything that is theirs, all or none."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    semis: dict[Page, list[Plant]] = defaultdict(list)
    with transaction.atomic():
        ecoles = ecrire(inventees)
        nommer_les_editeurs(ecoles, graine=graine)
        images = illustrer(ecoles, dessins, graine=graine)
        for ecole in ecoles:
            redaction = Redaction(ecole, images[ecole.pk], locales, timezone.localdate(), graine)
            semis[createur.direction(ecole.direction)].append(redaction.site())
        planter(semis.items())
    return ecoles


def _verifier_la_graine(faites: set[str], invention: Callable[..., EcoleInventee]) -> None:
    if code(0) in faites:
        attendue, presente = invention(rang=0).ecole, Etablissement.objects.get(gresa=code(0))
        if (attendue.nom_fr, attendue.commune_id) != (presente.nom_fr, presente.commune_id):
            raise AutreGraine


def _lots(rangs: Sequence[int]) -> Iterator[list[int]]:
    restants = iter(rangs)
    while lot := list(islice(restants, LOT)):
        yield lot
