"""A school with its site and its people, and a photo as a telephone sends it."""

import io
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from etablissements.registre.models import Etablissement
from portal.comptes.models import Utilisateur
from sites.createur import creer_sites
from sites.models import PageActualites
from tests.fabriques import creer_affectation, creer_etablissement, creer_utilisateur


@dataclass
class Ecole:
    """A school, its director and its list of news."""

    etablissement: Etablissement
    directrice: Utilisateur
    actualites: PageActualites


def creer_ecole() -> Ecole:
    """A school with its site and its director."""
    etablissement = creer_etablissement()
    list(creer_sites([etablissement]))
    directrice = creer_affectation(etablissement=etablissement).utilisateur
    return Ecole(etablissement, directrice, PageActualites.objects.get(etablissement=etablissement))


def creer_redactrice(ecole: Ecole, **champs: object) -> Utilisateur:
    """Somebody who writes for the school without publishing."""
    personne = creer_utilisateur(**champs)
    creer_affectation(utilisateur=personne, etablissement=ecole.etablissement, role="redacteur")
    return personne


def modifier(client: Client, adresse: str, champs: dict[str, object]) -> HttpResponse:
    """Open the short form of a text, then send it: it goes with the version that it showed."""
    return client.post(adresse, {"version": client.get(adresse).context["version"], **champs})


def photo(nom: str = "IMG_20261124.jpg", cotes: tuple[int, int] = (40, 30)) -> SimpleUploadedFile:
    """A photo as a telephone sends it."""
    sortie = io.BytesIO()
    Image.new("RGB", cotes, "teal").save(sortie, "JPEG")
    return SimpleUploadedFile(nom, sortie.getvalue(), content_type="image/jpeg")
