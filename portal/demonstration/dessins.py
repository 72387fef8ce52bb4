"""Pictures for the demonstration, drawn on the spot: no school, no pupil, no photograph of anybody."""

import math
import random
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

LARGEUR, HAUTEUR = 1280, 800
Couleur = tuple[int, int, int]
PALETTES: tuple[tuple[Couleur, Couleur, Couleur], ...] = (
    ((250, 205, 150), (214, 110, 70), (120, 60, 48)),
    ((178, 220, 235), (70, 140, 160), (30, 80, 96)),
    ((232, 222, 190), (150, 160, 90), (80, 96, 50)),
    ((236, 200, 214), (160, 80, 120), (84, 34, 70)),
)


def dessiner(scene: str, *, graine: int) -> bytes:
    """Return a JPEG of a scene (`cour`, `classe`, `sport`, `laboratoire`, `livres`, `fete`), the same for a seed."""
    hasard = random.Random(f"{scene}-{graine}")  # noqa: S311 - a drawing
    palette = hasard.choice(PALETTES)
    image = Image.new("RGB", (LARGEUR, HAUTEUR), palette[0])
    dessin = ImageDraw.Draw(image)
    _ciel(dessin, palette)
    SCENES[scene](dessin, palette, hasard)
    sortie = BytesIO()
    image.save(sortie, "JPEG", quality=82)
    return sortie.getvalue()


def _ciel(dessin: ImageDraw.ImageDraw, palette: tuple[Couleur, Couleur, Couleur]) -> None:
    for y in range(HAUTEUR):
        part = y / HAUTEUR
        couleur = tuple(round(clair + (255 - clair) * (1 - part) * 0.55) for clair in palette[0])
        dessin.line(((0, y), (LARGEUR, y)), fill=couleur)


def _cour(dessin: ImageDraw.ImageDraw, palette: tuple[Couleur, Couleur, Couleur], hasard: random.Random) -> None:
    """Hills, a building of arches, olive trees."""
    _clair, moyen, fonce = palette
    for rang in range(3):
        creux = hasard.uniform(0, 6)
        crete = [
            (x, 430 - 60 * rang + 50 * math.sin(x / 190 + creux) + 40 * rang * 2) for x in range(0, LARGEUR + 20, 20)
        ]
        ton = tuple(min(255, canal + 70 - 25 * rang) for canal in moyen)
        dessin.polygon([*crete, (LARGEUR, HAUTEUR), (0, HAUTEUR)], fill=ton)
    dessin.rectangle((160, 330, 1120, 640), fill=(247, 240, 226))
    dessin.rectangle((160, 300, 1120, 340), fill=fonce)
    for x in range(200, 1080, 110):
        dessin.rectangle((x, 430, x + 70, 640), fill=moyen)
        dessin.pieslice((x, 385, x + 70, 475), 180, 360, fill=moyen)
    dessin.rectangle((0, 640, LARGEUR, HAUTEUR), fill=(222, 205, 176))
    for _arbre in range(5):
        x, y = hasard.randrange(60, LARGEUR - 60), hasard.randrange(640, 720)
        dessin.rectangle((x - 8, y - 70, x + 8, y + 20), fill=(92, 70, 50))
        for _feuille in range(7):
            dx, dy, rayon = hasard.randrange(-46, 46), hasard.randrange(-130, -60), hasard.randrange(26, 44)
            vert = (70 + hasard.randrange(40), 110 + hasard.randrange(40), 70)
            dessin.ellipse((x + dx - rayon, y + dy - rayon, x + dx + rayon, y + dy + rayon), fill=vert)


def _classe(dessin: ImageDraw.ImageDraw, palette: tuple[Couleur, Couleur, Couleur], hasard: random.Random) -> None:
    """A blackboard and rows of tables."""
    _clair, moyen, fonce = palette
    dessin.rectangle((0, 0, LARGEUR, 520), fill=(246, 238, 222))
    dessin.rectangle((220, 90, 1060, 400), fill=(34, 74, 60), outline=(120, 84, 54), width=18)
    for rang in range(4):
        y = 150 + 55 * rang
        dessin.line(((290, y), (290 + hasard.randrange(280, 660), y)), fill=(232, 240, 232), width=7)
    dessin.rectangle((0, 520, LARGEUR, HAUTEUR), fill=(206, 178, 140))
    for rang in range(3):
        for x in range(60 + 20 * rang, LARGEUR - 200, 300):
            y = 500 + 95 * rang
            dessin.rectangle((x, y, x + 210, y + 24), fill=moyen)
            dessin.rectangle((x + 20, y + 24, x + 34, y + 86), fill=fonce)
            dessin.rectangle((x + 176, y + 24, x + 190, y + 86), fill=fonce)


def _sport(dessin: ImageDraw.ImageDraw, palette: tuple[Couleur, Couleur, Couleur], hasard: random.Random) -> None:
    """A pitch, its lines and a ball."""
    _clair, moyen, fonce = palette
    dessin.polygon([(180, 320), (1100, 320), (LARGEUR, HAUTEUR), (0, HAUTEUR)], fill=(92, 150, 92))
    dessin.line(((180, 320), (1100, 320), (LARGEUR, HAUTEUR)), fill="white", width=8)
    dessin.line(((180, 320), (0, HAUTEUR)), fill="white", width=8)
    dessin.ellipse((430, 470, 850, 670), outline="white", width=8)
    dessin.line(((90, 560), (1190, 560)), fill="white", width=6)
    for x in (520, 740):
        dessin.line(((x, 320), (x, 170)), fill=fonce, width=10)
    dessin.line(((520, 170), (740, 170)), fill=fonce, width=10)
    x = hasard.randrange(420, 860)
    dessin.ellipse((x, 560, x + 110, 670), fill="white", outline=fonce, width=6)
    dessin.regular_polygon((x + 55, 615, 24), 5, fill=moyen)


def _laboratoire(dessin: ImageDraw.ImageDraw, palette: tuple[Couleur, Couleur, Couleur], hasard: random.Random) -> None:
    """Flasks on a bench."""
    _clair, moyen, fonce = palette
    dessin.rectangle((0, 0, LARGEUR, 560), fill=(238, 244, 244))
    dessin.rectangle((0, 560, LARGEUR, 620), fill=fonce)
    dessin.rectangle((0, 620, LARGEUR, HAUTEUR), fill=(220, 214, 204))
    for x in range(120, LARGEUR - 120, 230):
        liquide = tuple(min(255, canal + hasard.randrange(-30, 60)) for canal in moyen)
        dessin.rectangle((x + 58, 240, x + 102, 380), fill=(214, 228, 232), outline=fonce, width=5)
        dessin.polygon([(x + 58, 380), (x + 102, 380), (x + 160, 556), (x, 556)], fill=(214, 228, 232), outline=fonce)
        dessin.polygon([(x + 34, 455), (x + 126, 455), (x + 156, 552), (x + 4, 552)], fill=liquide)


def _livres(dessin: ImageDraw.ImageDraw, palette: tuple[Couleur, Couleur, Couleur], hasard: random.Random) -> None:
    """Shelves of books."""
    dessin.rectangle((0, 0, LARGEUR, HAUTEUR), fill=(150, 108, 72))
    for etage in range(3):
        bas = 250 + 250 * etage
        x = 40
        while x < LARGEUR - 90:
            large, haut = hasard.randrange(28, 64), hasard.randrange(130, 205)
            teinte = hasard.choice((*palette[1:], (60, 96, 120), (196, 150, 70), (150, 60, 50)))
            dessin.rectangle((x, bas - haut, x + large, bas), fill=teinte)
            dessin.rectangle((x + 6, bas - haut + 22, x + large - 6, bas - haut + 32), fill=(240, 228, 200))
            x += large + 4
        dessin.rectangle((20, bas, LARGEUR - 20, bas + 22), fill=(98, 66, 42))


def _fete(dessin: ImageDraw.ImageDraw, palette: tuple[Couleur, Couleur, Couleur], hasard: random.Random) -> None:
    """The court with bunting."""
    _cour(dessin, palette, hasard)
    for rang in range(2):
        for pas in range(22):
            x, y = pas * 60, 90 + 90 * rang + round(50 * math.sin(pas / 3 + rang))
            teinte = hasard.choice(((196, 60, 60), (230, 180, 70), (60, 130, 90), (70, 110, 170)))
            dessin.polygon([(x, y), (x + 48, y), (x + 24, y + 56)], fill=teinte)


SCENES: dict[str, Callable[..., None]] = {
    "cour": _cour,
    "classe": _classe,
    "sport": _sport,
    "laboratoire": _laboratoire,
    "livres": _livres,
    "fete": _fete,
}
