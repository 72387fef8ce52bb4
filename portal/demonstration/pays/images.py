"""Draws the pictures of the invented schools: a few dozen files, shared by the images of all of them.

Sharing spares the disk fifty thousand copies. Deleting one of these images in the back office deletes the file of the
others: it is a country to try things in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from random import Random

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import prefetch_related_objects
from modelsearch.backends import get_search_backends
from PIL import Image, ImageDraw

from etablissements.registre.models import Etablissement
from portal.socle.models import ImagePortail

from .tirage import tirage

DESSINS = 36
PAR_ECOLE = 3
LARGEUR, HAUTEUR = 1200, 800
CIELS = ("#a9d6e5", "#ffd6a5", "#bde0fe", "#e9edc9")
MURS = ("#e5989b", "#e9c46a", "#f4f1de", "#cb997e", "#d6ccc2")
SOLS = ("#a3b18a", "#dda15e", "#e6ccb2", "#84a98c")
SUJETS = (
    ("ساحة المؤسسة", "La cour"),
    ("الواجهة الرئيسية", "La façade"),
    ("حديقة المؤسسة", "Le jardin"),
)


@dataclass(frozen=True)
class Dessin:
    """A picture in the storage."""

    nom: str
    octets: int


def dessiner(*, graine: int) -> list[Dessin]:
    """Draw the pictures that the storage does not hold yet."""
    dessins = []
    for numero in range(DESSINS):
        nom = f"original_images/pays-{graine}-{numero:02}.jpg"
        if not default_storage.exists(nom):
            default_storage.save(nom, ContentFile(_scene(tirage(graine, "dessin", numero))))
        dessins.append(Dessin(nom, default_storage.size(nom)))
    return dessins


def _scene(hasard: Random) -> bytes:
    """A school under the sun, with its trees, its flag and its yard."""
    toile = Image.new("RGB", (LARGEUR, HAUTEUR), hasard.choice(CIELS))
    crayon = ImageDraw.Draw(toile)
    horizon = hasard.randint(480, 560)
    soleil = hasard.randint(100, LARGEUR - 200)
    crayon.ellipse((soleil, 60, soleil + 110, 170), fill="#fff3b0")
    crayon.rectangle((0, horizon, LARGEUR, HAUTEUR), fill=hasard.choice(SOLS))
    gauche, largeur, haut = hasard.randint(120, 320), hasard.randint(480, 700), hasard.randint(220, 330)
    crayon.rectangle((gauche, haut, gauche + largeur, horizon + 60), fill=hasard.choice(MURS))
    crayon.rectangle((gauche - 20, haut - 30, gauche + largeur + 20, haut), fill="#9a3b26")
    for rang in range(2):
        for colonne in range(hasard.choice((4, 5, 6))):
            x, y = gauche + 40 + colonne * 80, haut + 40 + rang * 100
            if x + 50 < gauche + largeur - 20:
                crayon.rectangle((x, y, x + 50, y + 60), fill="#33658a", outline="#f8f9fa", width=4)
    mat = gauche + largeur + 60
    crayon.line((mat, haut - 90, mat, horizon + 60), fill="#495057", width=6)
    crayon.rectangle((mat, haut - 90, mat + 90, haut - 30), fill="#c1272d")
    for _arbre in range(hasard.randint(2, 5)):
        x, rayon = hasard.randint(40, LARGEUR - 40), hasard.randint(40, 80)
        crayon.rectangle((x - 8, horizon - 10, x + 8, horizon + 110), fill="#7f5539")
        crayon.ellipse((x - rayon, horizon - 110, x + rayon, horizon + 30), fill="#52796f")
    sortie = BytesIO()
    toile.save(sortie, "JPEG", quality=80)
    return sortie.getvalue()


def illustrer(
    ecoles: Sequence[Etablissement], dessins: Sequence[Dessin], *, graine: int
) -> dict[int, list[ImagePortail]]:
    """Give each school its images; return them by school."""
    images: dict[int, list[ImagePortail]] = {}
    for ecole in ecoles:
        choisis = tirage(graine, "images", ecole.gresa).sample(dessins, PAR_ECOLE)
        images[ecole.pk] = [
            ImagePortail(
                title=f"{sujet_ar} · {ecole.nom_public_ar}",
                file=dessin.nom,
                file_size=dessin.octets,
                width=LARGEUR,
                height=HAUTEUR,
                credit=ecole.nom_public_ar,
                proprietaire=ecole.gresa,
            )
            for dessin, (sujet_ar, _sujet_fr) in zip(choisis, SUJETS, strict=True)
        ]
    creees = ImagePortail.objects.bulk_create([image for siennes in images.values() for image in siennes])
    prefetch_related_objects(creees, "tags")  # the index reads them, one image at a time
    for moteur in get_search_backends(with_auto_update=True):
        moteur.add_bulk(ImagePortail, creees)
    return images
