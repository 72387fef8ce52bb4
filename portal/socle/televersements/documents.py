"""Documents are what their name says: PDF, Office or OpenDocument files, with no program inside and nothing around.

They are kept as they are: a paper may be signed. So what is doubtful is refused, with the reason and what to do.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import chain
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_ENTREES_AU_PLUS = 5_000
_DECOMPRESSE_AU_PLUS = 200 * 1024 * 1024
_PIECE_AU_PLUS = 4 * 1024 * 1024  # what is read of one entry, or of one object stream
_BOUCHEE = 1024  # bytes given to `zlib` at a time: it copies what it leaves
_ENTETE_ZLIB = 2

PAS_CE_GENRE = _(
    "Ce fichier n'est pas un « .%(extension)s » lisible. Ouvrez-le, enregistrez-le de nouveau, ou exportez-le en PDF."
)
PROGRAMME = _(
    "Ce document contient un programme (macro, script ou objet inséré). Enregistrez-le sans macros, ou exportez-le "
    "en PDF."
)
ENTOURE = _(
    "Ce fichier contient autre chose que le document. Ouvrez-le et enregistrez-le de nouveau, puis déposez la copie."
)
TROP_GRAND = _("Ce document est trop grand (20 Mo au plus). Réduisez ses images, ou exportez-le en PDF allégé.")

_PIECE_PRINCIPALE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_MIMETYPE = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
_MIMETYPE_AU_PLUS = 128  # bytes
_ACTIVES = re.compile(
    r"vbaProject|vbaData|macrosheets/|dialogsheets/|activeX/|customUI|oleObject|^Basic/|^Scripts/"
    r"|/embeddings/(?!.*\.(?:docx|xlsx|pptx)$)",
    re.IGNORECASE,
)
_RELATION = re.compile(rb"<Relationship\b[^>]*>", re.IGNORECASE)
_NOM_ACTIF = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|EmbeddedFile|XFA|ImportData|SubmitForm)(?![A-Za-z0-9])")
_ECHAPPEMENT = re.compile(rb"#([0-9A-Fa-f]{2})")
_FLUX_D_OBJETS = re.compile(rb"/ObjStm\b")
_DICTIONNAIRE_AU_PLUS = 512  # bytes between the name of an object stream and its content
_DEBUT_DE_FLUX = re.compile(rb"\bstream\r?\n")
_FIN_DE_FLUX = b"endstream"
_FIN_DE_PDF = re.compile(rb"%%EOF[\s\x00]*\Z")


def examiner(fichier: BinaryIO, extension: str) -> None:
    """Refuse `fichier` unless its content is a harmless document of the kind that `extension` names.

    Raises:
        ValidationError: with the reason, and what to do.
    """
    fichier.seek(0)
    examen: Callable[[BinaryIO, str], None] = _examiner_pdf if extension == "pdf" else _examiner_archive
    examen(fichier, extension)
    fichier.seek(0)


def _refuser(motif: str | Promise, code: str, extension: str) -> ValidationError:
    return ValidationError(motif, code=code, params={"extension": extension})


def _examiner_pdf(fichier: BinaryIO, extension: str) -> None:
    contenu = fichier.read()
    if not contenu.startswith(b"%PDF-") or (b"startxref" not in contenu and b"trailer" not in contenu):
        raise _refuser(PAS_CE_GENRE, "genre", extension)
    if not _FIN_DE_PDF.search(contenu[-2048:]):
        raise _refuser(ENTOURE, "entoure", extension)
    # Outside the streams, where three bytes of a photo could spell anything.
    lisibles = chain([_sans_les_flux(contenu)], _flux_d_objets(contenu, extension))
    if any(_NOM_ACTIF.search(_sans_echappement(partie)) for partie in lisibles):
        raise _refuser(PROGRAMME, "programme", extension)


def _sans_echappement(partie: bytes) -> bytes:
    """Names may be written `/J#61vaScript`."""
    return _ECHAPPEMENT.sub(lambda trouve: bytes([int(trouve[1], 16)]), partie) if b"#" in partie else partie


def _sans_les_flux(contenu: bytes) -> bytes:
    """Return a PDF without its streams, in one reading: one that never ends is not a stream."""
    gardes, fin = [], 0
    for debut in _DEBUT_DE_FLUX.finditer(contenu):
        if debut.start() < fin:
            continue
        if (suivante := contenu.find(_FIN_DE_FLUX, debut.end())) < 0:
            break
        gardes.append(contenu[fin : debut.start()])
        fin = suivante + len(_FIN_DE_FLUX)
    return b"".join([*gardes, contenu[fin:]])


def _flux_d_objets(contenu: bytes, extension: str) -> Iterator[bytes]:
    """Yield the compressed objects of a PDF, each read up to a limit, and all of them up to another.

    Raises:
        ValidationError: there are too many of them, or too much in them.
    """
    reste = _DECOMPRESSE_AU_PLUS
    for rang, trouve in enumerate(_FLUX_D_OBJETS.finditer(contenu)):
        debut = _DEBUT_DE_FLUX.search(contenu, trouve.end(), trouve.end() + _DICTIONNAIRE_AU_PLUS)
        ouvert = _decompresser(memoryview(contenu)[debut.end() :]) if debut else b""
        reste -= len(ouvert)
        if reste < 0 or rang >= _ENTREES_AU_PLUS:
            raise _refuser(TROP_GRAND, "taille", extension)
        yield ouvert


def _decompresser(flux: memoryview) -> bytes:
    """Return the beginning of what is compressed there, up to a fault; its checksum counts for no reader of PDF."""
    lecteur, sortie = zlib.decompressobj(-zlib.MAX_WBITS), bytearray()
    try:
        for debut in range(_ENTETE_ZLIB, len(flux), _BOUCHEE):
            sortie += lecteur.decompress(flux[debut : debut + _BOUCHEE], _PIECE_AU_PLUS - len(sortie))
            if lecteur.eof or len(sortie) >= _PIECE_AU_PLUS:
                break
    except zlib.error:
        pass
    return bytes(sortie)


def _examiner_archive(fichier: BinaryIO, extension: str) -> None:
    if fichier.read(4) != b"PK\x03\x04":
        raise _refuser(PAS_CE_GENRE, "genre", extension)
    try:
        with zipfile.ZipFile(fichier) as archive:
            _examiner_entrees(archive, extension)
            noms = archive.namelist()
            if extension in _MIMETYPE:
                with archive.open("mimetype") as premiere:
                    mimetype = premiere.read(_MIMETYPE_AU_PLUS)
                if noms[0] != "mimetype" or mimetype != _MIMETYPE[extension] or "content.xml" not in noms:
                    raise _refuser(PAS_CE_GENRE, "genre", extension)
            elif "[Content_Types].xml" not in noms or _PIECE_PRINCIPALE[extension] not in noms:
                raise _refuser(PAS_CE_GENRE, "genre", extension)
            else:
                _examiner_relations(archive, extension)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, RuntimeError, NotImplementedError) as erreur:
        raise _refuser(PAS_CE_GENRE, "genre", extension) from erreur


def _examiner_entrees(archive: zipfile.ZipFile, extension: str) -> None:
    entrees = archive.infolist()
    if not entrees or len(entrees) > _ENTREES_AU_PLUS or sum(e.file_size for e in entrees) > _DECOMPRESSE_AU_PLUS:
        raise _refuser(TROP_GRAND if entrees else PAS_CE_GENRE, "taille", extension)
    flux = archive.fp
    assert flux is not None  # noqa: S101 - an archive just opened has its file
    flux.seek(0, 2)
    # The end record is 22 bytes; with a comment, or anything after it, the file is something else as well.
    fin = flux.tell()
    flux.seek(fin - 22)
    if archive.comment or flux.read(4) != b"PK\x05\x06" or min(entree.header_offset for entree in entrees):
        raise _refuser(ENTOURE, "entoure", extension)
    if any(_ACTIVES.search(entree.filename) for entree in entrees):
        raise _refuser(PROGRAMME, "programme", extension)


def _examiner_relations(archive: zipfile.ZipFile, extension: str) -> None:
    """Refuse macros declared under another name, and templates or objects fetched from elsewhere on opening."""
    with archive.open("[Content_Types].xml") as types:
        if b"macroEnabled" in (declares := types.read(_PIECE_AU_PLUS)) or b"vbaProject" in declares:
            raise _refuser(PROGRAMME, "programme", extension)
    for nom in archive.namelist():
        if nom.endswith(".rels"):
            with archive.open(nom) as relations:
                for relation in _RELATION.findall(relations.read(_PIECE_AU_PLUS)):
                    if b"External" in relation and re.search(rb"attachedTemplate|oleObject|/frame\"", relation):
                        raise _refuser(PROGRAMME, "programme", extension)
