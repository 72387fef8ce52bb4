"""Opens a workbook that a stranger may have made: every limit is checked before the parser sees it.

The parser (calamine) lays a sheet out as a full rectangle: two cells far apart in a file of 5 kB make it ask for
gigabytes and end the process. So the positions written in the sheets are bounded too.
"""

import datetime
import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook, SheetVisibleEnum

Cellule = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta

TAILLE_MAXIMALE = 20 * 1024 * 1024  # bytes of the file
DECOMPRESSE_MAXIMAL = 50 * 1024 * 1024  # bytes of all its members, once decompressed
RAPPORT_MAXIMAL = 100  # decompressed bytes by compressed byte
MEMBRES_MAXIMAUX = 1_000
FEUILLES_MAXIMALES = 300
LIGNES_MAXIMALES = 9_999
COLONNES_MAXIMALES = 52  # column AZ; class lists use 7

_INDISPENSABLES = frozenset({"[Content_Types].xml", "xl/workbook.xml"})
_AUTRES_FORMATS = frozenset({"xl/workbook.bin", "content.xml"})  # the parser would fall back on them
_ENTETE_LOCAL = 30  # bytes of a zip local header, before its name
_HORS_LIMITES = re.compile(rb"""\sr\s*=\s*["'](?:(?:[B-Zb-z][A-Za-z]|[A-Za-z]{3,})[0-9]|[A-Za-z]+[0-9]{5})""")
_CELLULE = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
# A cell that says where it is, by an attribute `r` of its own: quoted values are passed over whole.
_CELLULE_PLACEE = re.compile(
    rb"""<(?:\w+:)?c(?:\s+(?!r\s*=)[\w:]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s+r\s*=\s*["'][A-Za-z]+[0-9]"""
)


class ClasseurRefuse(Exception):
    """The workbook is refused before its content is read. The message, translated, says why and what to do."""


@dataclass(frozen=True)
class Feuille:
    """One sheet: its rows from A1 on, so that `lignes[0][0]` is cell A1."""

    nom: str
    visible: bool
    lignes: list[list[Cellule]]


def _pas_un_classeur(contenu: bytes) -> str:
    if not contenu:
        return _("Le fichier est vide.")
    if contenu.startswith(b"\xd0\xcf\x11\xe0"):
        return _(
            "C'est un classeur .xls ancien ou protégé par un mot de passe : "
            "ouvrez-le dans le tableur et enregistrez-le au format .xlsx, sans mot de passe."
        )
    if contenu.startswith(b"PK"):
        return _("Ce n'est pas un classeur entier : le fichier est abîmé ou tronqué. Téléchargez-le de nouveau.")
    return _("Ce n'est pas un classeur .xlsx : donnez le fichier ListEleve tel que Massar le fournit.")


def _decompresser(contenu: bytes, membre: zipfile.ZipInfo) -> bytes:
    """Return the real bytes of a member, or raise `ValueError` when they are not what the directory announces."""
    if membre.flag_bits & 0x1 or membre.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise ValueError
    debut = membre.header_offset
    try:
        longueur_nom, longueur_extra = struct.unpack_from("<HH", contenu, debut + 26)
    except struct.error:
        raise ValueError from None
    debut += _ENTETE_LOCAL + longueur_nom + longueur_extra
    comprime = contenu[debut : debut + membre.compress_size]
    if membre.compress_type == zipfile.ZIP_STORED:
        clair = comprime
    else:
        machine = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            clair = machine.decompress(comprime, membre.file_size + 1)
        except zlib.error:
            raise ValueError from None
        if not machine.eof:
            raise ValueError
    if len(clair) != membre.file_size or zlib.crc32(clair) != membre.CRC:
        raise ValueError
    return clair


def _refuser_les_etendues(xml: bytes) -> None:
    """Refuse positions that would make the parser lay out a huge rectangle, and cells that hide theirs."""
    sans_position = len(_CELLULE.findall(xml)) != len(_CELLULE_PLACEE.findall(xml))
    if sans_position or _HORS_LIMITES.search(xml):
        raise ClasseurRefuse(
            _(
                "Une feuille dépasse %(lignes)d lignes ou %(colonnes)d colonnes, ou n'est pas écrite "
                "comme un tableur l'écrit : donnez le fichier tel que Massar le fournit."
            )
            % {"lignes": LIGNES_MAXIMALES, "colonnes": COLONNES_MAXIMALES}
        )


def _verifier_l_archive(contenu: bytes) -> None:
    """Check sizes and positions in the archive. Raises `ClasseurRefuse`."""
    try:
        membres = zipfile.ZipFile(io.BytesIO(contenu)).infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, UnicodeDecodeError):
        raise ClasseurRefuse(_pas_un_classeur(contenu)) from None
    noms = {membre.filename for membre in membres}
    if not noms >= _INDISPENSABLES or noms & _AUTRES_FORMATS:
        raise ClasseurRefuse(
            _("Ce n'est pas un classeur .xlsx : donnez le fichier ListEleve tel que Massar le fournit.")
        )
    total = sum(membre.file_size for membre in membres)
    if len(membres) > MEMBRES_MAXIMAUX or total > DECOMPRESSE_MAXIMAL or total > RAPPORT_MAXIMAL * len(contenu):
        raise ClasseurRefuse(
            _("Le classeur est anormalement compressé : il est refusé sans être lu. Téléchargez-le de nouveau.")
        )
    for membre in membres:
        try:
            clair = _decompresser(contenu, membre)
        except ValueError:
            raise ClasseurRefuse(_pas_un_classeur(contenu)) from None
        if b"sheetData" in clair:  # wherever the sheet hides: the parser follows any name
            _refuser_les_etendues(clair)


def lire_classeur(contenu: bytes) -> list[Feuille]:
    """Return the sheets of a workbook.

    Raises:
        ClasseurRefuse: not a workbook, or one that is too large, too compressed or too wide to be a class list.
    """
    if len(contenu) > TAILLE_MAXIMALE:
        raise ClasseurRefuse(_("Le fichier est trop gros : au plus 20 Mo."))
    if not contenu.startswith(b"PK"):
        raise ClasseurRefuse(_pas_un_classeur(contenu))
    _verifier_l_archive(contenu)
    try:
        classeur = CalamineWorkbook.from_filelike(io.BytesIO(contenu))
        metadonnees = classeur.sheets_metadata
        if len(metadonnees) > FEUILLES_MAXIMALES:
            raise ClasseurRefuse(
                _("Le classeur a plus de %(nombre)d feuilles : ce n'est pas celui d'un établissement.")
                % {"nombre": FEUILLES_MAXIMALES}
            )
        return [
            Feuille(
                nom=feuille.name,
                visible=feuille.visible == SheetVisibleEnum.Visible,
                lignes=classeur.get_sheet_by_index(rang).to_python(skip_empty_area=False),
            )
            for rang, feuille in enumerate(metadonnees)
        ]
    except ClasseurRefuse:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # the parser is in Rust: its panics are BaseException, and say nothing to a secretary
        raise ClasseurRefuse(_pas_un_classeur(contenu)) from None
