"""QR codes as vector drawings."""

import re

import zxingcpp

_DESSIN = re.compile(r'<svg width="(\d+)" height="(\d+)".*<path d="([^"]+)"', re.DOTALL)


def qr_svg(texte: str) -> str:
    """Return a QR code of `texte` as a standalone SVG, four light modules of quiet zone around it.

    Error correction M (15 %): a fold or a stamp does not stop a scan, and the modules stay large. Text made only of
    digits, capitals and ` $%*+-./:` gives a smaller code (alphanumeric mode). The drawing has no size of its own:
    who places it gives one; at 150 dpi a module needs at least 3 pixels, so 0.5 mm.
    """
    code = zxingcpp.create_barcode(texte, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    trouve = _DESSIN.search(code.to_svg(add_quiet_zones=True))
    if trouve is None:
        raise ValueError("zxing-cpp drew the code in an unknown way")
    largeur, hauteur, chemin = trouve.groups()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {largeur} {hauteur}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{largeur}v{hauteur}h-{largeur}Z"/><path fill="#000" d="{chemin}"/></svg>'
    )
