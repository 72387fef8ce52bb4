"""Makes the text of a Typst file come out of readers as it was written.

Two things go wrong with PDFium (Chrome) and Poppler when Arabic and French share a page:

- the ligatures of lam and alef, and that of the word الله, are one glyph standing for several letters. Readers reverse
  the line letter by letter, so صلاح comes out صالح: another name. Pointed at the ligature's own character (U+FEFB and
  the like), which Unicode declares equivalent to the letters (NFKC), the glyph stands for one and nothing is swapped;
- a document declared right-to-left has its French lines read backwards by PDFium. Declared left-to-right, both scripts
  come out in order; the declaration only concerns how facing pages are laid out, and papers have one.
"""

import re
import zlib

_LIGATURES = {
    b"<06440622>": b"<FEF5>",
    b"<06440623>": b"<FEF7>",
    b"<06440625>": b"<FEF9>",
    b"<06440627>": b"<FEFB>",
    b"<0627064406440647>": b"<FDF2>",
}
# Marks of embedding that Typst leaves in front of a letter: <202A0054> is a T.
_MARQUES = re.compile(rb"(?<=> <)(?:202[ABC]|206[6-9])(?=[0-9A-F])")
_CORRESPONDANCE = re.compile(rb"<</Length (\d+)/Type/CMap/Filter/FlateDecode[^>]*>>\s*stream\r?\n")
_ENTREE = re.compile(rb"(\d{10})( 00000 n)")
_FIN = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")


def rendre_lisible(pdf: bytes) -> bytes:
    """Return the file with its ligatures and its direction put right; every object keeps its number.

    Raises:
        ValueError: the file is not laid out as Typst lays out its own.
    """
    fin = _FIN.search(pdf)
    table = int(fin[1]) if fin else -1
    if fin is None or pdf[table : table + 4] != b"xref":
        raise ValueError("no cross-reference table where one is expected")
    morceaux: list[bytes] = []
    ecarts: list[tuple[int, int]] = []
    debut = 0
    for trouve in _CORRESPONDANCE.finditer(pdf, 0, table):
        longueur = int(trouve[1])
        ancien = pdf[trouve.end() : trouve.end() + longueur]
        nouveau = zlib.compress(_corriger(zlib.decompress(ancien)))
        entete = trouve[0].replace(b"/Length %d/" % longueur, b"/Length %d/" % len(nouveau), 1)
        morceaux += [pdf[debut : trouve.start()], entete, nouveau]
        debut = trouve.end() + longueur
        ecarts.append((trouve.start(), len(entete) + len(nouveau) - len(trouve[0]) - longueur))

    def deplacer(position: int) -> int:
        return position + sum(ecart for depuis, ecart in ecarts if depuis < position)

    corps = b"".join([*morceaux, pdf[debut:table]]).replace(b"/Direction/R2L", b"/Direction/L2R", 1)
    suite = _ENTREE.sub(lambda entree: b"%010d" % deplacer(int(entree[1])) + entree[2], pdf[table : fin.start()])
    return corps + suite + b"startxref\n%d\n%%%%EOF\n" % deplacer(table)


def _corriger(correspondance: bytes) -> bytes:
    """Point each ligature of a CMap at its own character, and drop what is not a letter."""
    for lettres, ligature in _LIGATURES.items():
        correspondance = correspondance.replace(b"> " + lettres, b"> " + ligature)
    return _MARQUES.sub(b"", correspondance)
