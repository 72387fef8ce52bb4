"""Sends the forms of the back office as a browser does: read first, with their fields, then changed."""

import io
from typing import Any

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from portal.comptes.models import Utilisateur


def entrer(personne: Utilisateur) -> Client:
    """A browser where this person is signed in."""
    client = Client()
    client.force_login(personne)
    return client


def lire_formulaire(client: Client, adresse: str) -> dict[str, Any]:
    """The fields of the largest form of a page, as a browser would send them untouched; nothing when it is refused."""
    reponse = client.get(adresse)
    if reponse.status_code != 200:
        return {}
    page = BeautifulSoup(reponse.content, "html.parser")
    lus = [
        _champs(formulaire) for formulaire in page.find_all("form") if formulaire.get("method", "").upper() == "POST"
    ]
    return max(lus, key=len, default={})


def _champs(formulaire: Any) -> dict[str, Any]:
    champs: dict[str, Any] = {}
    for champ in formulaire.find_all(["input", "textarea", "select"]):
        nom, genre = champ.get("name"), champ.get("type", "")
        if not nom or genre in {"file", "submit", "button", "image"} or "__prefix__" in nom:
            continue
        if genre in {"checkbox", "radio"} and not champ.has_attr("checked"):
            continue
        if champ.name == "textarea":
            champs[nom] = champ.text.removeprefix("\n")
        elif champ.name == "select":
            choisis = [option.get("value", "") for option in champ.find_all("option") if option.has_attr("selected")]
            champs[nom] = choisis[0] if choisis else ""
        else:
            champs[nom] = champ.get("value", "on" if genre == "checkbox" else "")
    return champs


def envoyer(client: Client, nom: str, arguments: list[Any] | dict[str, Any], champs: dict[str, Any]) -> HttpResponse:
    """Post to a route of the back office."""
    ou = {"kwargs": arguments} if isinstance(arguments, dict) else {"args": arguments}
    return client.post(reverse(nom, **ou), champs)


def corps(nom: str, blocs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The fields of a body."""
    return nested_form_data({nom: streamfield(blocs)})


def texte(html: str) -> str:
    """What the editor of texts sends."""
    return rich_text(html)


def photo(couleur: str, nom: str = "photo.png") -> SimpleUploadedFile:
    """A picture of one colour."""
    sortie = io.BytesIO()
    Image.new("RGB", (40, 30), couleur).save(sortie, "PNG")
    return SimpleUploadedFile(nom, sortie.getvalue(), content_type="image/png")
