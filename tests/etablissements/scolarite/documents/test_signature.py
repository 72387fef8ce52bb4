import asyncio
import io
import random
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from etablissements.scolarite.documents.autorite import materiel
from etablissements.scolarite.documents.signature import (
    Controle,
    Emetteurs,
    _asn1,
    controler,
    emetteurs_apparents,
    signer,
)
from etablissements.scolarite.models import Document
from tests.outils import exiger_programme

from . import attaques


def controle(contenu: bytes, document: Document) -> Controle:
    return controler(contenu, moment=document.emis_le, document_id=document.pk)


def pdfsig(contenu: bytes, tmp_path) -> str:
    fichier = tmp_path / "papier.pdf"
    fichier.write_bytes(contenu)
    fait = subprocess.run([exiger_programme("pdfsig"), str(fichier)], capture_output=True, text=True, check=False)
    return fait.stdout


def test_notre_papier_est_bon(document: Document, contenu: bytes) -> None:
    assert controle(contenu, document) == Controle(
        unique=True, intacte=True, couvre_tout=True, reconnue=True, nommee=True
    )
    assert controle(contenu, document).bonne
    assert emetteurs_apparents(contenu) == Emetteurs(nous=True)


def test_pdfsig_le_dit_aussi(document: Document, contenu: bytes, tmp_path) -> None:
    dit = pdfsig(contenu, tmp_path)
    assert "Signature is Valid." in dit
    assert "Total document signed" in dit
    assert "ETSI.CAdES.detached" in dit


def test_pyhanko_seul_le_dit_aussi(document: Document, contenu: bytes) -> None:
    (signature,) = PdfFileReader(io.BytesIO(contenu)).embedded_signatures
    contexte = ValidationContext(trust_roots=[_asn1(materiel().racine)], moment=document.emis_le)
    etat = validate_pdf_signature(signature, contexte)
    assert etat.bottom_line
    assert etat.md_algorithm == "sha256"
    assert signature.signer_cert.public_key.algorithm == "ec"
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_le_fichier_reste_un_pdf_a_2a_et_ua_1(contenu: bytes) -> None:
    """Raised to PDF 2.0, or with a visible field, a file would no longer be what its metadata declare."""
    lecteur = PdfFileReader(io.BytesIO(contenu))
    assert lecteur.input_version == (1, 7)
    assert "/Version" not in lecteur.root
    metadonnees = lecteur.root["/Metadata"].data
    assert b"pdfaid" in metadonnees
    assert b"pdfuaid" in metadonnees
    (champ,) = lecteur.root["/AcroForm"]["/Fields"]
    champ = champ.get_object()
    assert champ["/F"] & 0b100
    assert not champ["/F"] & 0b100010
    assert max(champ["/Rect"]) < 0
    assert champ["/TU"]
    page = lecteur.root["/Pages"]["/Kids"][0].get_object()
    assert page["/Tabs"] == "/S"


def test_chaque_papier_a_sa_propre_signature(document: Document, contenu: bytes) -> None:
    """The envelope is kept warm between papers: the second and third are as good as the first."""
    nu = attaques.signature_retiree(contenu, document)
    signes = [signer(nu, document_id=document.pk) for _ in range(3)]
    assert all(controle(signe, document).bonne for signe in signes)
    assert len(set(signes)) == 3


def test_on_signe_aussi_la_ou_une_boucle_tourne(document: Document, contenu: bytes) -> None:
    nu = attaques.signature_retiree(contenu, document)

    async def dans_une_boucle() -> bytes:
        return signer(nu, document_id=document.pk)

    with ThreadPoolExecutor(1) as fil:  # a thread of its own: Playwright's loop may run in this one
        signe = fil.submit(lambda: asyncio.run(dans_une_boucle())).result()
    assert controle(signe, document).bonne


@pytest.mark.parametrize("attaque", attaques.ATTAQUES, ids=lambda attaque: attaque.__name__)
def test_aucune_attaque_ne_passe_la_signature_seule(attaque, document: Document, contenu: bytes) -> None:
    """Even if the forger had written the hash of the forged file in the register."""
    assert not controle(attaque(contenu, document), document).bonne


def test_un_octet_change_n_importe_ou_se_voit(document: Document, contenu: bytes) -> None:
    """Two hundred places drawn at random among all that is signed: headers, streams, cross-references, dictionaries."""
    enveloppe = re.search(rb"/Contents <[0-9A-Fa-f]{500,}>", contenu)
    assert enveloppe is not None
    des = random.Random(20261124)
    signes = [*range(enveloppe.start() + 10), *range(enveloppe.end(), len(contenu))]
    for place in [0, len(contenu) - 1, *des.sample(signes, 200)]:
        change = bytearray(contenu)
        change[place] ^= 1 << des.randrange(7)
        assert not controle(bytes(change), document).bonne, place


def test_pdfsig_seul_se_laisse_prendre(document: Document, contenu: bytes, tmp_path) -> None:
    """Why we check coverage and the root: a tool that only checks the signature calls a swapped page valid."""
    forge = attaques.contenu_echange(contenu, document)
    assert "Signature is Valid." in pdfsig(forge, tmp_path)
    obtenu = controle(forge, document)
    assert obtenu.intacte
    assert not obtenu.couvre_tout


def test_un_papier_ne_passe_pas_pour_un_autre(document: Document, contenu: bytes) -> None:
    obtenu = controler(contenu, moment=document.emis_le, document_id="0" * 26)
    assert not obtenu.nommee
    assert not obtenu.bonne


def test_les_signataires_apparents(document: Document, contenu: bytes) -> None:
    assert emetteurs_apparents(attaques.imposteur(contenu, document)) == Emetteurs(autres=True)
    assert emetteurs_apparents(attaques.contresigne(contenu, document)) == Emetteurs(nous=True, autres=True)
    assert emetteurs_apparents(attaques.signature_retiree(contenu, document)) == Emetteurs()
    assert emetteurs_apparents(b"/Contents <" + b"30" * 400 + b">") == Emetteurs(autres=True)
