"""Facts in few words: key figures and extracts of a timetable."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, StructBlock, StructValue, TimeBlock
from wagtail.blocks.struct_block import StructBlockValidationError

GROUPE_FAITS = _("Donner des faits")
JOURS = (
    ("lundi", _("lundi")),
    ("mardi", _("mardi")),
    ("mercredi", _("mercredi")),
    ("jeudi", _("jeudi")),
    ("vendredi", _("vendredi")),
    ("samedi", _("samedi")),
)
SEANCES_AU_PLUS = 60


class Chiffre(StructBlock):
    """A figure and what it counts."""

    valeur = CharBlock(label=_("chiffre"), max_length=12)
    libelle = CharBlock(label=_("ce qu'il compte"), max_length=60)

    class Meta:
        label = _("chiffre")
        icon = "order"
        label_format = "{valeur} {libelle}"


class Chiffres(StructBlock):
    """Key figures, with where they come from."""

    titre = CharBlock(label=_("titre"), max_length=120, required=False)
    chiffres = ListBlock(Chiffre(), label=_("chiffres"), min_num=1, max_num=8)
    source = CharBlock(label=_("source et date"), max_length=160)

    class Meta:
        label = _("chiffres clés")
        icon = "order"
        group = GROUPE_FAITS
        template = "composants/blocs/chiffres.html"
        label_format = "{titre}"


@dataclass(frozen=True)
class Creneau:
    """A row of the timetable.

    Attributes:
        debut: when it begins.
        fin: when it ends.
        cellules: for each day shown, what is taught then.
    """

    debut: datetime.time
    fin: datetime.time
    cellules: tuple[tuple[str, ...], ...]


class ValeurHoraires(StructValue):
    """An extract of a timetable."""

    @property
    def jours(self) -> list[tuple[str, Any]]:
        """The days that have something, in the order of the week: code and name."""
        presents = {seance["jour"] for seance in self["seances"]}
        return [(code, nom) for code, nom in JOURS if code in presents]

    @property
    def creneaux(self) -> list[Creneau]:
        """The rows of the grid, earliest first."""
        jours = [code for code, _nom in self.jours]
        bornes = sorted({(seance["debut"], seance["fin"]) for seance in self["seances"]})
        return [
            Creneau(
                debut,
                fin,
                tuple(
                    tuple(
                        seance["intitule"]
                        for seance in self["seances"]
                        if (seance["jour"], seance["debut"], seance["fin"]) == (jour, debut, fin)
                    )
                    for jour in jours
                ),
            )
            for debut, fin in bornes
        ]


class Seance(StructBlock):
    """One session of the week."""

    jour = ChoiceBlock(label=_("jour"), choices=JOURS)
    debut = TimeBlock(label=_("de"))
    fin = TimeBlock(label=_("à"))
    intitule = CharBlock(label=_("matière ou activité"), max_length=80)

    def clean(self, value: Any) -> Any:
        """Refuse a session that ends before it begins."""
        propre = super().clean(value)
        if propre["fin"] <= propre["debut"]:
            faute = ValidationError(_("La séance doit finir après son début."))
            raise StructBlockValidationError(block_errors={"fin": faute})
        return propre

    class Meta:
        label = _("séance")
        icon = "time"
        label_format = "{jour} {debut} {intitule}"


class Horaires(StructBlock):
    """An extract of a timetable: days across, hours down."""

    titre = CharBlock(label=_("titre"), max_length=120, help_text=_("Par exemple la classe ou le club."))
    seances = ListBlock(Seance(), label=_("séances"), min_num=1, max_num=SEANCES_AU_PLUS)

    class Meta:
        label = _("extrait d'emploi du temps")
        icon = "calendar-alt"
        group = GROUPE_FAITS
        template = "composants/blocs/horaires.html"
        value_class = ValeurHoraires
        label_format = "{titre}"
