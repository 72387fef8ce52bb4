import re

import pypdfium2
import zxingcpp

from etablissements.scolarite.documents.attestation import adresse_verification
from etablissements.scolarite.documents.qr import qr_svg
from etablissements.scolarite.models import Document


def test_le_dessin_est_autonome_et_entoure_de_blanc() -> None:
    svg = qr_svg("HTTPS://EXEMPLE.MA/ACTIVATION")
    cote = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    noirs = [(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h", svg.split('fill="#000"')[1])]
    assert min(noirs) == (4, 4)
    assert max(max(noir) for noir in noirs) < cote - 4
    assert "<?xml" not in svg
    assert "DOCTYPE" not in svg


def test_le_code_de_l_attestation_se_lit_a_150_dpi(document: Document, contenu: bytes) -> None:
    image = pypdfium2.PdfDocument(contenu)[0].render(scale=150 / 72).to_pil()
    for tournee in (image, image.rotate(90, expand=True), image.rotate(7, expand=True, fillcolor="white")):
        (code,) = zxingcpp.read_barcodes(tournee)
        assert code.text == adresse_verification(document.pk)


def test_le_code_se_lit_encore_sur_une_photocopie_pale(document: Document, contenu: bytes) -> None:
    image = pypdfium2.PdfDocument(contenu)[0].render(scale=150 / 72).to_pil().convert("L")
    pale = image.point(lambda niveau: 120 + niveau // 3)
    (code,) = zxingcpp.read_barcodes(pale)
    assert code.text == adresse_verification(document.pk)
