"""Writes schools read from CSV files. Every accepted line in one transaction, refused lines beside it."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.diffusion import cles
from portal.diffusion.api import perimer
from portal.socle.rapports import Issue, Rapport

from ..index import indexer
from ..models import Commune, Dotation, Etablissement
from ..signaux import etablissements_importes
from .lecture import FichierRefuse, LigneLue, lire_fichier
from .validation import Fiche, LigneRefusee, Referentiel, valider

LOT = 500
NOMS_DES_CHAMPS = {
    "nom_fr": gettext_lazy("nom en français"),
    "nom_ar": gettext_lazy("nom en arabe"),
    "type": gettext_lazy("type"),
    "direction_id": gettext_lazy("direction"),
    "commune_id": gettext_lazy("commune"),
    "cycle_principal_id": gettext_lazy("cycle principal"),
    "cycles": gettext_lazy("cycles"),
    "rattachement_id": gettext_lazy("rattachement"),
    "adresse_fr": gettext_lazy("adresse en français"),
    "adresse_ar": gettext_lazy("adresse en arabe"),
    "telephone": gettext_lazy("téléphone"),
    "courriel": gettext_lazy("courriel"),
    "dotations": gettext_lazy("dotations"),
    "ouvert": gettext_lazy("ouverture"),
    "ferme_le": gettext_lazy("date de fermeture"),
    "successeur_id": gettext_lazy("successeur"),
    "source": gettext_lazy("source"),
    "releve_le": gettext_lazy("date du relevé"),
}


@dataclass
class _Etat:
    """What the database knows before the import."""

    etablissements: dict[str, Etablissement]
    cycles: dict[int, set[str]]
    dotations: dict[int, dict[str, int]]


@dataclass
class _Ecritures:
    """What the import has to write."""

    nouveaux: list[Etablissement] = field(default_factory=list)
    changes: dict[int, Etablissement] = field(default_factory=dict)
    champs: set[str] = field(default_factory=set)
    cycles: list[tuple[Etablissement, tuple[str, ...]]] = field(default_factory=list)
    dotations: list[tuple[Etablissement, dict[str, int]]] = field(default_factory=list)
    # Written last, once every school of the file has a key.
    successions: list[tuple[Etablissement, str]] = field(default_factory=list)
    # What schools and units that change belonged to before.
    directions: set[str] = field(default_factory=set)
    meres: set[int] = field(default_factory=set)


def _lots(codes: Sequence[str]) -> Iterator[list[str]]:
    iterateur = iter(codes)
    while lot := list(islice(iterateur, LOT)):
        yield lot


def _lire_tout(fichiers: Sequence[Path], rapport: Rapport) -> list[LigneLue]:
    lignes: list[LigneLue] = []
    for chemin in fichiers:
        try:
            lignes += lire_fichier(chemin)
        except FichierRefuse as refus:
            rapport.noter((chemin.name, "", 0), Issue.REFUSE, motif=str(refus))
    return lignes


def _valider_tout(lignes: Sequence[LigneLue], rapport: Rapport, avancer: Callable[[int], object]) -> dict[str, Fiche]:
    """Check each line on its own, then that no code comes twice. Returns the sound ones by code."""
    referentiel = Referentiel()
    fiches: dict[str, Fiche] = {}
    for ligne in lignes:
        avancer(1)
        reperes = (ligne.fichier, "", ligne.numero)
        try:
            fiche = valider(ligne, referentiel)
        except LigneRefusee as refus:
            rapport.noter(reperes, Issue.REFUSE, refus.objet, " ".join(refus.motifs))
            continue
        if premiere := fiches.get(fiche.gresa):
            motif = _("Ce code est déjà donné par %(fichier)s, ligne %(numero)d.") % {
                "fichier": premiere.ligne.fichier,
                "numero": premiere.ligne.numero,
            }
            rapport.noter(reperes, Issue.REFUSE, fiche.gresa, motif)
        else:
            fiches[fiche.gresa] = fiche
    return fiches


def _lire_etat(fiches: dict[str, Fiche]) -> _Etat:
    nommes = (code for fiche in fiches.values() for code in (fiche.rattachement, fiche.successeur) if code)
    codes = sorted({*fiches, *nommes})
    etat = _Etat({}, {}, {})
    for lot in _lots(codes):
        lus = Etablissement.objects.filter(gresa__in=lot).prefetch_related("cycles", "dotations")
        for etablissement in lus:
            etat.etablissements[etablissement.gresa] = etablissement
            etat.cycles[etablissement.pk] = {cycle.pk for cycle in etablissement.cycles.all()}
            etat.dotations[etablissement.pk] = {d.genre: d.nombre for d in etablissement.dotations.all()}
    return etat


def _motif_de_rattachement(fiche: Fiche, fiches: dict[str, Fiche], etat: _Etat, ecoles_meres: set[str]) -> str:
    """Say why the line cannot be the unit it claims to be; empty when it can."""
    if not fiche.rattachement:
        return ""
    mere, connue = fiches.get(fiche.rattachement), etat.etablissements.get(fiche.rattachement)
    valeurs = {"code": fiche.rattachement}
    if mere is None and connue is None:
        return _("L'établissement de rattachement %(code)s est inconnu ou refusé.") % valeurs
    if (mere and mere.rattachement) or (mere is None and connue and connue.rattachement_id):
        return _("L'établissement de rattachement %(code)s est lui-même une unité d'un autre.") % valeurs
    if fiche.gresa in ecoles_meres:
        return _("Cet établissement a lui-même des unités : il ne peut pas être rattaché.")
    return ""


def _motif_de_succession(
    fiche: Fiche, fiches: dict[str, Fiche], etat: _Etat, connues: dict[str, tuple[str, str]]
) -> str:
    """Say why the school that the line names cannot take this one over; empty when it can.

    Args:
        connues: successor and school of each closed school and unit of the registry.
    """
    if not fiche.successeur:
        return ""
    if fiche.successeur not in fiches and fiche.successeur not in etat.etablissements:
        return _("Le successeur %(code)s est inconnu ou refusé.") % {"code": fiche.successeur}
    passes, code = [fiche.gresa], fiche.successeur
    while code and code not in passes:
        passes.append(code)
        successeur, mere = connues.get(code, ("", ""))
        if suite := fiches.get(code):
            successeur = successeur if suite.successeur is None else suite.successeur
            mere = suite.rattachement if "rattachement" in suite.ligne.cellules else mere
        code = successeur or mere
    if not code:
        return ""
    return _("Aucune école ouverte au bout de ces successeurs, qui tournent en rond : %(codes)s.") % {
        "codes": ", ".join(passes)
    }


def _refuser_les_successions(fiches: dict[str, Fiche], etat: _Etat, rapport: Rapport) -> bool:
    """Take out of `fiches` the schools whose successor is missing or closes a circle. Returns whether there were."""
    if not any(fiche.successeur for fiche in fiches.values()):
        return False
    liees = Etablissement.objects.exclude(successeur=None, rattachement=None)
    connues = {
        code: (successeur or "", mere or "")
        for code, successeur, mere in liees.values_list("gresa", "successeur__gresa", "rattachement__gresa")
    }
    return _refuser(
        {
            fiche.gresa: motif
            for fiche in fiches.values()
            if (motif := _motif_de_succession(fiche, fiches, etat, connues))
        },
        fiches,
        rapport,
    )


def _refuser(refus: dict[str, str], fiches: dict[str, Fiche], rapport: Rapport) -> bool:
    """Take out of `fiches` the lines of `refus`, with the reason of each. Returns whether there were any."""
    for gresa, motif in refus.items():
        ligne = fiches.pop(gresa).ligne
        rapport.noter((ligne.fichier, "", ligne.numero), Issue.REFUSE, gresa, motif)
    return bool(refus)


def _refuser_les_unites(fiches: dict[str, Fiche], etat: _Etat, rapport: Rapport) -> bool:
    """Take out of `fiches` the units whose school is missing. Returns whether there were any."""
    unites = [fiche.gresa for fiche in fiches.values() if fiche.rattachement]
    ecoles_meres: set[str] = set()
    for lot in _lots(unites):
        enfants = Etablissement.objects.filter(rattachement__gresa__in=lot)
        for mere, enfant in enfants.values_list("rattachement__gresa", "gresa"):
            if enfant not in fiches or fiches[enfant].rattachement == mere:
                ecoles_meres.add(mere)
    refus = {
        fiche.gresa: motif
        for fiche in fiches.values()
        if (motif := _motif_de_rattachement(fiche, fiches, etat, ecoles_meres))
    }
    return _refuser(refus, fiches, rapport)


def _comparer(
    fiche: Fiche, etat: _Etat, ecritures: _Ecritures, provenance: dict[str, object]
) -> tuple[Issue, set[str]]:
    """Prepare the writing of one record. Returns its fate and, when it changes, the names of the fields."""
    connu = etat.etablissements.get(fiche.gresa)
    champs: dict[str, object] = dict(fiche.champs)
    if fiche.rattachement:
        champs["rattachement_id"] = etat.etablissements[fiche.rattachement].pk
    elif "rattachement" in fiche.ligne.cellules:
        champs["rattachement_id"] = None
    if fiche.successeur == "":
        champs["successeur_id"] = None
    if connu is None:
        defauts: dict[str, object] = {"source": fiche.ligne.fichier, "releve_le": timezone.localdate()}
        nouveau = Etablissement(gresa=fiche.gresa, **(defauts | provenance | champs))
        etat.etablissements[fiche.gresa] = nouveau
        ecritures.nouveaux.append(nouveau)
        ecritures.cycles.append((nouveau, fiche.cycles))
        ecritures.dotations.append((nouveau, fiche.dotations or {}))
        if fiche.successeur:
            ecritures.successions.append((nouveau, fiche.successeur))
        return Issue.CREE, set()
    differents = {nom for nom, valeur in champs.items() if getattr(connu, nom) != valeur}
    if set(fiche.cycles) != etat.cycles[connu.pk]:
        differents.add("cycles")
        ecritures.cycles.append((connu, fiche.cycles))
    if fiche.dotations is not None and fiche.dotations != etat.dotations[connu.pk]:
        differents.add("dotations")
    if fiche.successeur:
        suite = etat.etablissements.get(fiche.successeur)
        if suite is None or suite.pk is None or suite.pk != connu.successeur_id:
            differents.add("successeur_id")
            ecritures.successions.append((connu, fiche.successeur))
    affiches = differents | {nom for nom, valeur in provenance.items() if getattr(connu, nom) != valeur}
    if differents:  # facts that moved are dated by this import, those that did not keep their date
        provenance = {"source": fiche.ligne.fichier, "releve_le": timezone.localdate()} | provenance
    champs |= provenance
    if affiches:
        ecritures.directions.add(connu.direction_id)
        ecritures.meres |= {connu.rattachement_id} if connu.rattachement_id else set()
    for nom in champs:
        if getattr(connu, nom) != champs[nom]:
            setattr(connu, nom, champs[nom])
            ecritures.champs.add(nom)
    if not affiches:
        return Issue.INCHANGE, set()
    if fiche.dotations is not None:  # written again even when equal: they bear the new date
        ecritures.dotations.append((connu, fiche.dotations))
    ecritures.changes[connu.pk] = connu
    return Issue.MODIFIE, affiches


def _ecrire(ecritures: _Ecritures) -> None:
    """Write what was prepared: the schools before their units, so that each has its parent's key."""
    communes = Commune.objects.in_bulk({e.commune_id for e in (*ecritures.nouveaux, *ecritures.changes.values())})
    for etablissement in (*ecritures.nouveaux, *ecritures.changes.values()):
        etablissement.commune = communes[etablissement.commune_id]
    indexer((*ecritures.nouveaux, *ecritures.changes.values()))
    Etablissement.objects.bulk_create(ecritures.nouveaux, batch_size=LOT)
    if ecritures.changes:
        noms = sorted({*ecritures.champs, "index_recherche"})
        Etablissement.objects.bulk_update(ecritures.changes.values(), noms, batch_size=LOT)
    lien = Etablissement.cycles.through
    lien.objects.filter(etablissement__in=[e.pk for e, _codes in ecritures.cycles]).delete()
    lien.objects.bulk_create(
        [lien(etablissement_id=e.pk, cycle_id=code) for e, codes in ecritures.cycles for code in codes],
        batch_size=LOT,
    )
    Dotation.objects.filter(etablissement__in=[e.pk for e, _nombres in ecritures.dotations]).delete()
    Dotation.objects.bulk_create(
        [
            Dotation(etablissement=e, genre=genre, nombre=nombre, source=e.source, releve_le=e.releve_le)
            for e, nombres in ecritures.dotations
            for genre, nombre in nombres.items()
        ],
        batch_size=LOT,
    )


def _importer(
    fiches: dict[str, Fiche], rapport: Rapport, provenance: dict[str, object], avancer: Callable[[int], object]
) -> None:
    """One attempt, inside a transaction."""
    etat = _lire_etat(fiches)
    while _refuser_les_successions(fiches, etat, rapport) or _refuser_les_unites(fiches, etat, rapport):
        pass  # what is refused may be the school of a unit, or the successor of another
    ecoles = [fiche for fiche in fiches.values() if not fiche.rattachement]
    unites = [fiche for fiche in fiches.values() if fiche.rattachement]
    touches: list[Etablissement] = []
    successions: list[tuple[Etablissement, str]] = []
    directions: set[str] = set()
    meres: set[int] = set()
    for groupe in (ecoles, unites):
        ecritures = _Ecritures()
        for fiche in groupe:
            issue, noms = _comparer(fiche, etat, ecritures, provenance)
            motif = ", ".join(str(libelle) for nom, libelle in NOMS_DES_CHAMPS.items() if nom in noms)
            rapport.noter((fiche.ligne.fichier, "", fiche.ligne.numero), issue, fiche.gresa, motif)
            avancer(1)
        _ecrire(ecritures)
        touches += [*ecritures.nouveaux, *ecritures.changes.values()]
        directions |= ecritures.directions
        meres |= ecritures.meres
        successions += ecritures.successions
    for etablissement, code in successions:
        etablissement.successeur_id = etat.etablissements[code].pk
    Etablissement.objects.bulk_update([e for e, _code in successions], ["successeur"], batch_size=LOT)
    identifiants = [etablissement.pk for etablissement in touches]
    if identifiants:
        perimer(*_perimees(touches, directions, meres))
        transaction.on_commit(lambda: etablissements_importes.send(sender=Etablissement, identifiants=identifiants))
    if rapport.essai:
        transaction.set_rollback(True)


def _perimees(touches: Sequence[Etablissement], directions: set[str], meres: set[int]) -> set[str]:
    """Return the keys outdated by what was written: schools, those of the units, directions, the country.

    Args:
        touches: the schools and units created or changed.
        directions: codes of the directions where they were before.
        meres: primary keys of the schools whose units they were before.
    """
    liees = Etablissement.objects.filter(pk__in=meres | {e.rattachement_id for e in touches if e.rattachement_id})
    codes = {*(e.gresa for e in touches), *liees.values_list("gresa", flat=True)}
    directions = directions | {e.direction_id for e in touches}
    return {
        cles.pays(),
        *(cle for code in directions for cle in (cles.direction(code), cles.ecoles(code))),
        *(cle for code in codes for cle in (cles.ecole(code), cles.faits(code))),
    }


def importer_etablissements(
    *,
    fichiers: Sequence[Path],
    essai: bool = False,
    releve_le: datetime.date | None = None,
    source: str = "",
    progression: Callable[[int], Callable[[int], object]] | None = None,
) -> Rapport:
    """Import schools from CSV files and report the fate of each line, in the active language.

    A refused line does not hold back the others. Units may come before their school, or in another file. A column
    that the file does not have leaves its facts as they are; an empty cell empties them.

    Args:
        fichiers: paths of the files.
        essai: do everything but keep nothing.
        releve_le: date of the facts; today for what is created or changed when not given.
        source: where the facts come from; the file's name when empty.
        progression: given the number of steps, returns what to call with the number of steps just done.
    """
    rapport = Rapport(essai=essai)
    lignes = _lire_tout(fichiers, rapport)
    avancer = progression(2 * len(lignes)) if progression else lambda _pas: None
    fiches = _valider_tout(lignes, rapport, avancer)
    provenance: dict[str, object] = {}
    if source:
        provenance["source"] = source
    if releve_le:
        provenance["releve_le"] = releve_le
    avant = list(rapport.lignes)
    try:
        with transaction.atomic():
            _importer(dict(fiches), rapport, provenance, avancer)
    except IntegrityError:  # another import wrote the same schools meanwhile: now they are known
        rapport.lignes[:] = avant
        with transaction.atomic():
            _importer(dict(fiches), rapport, provenance, lambda _pas: None)
    ordre = {chemin.name: rang for rang, chemin in enumerate(fichiers)}
    rapport.lignes.sort(key=lambda ligne: (ordre[ligne.reperes[0]], ligne.reperes[2]))
    return rapport
