import io
import re
import zlib

import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from etablissements.scolarite.documents.lisibilite import rendre_lisible

from .test_rendu import papier


def test_chaque_objet_reste_a_l_adresse_de_la_table() -> None:
    pdf = papier()
    for numero in range(1, int(PdfFileReader(io.BytesIO(pdf)).trailer_view["/Size"])):
        debut = re.search(rb"(?m)^%d 0 obj$" % numero, pdf)
        assert debut is not None
        assert b"%010d 00000 n" % debut.start() in pdf
    assert pypdfium2.PdfDocument(pdf)[0].get_textpage().count_chars() > 500


def test_aucune_marque_de_sens_ne_passe_pour_une_lettre() -> None:
    pdf = papier()
    for trouve in re.finditer(rb"/Length (\d+)/Type/CMap[^>]*>>\s*stream\r?\n", pdf):
        correspondance = zlib.decompress(pdf[trouve.end() : trouve.end() + int(trouve[1])])
        assert not re.search(rb"> <(202[ABC]|206[6-9])[0-9A-F]", correspondance)
        assert not re.search(rb"> <0644062[2357]>", correspondance)


@pytest.mark.parametrize("autre", [b"", b"%PDF-1.7\n%%EOF\n", b"%PDF-1.7\nstartxref\n3\n%%EOF\n"])
def test_un_fichier_bati_autrement_est_refuse(autre: bytes) -> None:
    with pytest.raises(ValueError, match="cross-reference"):
        rendre_lisible(autre)
