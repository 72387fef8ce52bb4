"""The words by which class-list workbooks name their cells, in Arabic and in French, written the way they vary.

Source: labels read in exchanged workbooks. Compared by `normaliser`: blanks, colons, hamza and accents do not
count.
"""

import re

from portal.socle.texte import normaliser


def _cles(**variantes: tuple[str, ...]) -> dict[str, str]:
    return {normaliser(texte): nom for nom, textes in variantes.items() for texte in textes}


# What stands above the table: label, then the value in the first filled cell after it.
ENTETE = _cles(
    academie=("الأكاديمية", "أكاديمية", "الجهة", "Académie", "AREF", "Région"),
    direction=(
        "المديرية الإقليمية",
        "م.الإقليمية",
        "المديرية",
        "النيابة",
        "Direction provinciale",
        "Direction",
        "Délégation",
        "DP",
    ),
    commune=("الجماعة", "Commune"),
    etablissement=("المؤسسة", "مؤسسة", "Établissement", "École"),
    niveau=("المستوى", "مستوى", "Niveau"),
    annee=("السنة الدراسية", "الموسم الدراسي", "Année scolaire"),
    classe=("القسم", "قسم", "Classe", "Section"),
)

# The columns of the table.
COLONNES = _cles(
    numero=("ر.ت", "الرقم الترتيبي", "N.O", "N°", "Numéro"),
    code=("الرمز", "رمز", "رمز مسار", "رمز التلميذ", "رقم التلميذ", "Code", "Code Massar", "Code élève"),
    nom=("النسب", "الاسم العائلي", "Nom"),
    prenom=("الإسم", "إسم", "الاسم الشخصي", "Prénom"),
    sexe=("النوع", "الجنس", "Genre", "Sexe"),
    date_naissance=("تاريخ الإزدياد", "تاريخ الولادة", "Date de naissance", "Date naissance"),
    lieu_naissance=("مكان الإزدياد", "مكان الولادة", "Lieu de naissance", "Lieu naissance"),
)
COLONNES_OBLIGATOIRES = ("code", "nom", "prenom", "sexe", "date_naissance", "lieu_naissance")
# How a message names them: as Massar writes them, which is what the secretary has before her eyes.
COLONNES_MASSAR = {
    "code": "الرمز / Code",
    "nom": "النسب / Nom",
    "prenom": "الإسم / Prénom",
    "sexe": "النوع / Genre",
    "date_naissance": "تاريخ الازدياد / Date de naissance",
    "lieu_naissance": "مكان الازدياد / Lieu naissance",
}
ENTETE_MASSAR = {
    "direction": "المديرية الإقليمية / Direction provinciale",
    "etablissement": "المؤسسة / Établissement",
    "niveau": "المستوى / Niveau",
    "annee": "السنة الدراسية / Année scolaire",
    "classe": "القسم / Classe",
}

SEXES = _cles(M=("ذكر", "Garçon", "Masculin", "M", "G", "H"), F=("أنثى", "Fille", "Féminin", "F"))

# Words of the other workbooks of Massar, so that one given by mistake is named.
FEUILLE_DE_NOTES = frozenset(map(normaliser, ("NotesCC", "نقط المراقبة المستمرة", "إسم التلميذ")))
RESUME_DES_ABSENCES = frozenset(map(normaliser, ("ملخص الغياب",)))

_ORDINAL = re.compile(r"\b([1-6])(?:\s?(?:re|ere|er|e|eme|nd|nde|o))?\b")
_ARTICLE = re.compile(r"\bال(?=\w{2})")


def cle_niveau(texte: str) -> str:
    """Return the key by which two spellings of a level are the same (`1°` and `1ère Année`, with or without ال)."""
    return _ARTICLE.sub("", _ORDINAL.sub(r"\1", normaliser(texte).replace("باكالوريا", "بكالوريا")))
