"""What the libraries of images and documents receive. The form of a chooser and of each upload has its prefix."""

from typing import Any

from django.test import Client
from wagtail.models import UploadedFile

from tests.etablissements.bureau.ecoles import photo

from ..acteurs import Monde
from .base import BOUTON, LECTURE, Corps, Geste, fichier, toujours

IMAGE = {"title": "x", "description": "y", "credit": "z"}
DOCUMENT = {"title": "x"}
# The focal point belongs to the forms of an image that is there; the one of the collection shows where one may choose.
FOYER = ("focal_point_(x|y|width|height)",)


def prefixes(prefixe: str, champs: dict[str, Any]) -> dict[str, Any]:
    """The fields of a form that has a prefix."""
    return {f"{prefixe}-{nom}": valeur for nom, valeur in champs.items()}


def numerotes(genre: str, cle: str, champs: dict[str, Any]) -> Corps:
    """The fields of what a multiple upload has just brought."""
    return lambda monde: prefixes(f"{genre}-{monde.notre.cles[cle]}", champs)


def dans_le_choix(genre: str, nom: str, champs: dict[str, Any]) -> Corps:
    """The fields of the form of a chooser."""
    prefixe = f"{genre}-chooser-upload"
    return fichier(nom, f"{prefixe}-file", prefixes(prefixe, champs))


def depot(client: Client, monde: Monde) -> None:
    """A photo that waits for its title."""
    attente = UploadedFile.objects.get(pk=monde.notre.cles["uploaded_file_id"])
    attente.file.save("attente.jpg", photo())


GESTES = {
    **dict.fromkeys(
        (
            "/ar/gestion/documents/",
            "/ar/gestion/documents/results/",
            "/ar/gestion/images/",
            "/ar/gestion/images/results/",
            "/ar/gestion/images/<int:image_id>/preview/<str:filter_spec>/",
            "/ar/gestion/images/usage/<int:image_id>/",
            "/ar/gestion/images/chooser/<int:image_id>/select_format/",
            "/ar/gestion/documents/multiple/create_from_uploaded_document/<int:uploaded_file_id>/",
            "/ar/gestion/documents/multiple/delete_upload/<int:uploaded_file_id>/",
        ),
        LECTURE,
    ),
    "/ar/gestion/documents/add/": (Geste("redacteur", fichier("a.pdf", "file", DOCUMENT)),),
    "/ar/gestion/documents/chooser/create/": (Geste("redacteur", dans_le_choix("document", "a.pdf", DOCUMENT)),),
    "/ar/gestion/documents/delete/<int:document_id>/": BOUTON,
    "/ar/gestion/documents/edit/<int:document_id>/": (Geste("directeur", toujours(title="x"), ("file",)),),
    "/ar/gestion/documents/multiple/<int:doc_id>/": (Geste("directeur", numerotes("doc", "document_id", DOCUMENT)),),
    "/ar/gestion/documents/multiple/<int:doc_id>/delete/": BOUTON,
    "/ar/gestion/documents/multiple/add/": (Geste("redacteur", fichier("a.pdf", "files[]", {}), ("title",)),),
    "/ar/gestion/images/add/": (Geste("redacteur", fichier("a.jpg", "file", IMAGE), FOYER),),
    "/ar/gestion/images/chooser/create/": (
        Geste("redacteur", dans_le_choix("image", "a.jpg", IMAGE), (f".*{FOYER[0]}",)),
    ),
    "/ar/gestion/images/<int:image_id>/": (Geste("directeur", toujours(**IMAGE), ("file", *FOYER)),),
    "/ar/gestion/images/<int:image_id>/delete/": BOUTON,
    "/ar/gestion/images/multiple/<int:image_id>/": (
        Geste("directeur", numerotes("image", "image_id", IMAGE), (f".*{FOYER[0]}",)),
    ),
    "/ar/gestion/images/multiple/<int:image_id>/delete/": BOUTON,
    "/ar/gestion/images/multiple/add/": (Geste("redacteur", fichier("a.jpg", "files[]", {}), ("title",)),),
    "/ar/gestion/images/multiple/create_from_uploaded_image/<int:uploaded_file_id>/": (
        Geste("directeur", numerotes("uploaded-image", "uploaded_file_id", IMAGE), (f".*{FOYER[0]}",), avant=depot),
    ),
    "/ar/gestion/images/multiple/delete_upload/<int:uploaded_file_id>/": BOUTON,
}
