"""Tables, pasted from a spreadsheet or typed a line per row: one field, which fits a telephone and loses nothing."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail.blocks import BooleanBlock, CharBlock, StructBlock, StructValue, TextBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from ..texte import chiffres_latins
from .donnees import GROUPE_FAITS

LIGNES_AU_PLUS = 200
COLONNES_AU_PLUS = 12
CELLULE_AU_PLUS = 300
_NOMBRE = re.compile(r"[-+]?\d{1,3}(?:[ \u00a0\u202f.]?\d{3})*(?:[.,]\d+)?\s?%?")


@dataclass(frozen=True)
class Cellule:
    """One cell.

    Attributes:
        texte: what it says.
        nombre: whether it is a figure, aligned on its digits.
        entete: whether it names its row.
    """

    texte: str
    nombre: bool
    entete: bool


def decouper(contenu: str) -> list[list[str]]:
    """Return the rows of a pasted table: cells between tabs, else between `|` or `;`; blank lines and edges dropped.

    >>> decouper("Classe;Élèves\\n1APIC;34")
    [['Classe', 'Élèves'], ['1APIC', '34']]
    """
    lignes = [ligne for ligne in contenu.replace("\r\n", "\n").replace("\r", "\n").split("\n") if ligne.strip()]
    separateur = next((signe for signe in ("\t", "|", ";") if any(signe in ligne for ligne in lignes)), "\t")
    rangees = [[cellule.strip() for cellule in ligne.split(separateur)] for ligne in lignes]
    if separateur == "|":  # drawn with a bar at both ends
        rangees = [ligne[1:-1] if len(ligne) > 2 and not ligne[0] and not ligne[-1] else ligne for ligne in rangees]
    largeur = max((len(ligne) for ligne in rangees), default=0)
    return [ligne + [""] * (largeur - len(ligne)) for ligne in rangees]


class ValeurTableau(StructValue):
    """A table."""

    @cached_property
    def rangees(self) -> list[list[str]]:
        """All the rows, headings included."""
        return decouper(self.get("contenu") or "")

    @property
    def titres(self) -> list[str]:
        """The headings of the columns; empty when there are none."""
        return self.rangees[0] if self.get("premiere_ligne") and self.rangees else []

    @cached_property
    def lignes(self) -> list[list[Cellule]]:
        """The rows under the headings. A column is of figures when all that is in it is."""
        corps = self.rangees[1:] if self.titres else self.rangees
        colonnes = list(zip(*corps, strict=True))
        nombres = [any(colonne) and all(not texte or est_nombre(texte) for texte in colonne) for colonne in colonnes]
        nomme = bool(self.get("premiere_colonne"))
        return [
            [Cellule(texte, nombres[rang], nomme and rang == 0) for rang, texte in enumerate(ligne)] for ligne in corps
        ]

    @property
    def colonnes(self) -> list[tuple[str, bool]]:
        """The headings, and whether their column is of figures."""
        premiere = self.lignes[0] if self.lignes else []
        return [
            (titre, bool(premiere) and premiere[rang].nombre and not premiere[rang].entete)
            for rang, titre in enumerate(self.titres)
        ]


def est_nombre(texte: str) -> bool:
    """Return whether a cell is a figure, in either kind of digits: `1 234,5`, `12 %`, `٣٤`."""
    return _NOMBRE.fullmatch(chiffres_latins(texte)) is not None


class Collage(TextBlock):
    """A text area that keeps the blanks at its ends: an empty first cell is a cell."""

    @cached_property
    def field(self) -> forms.Field:
        """The field, without stripping."""
        champ = super().field
        champ.strip = False
        return champ


class Tableau(StructBlock):
    """A table with a caption."""

    titre = CharBlock(label=_("titre du tableau"), max_length=160)
    contenu = Collage(
        label=_("contenu"),
        rows=8,
        help_text=_(
            "Collez le tableau depuis un tableur, ou écrivez une ligne par rangée et « | » entre les cellules. "
            "200 lignes et 12 colonnes au plus."
        ),
    )
    premiere_ligne = BooleanBlock(label=_("La première ligne nomme les colonnes"), required=False, default=True)
    premiere_colonne = BooleanBlock(label=_("La première colonne nomme les lignes"), required=False, default=True)

    def clean(self, value: Any) -> Any:
        """Refuse a table that is empty or too large, saying by how much; the text stays in the form."""
        propre = super().clean(value)
        rangees = propre.rangees
        largeur = max((len(ligne) for ligne in rangees), default=0)
        faute = None
        if len(rangees) < (2 if propre["premiere_ligne"] else 1):
            faute = ValidationError(_("Le tableau n'a pas de ligne : collez ou écrivez son contenu."))
        elif len(rangees) > LIGNES_AU_PLUS:
            faute = ValidationError(
                ngettext_lazy(
                    "Ce tableau a %(nombre)d ligne ; une page en montre %(maximum)d au plus. Gardez l'essentiel et "
                    "joignez le tableau entier comme document.",
                    "Ce tableau a %(nombre)d lignes ; une page en montre %(maximum)d au plus. Gardez l'essentiel et "
                    "joignez le tableau entier comme document.",
                    "nombre",
                ),
                params={"nombre": len(rangees), "maximum": LIGNES_AU_PLUS},
            )
        elif largeur > COLONNES_AU_PLUS:
            faute = ValidationError(
                ngettext_lazy(
                    "Ce tableau a %(nombre)d colonne ; une page en montre %(maximum)d au plus. Retirez des colonnes "
                    "ou faites plusieurs tableaux.",
                    "Ce tableau a %(nombre)d colonnes ; une page en montre %(maximum)d au plus. Retirez des colonnes "
                    "ou faites plusieurs tableaux.",
                    "nombre",
                ),
                params={"nombre": largeur, "maximum": COLONNES_AU_PLUS},
            )
        elif longue := next((texte for ligne in rangees for texte in ligne if len(texte) > CELLULE_AU_PLUS), None):
            faute = ValidationError(
                _("Une cellule est trop longue (%(maximum)d caractères au plus) : « %(debut)s… »."),
                params={"maximum": CELLULE_AU_PLUS, "debut": longue[:40]},
            )
        if faute:
            raise StructBlockValidationError(block_errors={"contenu": faute})
        return propre

    class Meta:
        label = _("tableau")
        icon = "table"
        group = GROUPE_FAITS
        template = "composants/blocs/tableau.html"
        value_class = ValeurTableau
        label_format = "{titre}"
