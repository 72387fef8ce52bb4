"""The report of an import: what happened to each line, and why, in the reader's language."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _


class Issue(StrEnum):
    """What became of a line."""

    CREE = "cree"
    MODIFIE = "modifie"
    INCHANGE = "inchange"
    REFUSE = "refuse"
    SIGNALE = "signale"


LIBELLES: dict[Issue, Promise] = {
    Issue.CREE: _("créé"),
    Issue.MODIFIE: _("modifié"),
    Issue.INCHANGE: _("inchangé"),
    Issue.REFUSE: _("refusé"),
    Issue.SIGNALE: _("à vérifier"),
}


@dataclass(frozen=True)
class Ligne:
    """One line of a source and its fate.

    Attributes:
        reperes: where it stands: `(file, sheet, line number)`, the sheet empty for a CSV; line 0 is the whole sheet.
        issue: created, changed, unchanged, refused, or taken with something to check.
        objet: a public identifier of what the line is about (school code, level); never a person's name.
        motif: why it was refused, or which fields changed.
        cellule: the cell at fault, as a spreadsheet names it (`B12`), empty when the whole line is.
    """

    reperes: tuple[str, str, int]
    issue: Issue
    objet: str = ""
    motif: str | Promise = ""
    cellule: str = ""


@dataclass
class Rapport:
    """The lines of one import. `essai` says that nothing was written."""

    essai: bool = False
    lignes: list[Ligne] = field(default_factory=list)

    def noter(
        self,
        reperes: tuple[str, str, int],
        issue: Issue,
        objet: str = "",
        motif: str | Promise = "",
        *,
        cellule: str = "",
    ) -> None:
        """Add one line."""
        self.lignes.append(Ligne(reperes, issue, objet, motif, cellule))

    @property
    def comptes(self) -> Counter[Issue]:
        """How many lines had each fate."""
        return Counter(ligne.issue for ligne in self.lignes)

    @property
    def refuse(self) -> bool:
        """True when at least one line was refused."""
        return any(ligne.issue is Issue.REFUSE for ligne in self.lignes)


def inerte(cellule: object) -> str:
    """Return a cell that no spreadsheet runs: an apostrophe before what would start a formula (OWASP, CSV injection).

    >>> inerte("=1+1")
    "'=1+1"
    """
    texte = str(cellule)
    return f"'{texte}" if texte.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else texte


def ecrire_csv(rapport: Rapport, chemin: Path) -> None:
    """Write all the lines of the report to `chemin`, in UTF-8 with a mark so that spreadsheets read it so."""
    with chemin.open("w", encoding="utf-8-sig", newline="") as sortie:
        tableau = csv.writer(sortie)
        tableau.writerow(
            map(str, (_("fichier"), _("feuille"), _("ligne"), _("cellule"), _("objet"), _("résultat"), _("motif")))
        )
        for ligne in rapport.lignes:
            fichier, feuille, numero = ligne.reperes
            cellules = (fichier, feuille, numero, ligne.cellule, ligne.objet, LIBELLES[ligne.issue], ligne.motif)
            tableau.writerow(map(inerte, cellules))


def _place(ligne: Ligne) -> str:
    fichier, feuille, numero = ligne.reperes
    place = {"fichier": fichier, "feuille": feuille, "numero": numero, "cellule": ligne.cellule}
    if feuille and ligne.cellule:
        return gettext("%(fichier)s, feuille %(feuille)s, cellule %(cellule)s") % place
    if feuille and numero:
        return gettext("%(fichier)s, feuille %(feuille)s, ligne %(numero)d") % place
    if feuille:
        return gettext("%(fichier)s, feuille %(feuille)s") % place
    if numero:
        return gettext("%(fichier)s, ligne %(numero)d") % place
    return fichier


def _phrase(ligne: Ligne) -> str:
    morceaux = {
        "place": _place(ligne),
        "objet": ligne.objet,
        "issue": LIBELLES[ligne.issue],
        "motif": ligne.motif,
    }
    if ligne.objet and ligne.motif:
        return gettext("%(place)s : %(objet)s : %(issue)s. %(motif)s") % morceaux
    if ligne.motif:
        return gettext("%(place)s : %(issue)s. %(motif)s") % morceaux
    if ligne.objet:
        return gettext("%(place)s : %(objet)s : %(issue)s.") % morceaux
    return gettext("%(place)s : %(issue)s.") % morceaux


def en_texte(rapport: Rapport, *, detail: bool = False) -> Iterator[str]:
    """Give the report line by line: refusals and warnings in full (every line when `detail`), then how many of each."""
    for ligne in rapport.lignes:
        if detail or ligne.issue in {Issue.REFUSE, Issue.SIGNALE}:
            yield _phrase(ligne)
    comptes = rapport.comptes
    yield ngettext("%(nombre)d créé", "%(nombre)d créés", comptes[Issue.CREE]) % {"nombre": comptes[Issue.CREE]}
    yield ngettext("%(nombre)d modifié", "%(nombre)d modifiés", comptes[Issue.MODIFIE]) % {
        "nombre": comptes[Issue.MODIFIE]
    }
    yield ngettext("%(nombre)d inchangé", "%(nombre)d inchangés", comptes[Issue.INCHANGE]) % {
        "nombre": comptes[Issue.INCHANGE]
    }
    yield ngettext("%(nombre)d refusé", "%(nombre)d refusés", comptes[Issue.REFUSE]) % {"nombre": comptes[Issue.REFUSE]}
    if rapport.essai:
        yield gettext("Essai : rien n'a été écrit.")
