"""What a school's site is made of, by cycle: the one table that decides its theme, its monograph and its sections.

Nothing is stored: the table is read with the school's cycles of the moment, so that a site follows the registry at
the next request.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from etablissements.registre.models import Dotation, Etablissement


class Section(StrEnum):
    """A part of a school's site. The first ones exist once; `LIBRE` as often as the school likes."""

    ACTUALITES = "actualites"
    AGENDA = "agenda"
    GALERIE = "galerie"
    SERVICES = "services"
    ASSOCIATION = "association"
    RESULTATS = "resultats"
    ADMISSIONS = "admissions"
    PRESCOLAIRE = "prescolaire"
    CANTINE = "cantine"
    LABORATOIRES = "laboratoires"
    ORIENTATION = "orientation"
    INTERNAT = "internat"
    CPGE = "cpge"
    BTS = "bts"
    CONTACT = "contact"
    LIBRE = "libre"


# What the tabs and the headings say, in the reader's language.
LIBELLES: dict[Section, Promise] = {
    Section.ACTUALITES: _("Actualités"),
    Section.AGENDA: _("Agenda"),
    Section.GALERIE: _("Galerie"),
    Section.SERVICES: _("Services et clubs"),
    Section.ASSOCIATION: _("Association des parents"),
    Section.RESULTATS: _("Résultats"),
    Section.ADMISSIONS: _("Inscriptions"),
    Section.PRESCOLAIRE: _("Préscolaire"),
    Section.CANTINE: _("Cantine"),
    Section.LABORATOIRES: _("Laboratoires"),
    Section.ORIENTATION: _("Orientation"),
    Section.INTERNAT: _("Internat"),
    Section.CPGE: _("Classes préparatoires"),
    Section.BTS: _("BTS"),
    Section.CONTACT: _("Contact"),
    Section.LIBRE: _("Page libre"),
}
# Those that are one text of the school beside the facts of their subject: one page type, `PageRubrique`.
RUBRIQUES = (
    Section.PRESCOLAIRE,
    Section.CANTINE,
    Section.LABORATOIRES,
    Section.ORIENTATION,
    Section.INTERNAT,
    Section.CPGE,
    Section.BTS,
)
# Those that ask for a cycle of the registry beside the main one.
CYCLE_EXIGE = {Section.PRESCOLAIRE: "prescolaire", Section.CPGE: "cpge", Section.BTS: "bts"}
# The equipment and services of the registry that a subject shows.
FAITS_DE_RUBRIQUE: dict[Section, tuple[str, ...]] = {
    Section.CANTINE: ("cantine",),
    Section.LABORATOIRES: ("laboratoire", "informatique"),
    Section.INTERNAT: ("internat",),
}
COMMUNES = frozenset(set(Section) - set(RUBRIQUES))


@dataclass(frozen=True)
class Variante:
    """The site of a cycle.

    Attributes:
        theme: name of the style of the cycle.
        type_schema: type of the school for search engines (schema.org).
        monographie: parts of the monograph, in order: templates of `sites/monographie/`.
        reperes: what a family asks first: kinds of equipment and services (`Dotation.Genre`), told even when unknown.
        sections: what the school may open.
    """

    theme: str
    type_schema: str
    monographie: tuple[str, ...]
    reperes: tuple[str, ...]
    sections: frozenset[Section]


_Genre: Any = Dotation.Genre
VARIANTES: dict[str, Variante] = {
    variante.theme: variante
    for variante in (
        Variante(
            theme="primaire",
            type_schema="ElementarySchool",
            monographie=("actualites", "agenda", "effectifs", "cycles_ajoutes", "reperes", "dotations", "unites"),
            reperes=(_Genre.CANTINE, _Genre.TRANSPORT, _Genre.BIBLIOTHEQUE, _Genre.SPORT),
            sections=COMMUNES | {Section.PRESCOLAIRE, Section.CANTINE},
        ),
        Variante(
            theme="college",
            type_schema="MiddleSchool",
            monographie=("actualites", "agenda", "effectifs", "reperes", "dotations", "unites"),
            reperes=(_Genre.LABORATOIRE, _Genre.INFORMATIQUE, _Genre.BIBLIOTHEQUE, _Genre.INTERNAT, _Genre.TRANSPORT),
            sections=COMMUNES | {Section.LABORATOIRES, Section.ORIENTATION, Section.INTERNAT},
        ),
        Variante(
            theme="lycee",
            type_schema="HighSchool",
            monographie=(
                "actualites",
                "agenda",
                "effectifs",
                "filieres",
                "cycles_ajoutes",
                "resultats",
                "reperes",
                "dotations",
                "unites",
            ),
            reperes=(_Genre.INTERNAT, _Genre.LABORATOIRE, _Genre.INFORMATIQUE, _Genre.BIBLIOTHEQUE, _Genre.TRANSPORT),
            sections=COMMUNES
            | {Section.LABORATOIRES, Section.ORIENTATION, Section.INTERNAT, Section.CPGE, Section.BTS},
        ),
    )
}
_PAR_CYCLE = {"prescolaire": "primaire", "primaire": "primaire", "college": "college"}


def variante_de(etablissement: Etablissement) -> Variante:
    """Return the variant of a school, from its main cycle. No query."""
    return VARIANTES[_PAR_CYCLE.get(etablissement.cycle_principal_id, "lycee")]


def theme_de(etablissement: Etablissement) -> str:
    """Return the theme of a school: `primaire`, `college` or `lycee`."""
    return variante_de(etablissement).theme


def offre(etablissement: Etablissement, section: Section) -> bool:
    """Say whether a school may open a section: its variant has it, and the registry gives the cycle it asks for."""
    if section not in variante_de(etablissement).sections:
        return False
    cycle = CYCLE_EXIGE.get(section)
    return cycle is None or etablissement.cycles.filter(code=cycle).exists()
