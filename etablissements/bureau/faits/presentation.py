"""The facts of a monograph as lines: what, how much, from whom, of when, and whether that still holds."""

import datetime
from dataclasses import dataclass

from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from etablissements.monographie.models import Champ
from etablissements.monographie.requetes import Travail
from etablissements.registre.models import Dotation
from sites.fiche import Fiche


@dataclass(frozen=True)
class Ligne:
    """One fact.

    Attributes:
        champ: which.
        valeur: as a reader sees it; empty when nobody knows it.
        gauche_a_droite: whether the value reads from left to right in both languages.
        source: where it comes from.
        releve_le: of when it is.
        manque: the school must have it, and nobody knows it.
        perime: it is too old.
    """

    champ: Champ
    valeur: str
    source: str = ""
    releve_le: datetime.date | None = None
    gauche_a_droite: bool = False
    manque: bool = False
    perime: bool = False


def lignes(fiche: Fiche, travail: Travail) -> list[Ligne]:
    """Return every fact of the school, and the missing ones that it must have."""
    ecole = fiche.etablissement
    perimes = {perime.champ for perime in travail.perimes}

    def du_registre(champ: Champ, valeur: str, *, gauche_a_droite: bool = False) -> Ligne:
        return Ligne(
            champ=champ,
            valeur=valeur,
            source=ecole.source,
            releve_le=ecole.releve_le,
            gauche_a_droite=gauche_a_droite,
            manque=champ in travail.manquants,
            perime=champ in perimes,
        )

    resultat = [
        du_registre(Champ("nom"), ecole.nom_public),
        du_registre(
            Champ("type"), f"{capfirst(ecole.get_type_display())} · {' · '.join(cycle.nom for cycle in fiche.cycles)}"
        ),
        du_registre(Champ("situation"), f"{ecole.commune.nom} · {ecole.direction.nom}"),
        du_registre(Champ("adresse"), ecole.adresse),
        du_registre(Champ("telephone"), ecole.telephone, gauche_a_droite=True),
        du_registre(Champ("courriel"), ecole.courriel, gauche_a_droite=True),
    ]
    if fiche.unites:
        resultat.append(du_registre(Champ("unites"), localize(len(fiche.unites))))
    if fiche.effectifs:
        resultat.append(
            Ligne(
                champ=Champ("effectifs"),
                valeur=localize(fiche.effectifs.total),
                source=fiche.effectifs.source,
                releve_le=fiche.effectifs.releve_le,
                perime=Champ("effectifs") in perimes,
            )
        )
    resultat += [_dotation(dotation, perimes) for dotation in (*fiche.equipements, *fiche.services)]
    montres = {ligne.champ for ligne in resultat}
    return resultat + [Ligne(champ, "", manque=True) for champ in travail.manquants if champ not in montres]


def _dotation(dotation: Dotation, perimes: set[Champ]) -> Ligne:
    champ = Champ(dotation.genre)
    oui_ou_nombre = localize(dotation.nombre) if dotation.nombre > 1 else _("oui")
    return Ligne(
        champ=champ,
        valeur=oui_ou_nombre if dotation.nombre else _("non"),
        source=dotation.source,
        releve_le=dotation.releve_le,
        perime=champ in perimes,
    )
