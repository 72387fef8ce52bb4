"""Finds what a class list speaks of: its school, its year, the level of each class. Read side, no writing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from django.utils.translation import gettext as _

from etablissements.registre.models import AnneeScolaire, Direction, Etablissement, Niveau
from etablissements.registre.noms import cle_de_nom
from portal.socle.texte import apercu, chiffres_latins, normaliser

from .etiquettes import cle_niveau
from .liste_eleves import Defaut, ListeClasse

_GENRE_DE_PROVINCE = re.compile(
    r"^(?:المديريه الاقليميه|عماله مقاطعات|عماله مقاطعه|عماله|اقليم"
    r"|direction provinciale(?: de| d)?|prefecture d arrondissements?|prefecture|province(?: de| d)?)\s+"
)
_ANNEE = re.compile(r"([0-9]{4})\s?[/-]\s?([0-9]{4})")
T = TypeVar("T")
_LIBELLE = re.compile(r"([0-9A-Z]+)-([0-9]+)")


def cle_de_direction(texte: str) -> str:
    """Return the key of a direction's name, with or without the kind of its province: `عمالة: مراكش` is `مراكش`."""
    return _GENRE_DE_PROVINCE.sub("", normaliser(texte))


@dataclass(frozen=True)
class ClasseResolue:
    """A class list whose label and level are sound."""

    liste: ListeClasse
    libelle: str
    niveau: Niveau


@dataclass(frozen=True)
class ClasseurResolu:
    """A workbook whose school, year and levels are known."""

    etablissement: Etablissement
    annee: AnneeScolaire
    classes: tuple[ClasseResolue, ...]


class References:
    """The nomenclatures that workbooks name, read once for all the workbooks of a command."""

    def __init__(self) -> None:
        self._noms: dict[str, dict[str, list[Etablissement]]] = {}

    @cached_property
    def niveaux(self) -> dict[str, Niveau]:
        """Level of each code; another spelling leads to the level itself."""
        lus = {niveau.code: niveau for niveau in Niveau.objects.select_related("equivalent")}
        return {code: niveau.equivalent or niveau for code, niveau in lus.items()}

    @cached_property
    def textes_de_niveau(self) -> dict[str, set[str]]:
        """Codes of the levels that each text may mean."""
        textes: dict[str, set[str]] = defaultdict(set)
        for niveau in Niveau.objects.all():
            for texte in (niveau.libelle_massar_ar, niveau.libelle_massar_fr, niveau.nom_ar, niveau.nom_fr):
                textes[cle_niveau(texte)].add(niveau.equivalent_id or niveau.code)
        return dict(textes)

    @cached_property
    def annees(self) -> dict[str, AnneeScolaire]:
        """School years by code."""
        return AnneeScolaire.objects.in_bulk()

    @cached_property
    def directions(self) -> dict[str, str]:
        """Code of the direction of each name."""
        return {
            cle_de_direction(texte): direction.code
            for direction in Direction.objects.all()
            for texte in (direction.nom_fr, direction.nom_ar, direction.libelle_massar)
        }

    def etablissements_nommes(self, direction: str, nom: str) -> list[Etablissement]:
        """Return the schools of a direction that bear this name, in either script, abbreviated or not."""
        if direction not in self._noms:
            noms: dict[str, list[Etablissement]] = defaultdict(list)
            for etablissement in Etablissement.objects.filter(direction=direction, ouvert=True):
                for cle in {cle_de_nom(etablissement.nom_ar), cle_de_nom(etablissement.nom_fr)}:
                    noms[cle].append(etablissement)
            self._noms[direction] = noms
        return self._noms[direction].get(cle_de_nom(nom), [])


def _defaut(liste: ListeClasse, nom: str, motif: str) -> Defaut:
    return Defaut(liste.feuille, 0, liste.places.get(nom, ""), motif)


class _Resolution:
    """Resolves the sheets of one workbook, gathering every defect."""

    def __init__(self, references: References, impose: Etablissement | None) -> None:
        self.references, self.impose = references, impose
        self.defauts: list[Defaut] = []

    def refuser(self, liste: ListeClasse, nom: str, motif: str) -> None:
        self.defauts.append(_defaut(liste, nom, motif))

    def etablissement(self, liste: ListeClasse) -> Etablissement | None:
        """Return the school that the sheet names, or the imposed one when the direction agrees."""
        if "direction" not in liste.entete:
            return None
        direction = self.references.directions.get(cle_de_direction(liste.entete["direction"]))
        if direction is None:
            motif = _("La direction « %(texte)s » est inconnue du registre.") % {
                "texte": apercu(liste.entete["direction"])
            }
            self.refuser(liste, "direction", motif)
            return None
        if self.impose:
            if self.impose.direction_id == direction:
                return self.impose
            motif = _(
                "La feuille est de la direction %(lue)s, l'établissement %(gresa)s de la direction %(sienne)s."
            ) % {
                "lue": direction,
                "gresa": self.impose.gresa,
                "sienne": self.impose.direction_id,
            }
            self.refuser(liste, "direction", motif)
            return None
        if "etablissement" not in liste.entete:
            return None
        nom = liste.entete["etablissement"]
        trouves = self.references.etablissements_nommes(direction, nom)
        valeurs = {
            "nom": apercu(nom, 80),
            "direction": direction,
            "codes": ", ".join(etablissement.gresa for etablissement in trouves),
        }
        if len(trouves) > 1:
            motif = _(
                "Plusieurs établissements de la direction %(direction)s s'appellent « %(nom)s » (%(codes)s) : "
                "désignez le bon avec --etablissement CODE."
            )
            self.refuser(liste, "etablissement", motif % valeurs)
        elif not trouves:
            motif = _(
                "L'établissement « %(nom)s » est inconnu dans la direction %(direction)s : importez-le d'abord "
                "(importer_etablissements), ou désignez-le avec --etablissement CODE."
            )
            self.refuser(liste, "etablissement", motif % valeurs)
        return trouves[0] if len(trouves) == 1 else None

    def annee(self, liste: ListeClasse) -> AnneeScolaire | None:
        """Return the school year that the sheet names."""
        if "annee" not in liste.entete:
            return None
        ecrite = _ANNEE.search(chiffres_latins(liste.entete["annee"]))
        annee = self.references.annees.get(f"{ecrite[1]}-{ecrite[2]}") if ecrite else None
        if annee is None:
            motif = _("L'année scolaire « %(texte)s » est inconnue du registre.") % {
                "texte": apercu(liste.entete["annee"], 20)
            }
            self.refuser(liste, "annee", motif)
        return annee

    def classe(self, liste: ListeClasse) -> ClasseResolue | None:
        """Return the class, when its label names a level and the text of the level says the same."""
        if "classe" not in liste.entete:
            return None
        ecrit = liste.entete["classe"]
        forme = _LIBELLE.fullmatch(chiffres_latins(ecrit).replace(" ", "").upper())
        if not forme or len(forme[0]) > 20:
            motif = _("Le libellé de classe « %(texte)s » doit s'écrire niveau-numéro, comme 1APIC-3.")
            self.refuser(liste, "classe", motif % {"texte": apercu(ecrit, 20)})
            return None
        onglet = _LIBELLE.fullmatch(chiffres_latins(liste.feuille).replace(" ", "").upper())
        if onglet and onglet[0] != forme[0]:
            motif = _("La feuille s'appelle %(feuille)s mais sa classe est %(classe)s.")
            self.refuser(liste, "classe", motif % {"feuille": liste.feuille, "classe": forme[0]})
            return None
        niveau = self.references.niveaux.get(forme[1])
        if niveau is None:
            motif = _("Le niveau « %(code)s » de la classe %(classe)s est inconnu du registre.")
            self.refuser(liste, "classe", motif % {"code": apercu(forme[1]), "classe": forme[0]})
            return None
        if "niveau" not in liste.entete:
            return None
        texte = liste.entete["niveau"]
        possibles = self.references.textes_de_niveau.get(cle_niveau(texte), set())
        if niveau.code not in possibles:
            if possibles:
                motif = _("Le niveau écrit, « %(texte)s », contredit le libellé de la classe %(classe)s.")
            else:
                motif = _("Le niveau « %(texte)s » est inconnu du registre (classe %(classe)s).")
            self.refuser(liste, "niveau", motif % {"texte": apercu(texte, 80), "classe": forme[0]})
            return None
        return ClasseResolue(liste, forme[0], niveau)

    def concorder(self, liste: ListeClasse, nom: str, trouve: object, premier: object) -> None:
        """Refuse a sheet that is of another school or year than the first one."""
        if trouve is not None and premier is not None and trouve != premier:
            motif = _("Cette feuille n'est pas du même établissement ou de la même année que la première du classeur.")
            self.refuser(liste, nom, motif)


def _premier(valeurs: Iterable[T | None]) -> T | None:
    return next((valeur for valeur in valeurs if valeur is not None), None)


def resoudre(
    listes: Sequence[ListeClasse], *, references: References, impose: Etablissement | None = None
) -> tuple[ClasseurResolu | None, AnneeScolaire | None, list[Defaut]]:
    """Find the school, the year and the levels of a workbook.

    Args:
        listes: its sheets, as read.
        references: the nomenclatures.
        impose: the school that the user designates; the name in the sheets is then not compared, the direction is.

    Returns:
        The workbook resolved (None unless everything is), its year when known (ages are checked with it), the defects.
    """
    resolution = _Resolution(references, impose)
    etablissements = [resolution.etablissement(liste) for liste in listes]
    annees = [resolution.annee(liste) for liste in listes]
    classes = [resolution.classe(liste) for liste in listes]
    etablissement, annee = _premier(etablissements), _premier(annees)
    vues: dict[str, str] = {}
    for rang, liste in enumerate(listes):
        resolution.concorder(liste, "etablissement", etablissements[rang], etablissement)
        resolution.concorder(liste, "annee", annees[rang], annee)
        classe = classes[rang]
        if classe and classe.libelle in vues:
            motif = _("La classe %(classe)s est déjà donnée par la feuille %(feuille)s.")
            resolution.refuser(liste, "classe", motif % {"classe": classe.libelle, "feuille": vues[classe.libelle]})
        elif classe:
            vues[classe.libelle] = liste.feuille
    if resolution.defauts or etablissement is None or annee is None:
        return None, annee, resolution.defauts
    return ClasseurResolu(etablissement, annee, tuple(filter(None, classes))), annee, []
