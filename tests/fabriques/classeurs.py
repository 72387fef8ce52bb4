"""Builders of class-list workbooks, whole or spoilt in one place. Everybody in them is invented."""

import datetime
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import xlsxwriter

NIVEAUX = {
    "1APIC": "الأولى إعدادي مسار دولي",
    "2APIC": "الثانية إعدادي مسار دولي",
    "TCSF": "الجذع المشترك العلمي خيار فرنسية",
}
ETIQUETTES = {
    "ar": ("الأكاديمية :", "الجماعة :", "المديرية الإقليمية :", "المؤسسة:", ": المستوى", "السنة الدراسية:", ": القسم"),
    "fr": ("Académie:", "Commune:", "Direction:", "Établissement:", "Niveau:", "Année scolaire:", "Classe:"),
}
TITRES = {
    "ar": ("ر.ت", "الرمز", "النسب", "الإسم", "النوع", "تاريخ الإزدياد", "مكان الازدياد"),
    "fr": ("N.O", "Code", "Nom", "Prénom", "Genre", "Date de naissance", "Lieu naissance"),
}
PLACES_DES_ETIQUETTES = ("A5", "F5", "A6", "F6", "A7", "F7", "A8")


def eleve(numero: int, **colonnes: object) -> dict[str, object]:
    """The cells of an invented pupil, by column; `numero` makes the code."""
    return {
        "code": f"W99{numero:07d}",
        "nom": "أمزيان",
        "prenom": "إلياس",
        "sexe": "ذكر",
        "date": "2012-12-20",
        "lieu": "تارودانت",
    } | colonnes


def eleve_fr(numero: int, **colonnes: object) -> dict[str, object]:
    """The same pupil as the French list writes him."""
    francais = {"nom": "AMEZIANE", "prenom": "Ilyas", "sexe": "Garçon", "date": "2012/12/20", "lieu": "Taroudannt"}
    return eleve(numero) | francais | colonnes


@dataclass
class FeuilleListe:
    """One sheet, with every part open to spoiling.

    Attributes:
        entete: values after the labels, by cell.
        autres: any other cells, written last; None empties a cell.
        decalage: columns by which the pupils' rows are pushed.
        depart: row of the column titles (10 in Massar's own).
    """

    classe: str = "1APIC-1"
    nom: str | None = None
    langue: str = "ar"
    niveau: str | None = None
    etablissement: str = "الثانوية الاعدادية التجارب"
    direction: str = "إقليم: تيزنيت"
    annee: str = "2025/2026"
    eleves: Iterable[Mapping[str, object]] = field(default_factory=lambda: [eleve(1), eleve(2)])
    titres: tuple[str, ...] | None = None
    autres: Mapping[str, object] = field(default_factory=dict)
    decalage: int = 0
    cachee: bool = False

    def cellules(self) -> dict[str, object]:
        """Every cell, by name."""
        niveau = self.niveau or NIVEAUX[self.classe.split("-")[0]]
        contenu: dict[str, object] = {"C2": "لائحة التلاميذ" if self.langue == "ar" else "Liste des élèves"}
        contenu |= dict(zip(PLACES_DES_ETIQUETTES, ETIQUETTES[self.langue], strict=True))
        contenu |= {
            "C5": "سوس - ماسة",
            "G5": "تيزنيت",
            "C6": self.direction,
            "G6": self.etablissement,
            "C7": niveau,
            "G7": self.annee,
            "C8": self.classe,
        }
        contenu |= {f"{'ABCDEFG'[rang]}10": titre for rang, titre in enumerate(self.titres or TITRES[self.langue])}
        for rang, ligne in enumerate(self.eleves, 1):
            valeurs = (rang, *(ligne[nom] for nom in ("code", "nom", "prenom", "sexe", "date", "lieu")))
            for colonne, valeur in enumerate(valeurs):
                contenu[f"{'ABCDEFGHIJ'[colonne + self.decalage]}{10 + rang}"] = valeur
        return contenu | dict(self.autres)


def classeur(*feuilles: FeuilleListe) -> bytes:
    """The bytes of a workbook."""
    sortie = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with xlsxwriter.Workbook(sortie, options) as livre:
        livre.set_properties({"created": datetime.datetime(2025, 10, 7)})  # the same sheets make the same bytes
        date = livre.add_format({"num_format": "dd/mm/yyyy"})
        for rang, feuille in enumerate(feuilles):
            page = livre.add_worksheet(feuille.nom or feuille.classe)
            page.right_to_left()
            if feuille.cachee:
                page.hide()
                livre.worksheets()[rang - 1].activate()
            for cellule, valeur in feuille.cellules().items():
                if hasattr(valeur, "isoformat"):
                    page.write_datetime(cellule, valeur, date)
                elif valeur is not None:
                    page.write(cellule, valeur)
    return sortie.getvalue()
