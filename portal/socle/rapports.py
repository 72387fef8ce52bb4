"""The report of an import: what happened to each line, and why, in the reader's language."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Issue(StrEnum):
    """What became of a line."""

    CREE = "cree"
    MODIFIE = "modifie"
    INCHANGE = "inchange"
    REFUSE = "refuse"


LIBELLES: dict[Issue, Promise] = {
    Issue.CREE: _("créé"),
    Issue.MODIFIE: _("modifié"),
    Issue.INCHANGE: _("inchangé"),
    Issue.REFUSE: _("refusé"),
}


@dataclass(frozen=True)
class Ligne:
    """One line of a source and its fate.

    Attributes:
        reperes: where it stands: `(file, sheet, line number)`, the sheet empty for a CSV; line 0 is the whole sheet.
        issue: created, changed, unchanged or refused.
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
