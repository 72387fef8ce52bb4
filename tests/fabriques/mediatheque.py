"""Builders of what pages show: images and documents."""

import io
import itertools

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.documents import get_document_model

from portal.socle.models import ImagePortail

_rangs = itertools.count(1)
PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def creer_image(*, couleur: str = "teal", taille: tuple[int, int] = (1200, 800), **champs: object) -> ImagePortail:
    """An image of one colour."""
    sortie = io.BytesIO()
    Image.new("RGB", taille, couleur).save(sortie, "PNG")
    nom = f"essai-{next(_rangs)}.png"
    return ImagePortail.objects.create(**{"title": nom, "credit": "Essais", "file": ImageFile(sortie, nom), **champs})


def creer_document_public(*, nom: str = "liste.pdf", contenu: bytes = PDF, **champs: object) -> object:
    """A document of the public library."""
    return get_document_model().objects.create(
        **{"title": "Liste", "file": ContentFile(contenu, nom), "file_size": len(contenu), **champs}
    )
