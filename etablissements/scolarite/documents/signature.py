"""PAdES-B-B signatures: made with the loaded key, checked against the pinned root."""

import asyncio
import datetime
import io
import re
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from asn1crypto import cms
from asn1crypto import keys as cles_asn1
from asn1crypto import x509 as x509_asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.validation import KeyUsageConstraints, SignatureCoverageLevel, async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .autorite import Materiel, materiel

CHAMP = "Scellement"
OCTETS_RESERVES = 8192
_EMPREINTE = "sha256"
_ENVELOPPES = re.compile(rb"/Contents\s*<([0-9A-Fa-f]{512,65536})>")
_ENVELOPPES_LUES = 8
T = TypeVar("T")


class _Ecrivain(IncrementalPdfFileWriter):
    """An update that stays in PDF 1.7: PDF/A-2 knows no 2.0, to which pyHanko raises every file."""

    output_version = (1, 7)


class _ScelleurPdf(signers.PdfSigner):
    """Declares the PAdES extension alone: pyHanko adds ISO 32002 for P-256, which asks for PDF 2.0."""

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        pdf_out.register_extension(ESIC_EXTENSION_1)


class _Signataire(signers.SimpleSigner):
    """A signer whose key and CMS envelope stay loaded: building both again costs ten times the signature itself."""

    def __init__(self, materiel_: Materiel) -> None:
        self._cle = materiel_.cle
        self._enveloppe: bytes | None = None
        registre = SimpleCertificateStore()
        registre.register_multiple([_asn1(certificat) for certificat in materiel_.intermediaires])
        super().__init__(
            signing_cert=_asn1(materiel_.certificat),
            signing_key=cles_asn1.PrivateKeyInfo.load(
                materiel_.cle.private_bytes(
                    serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
                )
            ),
            cert_registry=registre,
            embed_roots=False,
        )

    async def async_sign(self, data_digest: bytes, digest_algorithm: str, *args: Any, **kwargs: Any) -> cms.ContentInfo:
        """Sign as pyHanko does the first time, then put each new digest and signature into that envelope.

        A PAdES-B-B envelope has nothing else that changes: the instant of signing stands in the PDF, outside of it.
        """
        if self._enveloppe is None:
            premiere = await super().async_sign(data_digest, digest_algorithm, *args, **kwargs)
            self._enveloppe = premiere.dump()
            return premiere
        enveloppe = cms.ContentInfo.load(self._enveloppe)
        signataire = enveloppe["content"]["signer_infos"][0]
        attributs = signataire["signed_attrs"]
        for attribut in attributs:
            if attribut["type"].native == "message_digest":
                attribut["values"] = [data_digest]
        signataire["signature"] = self.sign_raw(attributs.untag().dump(), digest_algorithm)
        return enveloppe

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        if digest_algorithm != _EMPREINTE:
            raise ValueError("papers are signed with SHA-256")
        return self._cle.sign(data, ec.ECDSA(hashes.SHA256()))


def _asn1(certificat: x509.Certificate) -> x509_asn1.Certificate:
    return x509_asn1.Certificate.load(certificat.public_bytes(serialization.Encoding.DER))


@cache
def _signataire(materiel_: Materiel) -> _Signataire:
    return _Signataire(materiel_)


def _executer(tache: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run one of pyHanko's coroutines to its end, also from a thread where an event loop already runs."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(tache())
    with ThreadPoolExecutor(max_workers=1) as fil:
        return fil.submit(lambda: asyncio.run(tache())).result()


def _raison(document_id: str) -> str:
    return f"Attestation {document_id}"


def signer(pdf: bytes, *, document_id: str) -> bytes:
    """Return `pdf` sealed by one PAdES-B-B signature that covers the whole file.

    The field is invisible the way PDF/A-2 and PDF/UA-1 both accept: printable, and outside the page. `document_id`
    goes into the signature's reason: a damaged file still says which paper it was.
    """
    metadonnees = signers.PdfSignatureMetadata(
        field_name=CHAMP,
        md_algorithm=_EMPREINTE,
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=_raison(document_id),
        embed_validation_info=False,
    )
    champ = fields.SigFieldSpec(
        CHAMP,
        on_page=0,
        box=None,
        readable_field_name="Scellement électronique",
        invis_sig_settings=fields.InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True),
    )
    pdf_signer = _ScelleurPdf(metadonnees, _signataire(materiel()), new_field_spec=champ)
    sortie = io.BytesIO()
    ecrivain = _Ecrivain(io.BytesIO(pdf))
    _executer(lambda: pdf_signer.async_sign_pdf(ecrivain, output=sortie, bytes_reserved=OCTETS_RESERVES))
    return sortie.getvalue()


@dataclass(frozen=True)
class Emetteurs:
    """Who seems to have signed a file: the pinned root's signer, somebody else, both or nobody."""

    nous: bool = False
    autres: bool = False


def emetteurs_apparents(pdf: bytes) -> Emetteurs:
    """Look for CMS signatures among the bytes of `pdf`, without opening it: it may be hostile, and is not authentic.

    Only good for explaining a refusal: a certificate found here has signed nothing that was checked.
    """
    nous = autres = False
    for hexa in _ENVELOPPES.findall(pdf)[:_ENVELOPPES_LUES]:
        if _vient_de_nous(hexa):
            nous = True
        else:
            autres = True
    return Emetteurs(nous, autres)


def _vient_de_nous(enveloppe: bytes) -> bool:
    """Tell whether the signer named by a CMS envelope (hexadecimal) holds a certificate under the pinned root."""
    try:
        contenu = cms.ContentInfo.load(bytes.fromhex(enveloppe.decode()))["content"]
        numero = contenu["signer_infos"][0]["sid"].chosen["serial_number"].native
        certificats = [x509.load_der_x509_certificate(choix.chosen.dump()) for choix in contenu["certificates"]]
    except Exception:  # bytes that anybody may have written
        return False
    nous = materiel()
    admis = [nous.racine, *nous.intermediaires]
    admis += [certificat for certificat in certificats if _emis_par(certificat, admis)]
    return any(certificat.serial_number == numero and _emis_par(certificat, admis) for certificat in certificats)


def _emis_par(certificat: x509.Certificate, emetteurs: list[x509.Certificate]) -> bool:
    for emetteur in emetteurs:
        with suppress(InvalidSignature, ValueError, TypeError):
            certificat.verify_directly_issued_by(emetteur)
            return True
    return False


@dataclass(frozen=True)
class Controle:
    """What the signature of a file is worth.

    Attributes:
        unique: there is exactly one signature.
        intacte: the signed bytes are those that were signed.
        couvre_tout: nothing was added around or after them.
        reconnue: the certificate chains to the pinned root, for this use, and was valid at the given moment.
        nommee: the signature names the expected paper.
    """

    unique: bool = False
    intacte: bool = False
    couvre_tout: bool = False
    reconnue: bool = False
    nommee: bool = False

    @property
    def bonne(self) -> bool:
        """True when every condition holds."""
        return self.unique and self.intacte and self.couvre_tout and self.reconnue and self.nommee


def controler(pdf: bytes, *, moment: datetime.datetime, document_id: str) -> Controle:
    """Check that `pdf` is the paper `document_id` signed by us, as of `moment`, when the register says it was issued.

    A file that cannot be read, or has no signature, gets the empty `Controle`: a missing signature is a bad one. Only
    for files the register knows: the parser of PDF follows what the file says, compressed streams included.
    """
    contexte = ValidationContext(
        trust_roots=[_asn1(materiel().racine)], allow_fetching=False, moment=moment, revocation_mode="soft-fail"
    )
    usages = KeyUsageConstraints(key_usage={"non_repudiation"}, match_all_key_usages=True)
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if not signatures:
            return Controle()
        etat = _executer(
            lambda: async_validate_pdf_signature(
                signatures[-1], signer_validation_context=contexte, key_usage_settings=usages
            )
        )
    except Exception:  # a forged file may break the parser anywhere: whatever breaks is not authentic
        return Controle()
    return Controle(
        unique=len(signatures) == 1,
        intacte=etat.intact and etat.valid,
        couvre_tout=etat.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        reconnue=etat.trusted,
        nommee=signatures[-1].sig_object.get("/Reason") == _raison(document_id),
    )
