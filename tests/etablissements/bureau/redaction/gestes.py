"""What an editor sends to the short form of a news item."""

import uuid
from pathlib import Path

from django.urls import reverse

from sites.models import PageActualite

from ..ecoles import Ecole

SAISIE = {"title": "حملة نظافة", "texte": "شارك التلاميذ.\n\nشكرا لهم.", "image_alt": "تلاميذ ينظفون الساحة"}


def adresse(ecole: Ecole) -> str:
    return reverse("bureau:ecrire_actualite", kwargs={"gresa": ecole.etablissement.gresa.lower()})


def publier(client, ecole: Ecole, **champs):
    return client.post(adresse(ecole), {"jeton": str(uuid.uuid4()), **SAISIE, **champs}, follow=True)


def fichiers(settings) -> set[Path]:
    return {chemin for chemin in Path(settings.MEDIA_ROOT).rglob("*") if chemin.is_file()}


def modification(page: PageActualite) -> str:
    return reverse("bureau:actualite", args=[page.pk])
