"""What a forger would do to one of our files. Each function takes the genuine bytes and returns the forged ones."""

import ctypes
import hashlib
import io
import re
from collections.abc import Callable

import pypdfium2
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from etablissements.scolarite.documents import autorite, signature
from etablissements.scolarite.documents.attestation import composer_attestation
from etablissements.scolarite.models import Document

Attaque = Callable[[bytes, Document], bytes]


def sha256(contenu: bytes) -> str:
    """What the forger would write in the register."""
    return hashlib.sha256(contenu).hexdigest()


def _ecrire(ecrivain: IncrementalPdfFileWriter) -> bytes:
    sortie = io.BytesIO()
    ecrivain.write(sortie)
    return sortie.getvalue()


def _recomposer(document: Document, nom: str = "عمر المزور") -> bytes:
    """The same page with another name, the same number and the same QR code."""
    faits = {**document.faits, "eleve": {**document.faits["eleve"], "nom": {"ar": nom, "fr": "Omar ELMOUZAOUIR"}}}
    return composer_attestation(
        faits=faits,
        numero=document.numero_imprime,
        document_id=document.pk,
        emis_le=document.emis_le,
        jour=document.jour,
    )


def contenu_echange(original: bytes, document: Document) -> bytes:
    """An update appended after the signature replaces what the page draws."""
    ecrivain = IncrementalPdfFileWriter(io.BytesIO(original))
    page = ecrivain.root["/Pages"]["/Kids"][0].get_object()
    page[pdf_name("/Contents")] = ecrivain.add_object(
        generic.StreamObject(stream_data=b"BT /f0 30 Tf 100 400 Td <00010002> Tj ET")
    )
    ecrivain.update_container(page)
    return _ecrire(ecrivain)


def cle_de_catalogue(original: bytes, document: Document) -> bytes:
    """An update adds a key to the root of the document: an action on opening."""
    ecrivain = IncrementalPdfFileWriter(io.BytesIO(original))
    ecrivain.root[pdf_name("/OpenAction")] = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/URI"), pdf_name("/URI"): generic.pdf_string("https://exemple.invalid")}
    )
    ecrivain.update_root()
    return _ecrire(ecrivain)


def imposteur(original: bytes, document: Document) -> bytes:
    """The same words, signed under an authority that bears our name."""
    return _signer_sous_un_autre_nom(_recomposer(document), document)


def imposteur_sur_notre_page(original: bytes, document: Document) -> bytes:
    """Our very page, our signature taken off, theirs put on."""
    return _signer_sous_un_autre_nom(signature_retiree(original, document), document)


def contresigne(original: bytes, document: Document) -> bytes:
    """A second signature, by somebody else, over ours."""
    return _signer_sous_un_autre_nom(original, document, champ="Autre")


def _signer_sous_un_autre_nom(pdf: bytes, document: Document, champ: str = signature.CHAMP) -> bytes:
    notre_materiel, notre_champ = signature.materiel, signature.CHAMP
    faux = autorite.creer_autorite()
    charge = autorite._charger.__wrapped__(*(faux[n].decode() for n in ("cle.pem", "certificat.pem", "racine.pem")), "")
    try:
        signature.materiel, signature.CHAMP = (lambda: charge), champ
        return signature.signer(pdf, document_id=document.pk)
    finally:
        signature.materiel, signature.CHAMP = notre_materiel, notre_champ


def signature_retiree(original: bytes, document: Document) -> bytes:
    """The file as it was before signing."""
    return original[: original.index(b"%%EOF") + 6]


def champ_efface(original: bytes, document: Document) -> bytes:
    """An update takes the form, so the signature, out of the root."""
    ecrivain = IncrementalPdfFileWriter(io.BytesIO(original))
    del ecrivain.root["/AcroForm"]
    ecrivain.update_root()
    return _ecrire(ecrivain)


def signature_videe(original: bytes, document: Document) -> bytes:
    """The signature's bytes replaced by zeros."""
    return re.sub(
        rb"/Contents <([0-9A-Fa-f]{500,})>", lambda trouve: b"/Contents <" + b"0" * len(trouve[1]) + b">", original
    )


def reenregistre(original: bytes, document: Document) -> bytes:
    """Opened and saved by another program, without meaning any harm."""
    sortie = io.BytesIO()
    pypdfium2.PdfDocument(original).save(sortie)
    return sortie.getvalue()


def texte_retouche(original: bytes, document: Document) -> bytes:
    """A line of text drawn on the page with another program."""
    pdf = pypdfium2.PdfDocument(original)
    page = pdf[0]
    brut = pypdfium2.raw
    objet = brut.FPDFPageObj_NewTextObj(pdf, b"Helvetica", 20.0)
    texte = "Omar".encode("utf-16-le") + b"\x00\x00"
    brut.FPDFText_SetText(objet, ctypes.cast(ctypes.create_string_buffer(texte), ctypes.POINTER(ctypes.c_ushort)))
    brut.FPDFPage_InsertObject(page, objet)
    brut.FPDFPage_GenerateContent(page)
    sortie = io.BytesIO()
    pdf.save(sortie)
    return sortie.getvalue()


def qr_recopie(original: bytes, document: Document) -> bytes:
    """Another name under our number and our QR code, not signed."""
    return _recomposer(document)


def signature_recollee(original: bytes, document: Document) -> bytes:
    """Another name, followed by the update that carried our signature."""
    debut = original.index(b"%%EOF") + 6
    return _recomposer(document) + original[debut:]


def octets_ajoutes(original: bytes, document: Document) -> bytes:
    """Something after the end."""
    return original + b"\n% rien\n"


def octets_devant(original: bytes, document: Document) -> bytes:
    """Something before the beginning."""
    return b"%\n" + original


def tronque(original: bytes, document: Document) -> bytes:
    """The end is missing."""
    return original[:-40]


ATTAQUES: tuple[Attaque, ...] = (
    contenu_echange,
    cle_de_catalogue,
    imposteur,
    imposteur_sur_notre_page,
    contresigne,
    signature_retiree,
    champ_efface,
    signature_videe,
    reenregistre,
    texte_retouche,
    qr_recopie,
    signature_recollee,
    octets_ajoutes,
    octets_devant,
    tronque,
)
