"""Reads one cell: text, date, sex, position. Each function says in a translated sentence what is wrong."""

import datetime
import re
import unicodedata
from functools import lru_cache

from django.utils.translation import gettext as _

from portal.socle.texte import apercu, chiffres_latins, nettoyer, normaliser

from .etiquettes import SEXES
from .lecture import Cellule

LONGUEUR_DU_CODE = 10
CODE_MASSAR = re.compile(r"[A-Z][0-9]{9}")
_ANNEE_EN_TETE = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[ T][0-9:.]+)?")
_ANNEE_EN_FIN = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})(?:[ T][0-9:.]+)?")
_EXCEL_ZERO = datetime.date(1899, 12, 30)  # day 0 of the serial dates of spreadsheets, their false 29 February included
_ARABE = re.compile(r"[\u0620-\u06ff]")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]")
LONGUEUR_MAXIMALE = 100  # characters of a name or place, as in the records


def nom_de_cellule(ligne: int, colonne: int) -> str:
    """Name a cell as a spreadsheet does, from its row number (from 1) and column rank (from 0): `(12, 1)` is `B12`."""
    lettres = ""
    rang = colonne + 1
    while rang:
        rang, reste = divmod(rang - 1, 26)
        lettres = chr(ord("A") + reste) + lettres
    return f"{lettres}{ligne}"


def texte(cellule: Cellule) -> str:
    """Return the text of a cell: blanks folded, whole numbers without decimals."""
    if isinstance(cellule, float) and cellule.is_integer():
        return str(int(cellule))
    return nettoyer(str(cellule))


def lire_code(cellule: Cellule) -> str:
    """Return a code Massar. Raises `ValueError`; the message does not repeat the code."""
    code = chiffres_latins(texte(cellule)).replace(" ", "").upper()
    if not code:
        raise ValueError(_("Le code Massar manque."))
    if not CODE_MASSAR.fullmatch(code):
        raise ValueError(_("Le code Massar est mal formé : il faut une lettre et neuf chiffres."))
    return code


def ressemble_a_un_code(cellule: Cellule) -> bool:
    """Tell a wrong code (to refuse) from a word of a footer (to pass over)."""
    return bool(re.fullmatch(r"[A-Za-z]{0,2}\s?[0-9]{5,}", chiffres_latins(texte(cellule))))


def est_un_code(cellule: Cellule) -> bool:
    """Tell whether the cell holds a code Massar."""
    if not isinstance(cellule, str) or len(cellule) < LONGUEUR_DU_CODE:
        return False
    return bool(CODE_MASSAR.fullmatch(chiffres_latins(nettoyer(cellule)).replace(" ", "").upper()))


def lire_nom(cellule: Cellule) -> str:
    """Return a name. Raises `ValueError`, without repeating it."""
    nom = texte(cellule)
    if not nom:
        raise ValueError(_("Le nom ou le prénom manque."))
    if not isinstance(cellule, str) or not (_ARABE.search(nom) or _LATIN.search(nom)) or nom[0] in "=+-@":
        raise ValueError(_("Ce n'est pas un nom."))
    return _borner(nom)


def lire_lieu(cellule: Cellule) -> str:
    """Return a place, maybe empty. Raises `ValueError`."""
    return _borner(texte(cellule))


def _borner(valeur: str) -> str:
    if len(valeur) > LONGUEUR_MAXIMALE:
        raise ValueError(_("Le texte dépasse %(longueur)d caractères.") % {"longueur": LONGUEUR_MAXIMALE})
    if any(unicodedata.category(caractere) == "Cc" for caractere in valeur):
        raise ValueError(_("Le texte contient des caractères qui ne s'impriment pas."))
    return valeur


def ecriture(valeur: str) -> str:
    """Return the script of a name or place: `ar` as soon as it has an Arabic letter, else `fr`."""
    return "ar" if _ARABE.search(valeur) else "fr"


@lru_cache(maxsize=1024)
def _sexe(mot: str) -> str:
    return SEXES.get(normaliser(mot), "")


def lire_sexe(cellule: Cellule) -> str:
    """Return `F` or `M`. Raises `ValueError`."""
    if sexe := _sexe(texte(cellule)[:LONGUEUR_MAXIMALE]):
        return sexe
    if not texte(cellule):
        raise ValueError(_("Le genre manque."))
    raise ValueError(
        _("Le genre « %(texte)s » est inconnu : ذكر ou أنثى, Garçon ou Fille.") % {"texte": apercu(texte(cellule), 12)}
    )


def connait_le_sexe(cellule: Cellule) -> bool:
    """Tell whether the cell holds one of the words for a sex."""
    return bool(_sexe(texte(cellule)[:LONGUEUR_MAXIMALE]))


def lire_date(cellule: Cellule) -> datetime.date:
    """Return a date: a date cell, a serial number, or text with the year first or last.

    Raises:
        ValueError: no such date.
    """
    if isinstance(cellule, datetime.datetime):
        return cellule.date()
    if isinstance(cellule, datetime.date):
        return cellule
    ecrite = chiffres_latins(texte(cellule))
    if not ecrite:
        raise ValueError(_("La date de naissance manque."))
    try:
        if ecrite.isascii() and ecrite.isdigit() and len(ecrite) <= 5:
            return _EXCEL_ZERO + datetime.timedelta(days=int(ecrite))
        if trouve := _ANNEE_EN_TETE.fullmatch(ecrite):
            return datetime.date(int(trouve[1]), int(trouve[3]), int(trouve[4]))
        if trouve := _ANNEE_EN_FIN.fullmatch(ecrite):
            return datetime.date(int(trouve[4]), int(trouve[3]), int(trouve[1]))
    except ValueError:
        pass
    raise ValueError(_("Cette date n'existe pas ou n'est pas écrite aaaa-mm-jj."))


def est_une_date(cellule: Cellule) -> bool:
    """Tell whether the cell can be read as a date."""
    try:
        lire_date(cellule)
    except ValueError:
        return False
    return True
