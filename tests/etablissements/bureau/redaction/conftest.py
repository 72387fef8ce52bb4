"""Two schools with their sites, and a director in each."""

import io
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from etablissements.registre.models import Etablissement
from portal.comptes.models import Utilisateur
from sites.createur import creer_sites
from sites.models import PageActualites, PageEtablissement
from tests.fabriques import creer_affectation, creer_etablissement


@dataclass
class Ecole:
    """A school, its director and its list of news."""

    etablissement: Etablissement
    directrice: Utilisateur
    actualites: PageActualites


def _ouvrir_droits(directrice: Utilisateur, ecole: Etablissement) -> None:
    groupe = Group.objects.create(name=f"essai-{ecole.gresa}")
    directrice.groups.add(groupe)
    accueil = PageEtablissement.objects.get(etablissement=ecole)
    for code in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(codename=code, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=groupe, page=accueil, permission=permission)
    GroupCollectionPermission.objects.create(
        group=groupe,
        collection=Collection.get_first_root_node(),
        permission=Permission.objects.get(codename="add_image"),
    )


def _creer() -> Ecole:
    etablissement = creer_etablissement()
    list(creer_sites([etablissement]))
    directrice = creer_affectation(etablissement=etablissement).utilisateur
    _ouvrir_droits(directrice, etablissement)
    return Ecole(etablissement, directrice, PageActualites.objects.get(etablissement=etablissement))


@pytest.fixture(autouse=True)
def medias(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "medias"


@pytest.fixture
def ecole(client) -> Ecole:
    """The school of whoever is signed in."""
    ecole = _creer()
    client.force_login(ecole.directrice)
    return ecole


@pytest.fixture
def autre() -> Ecole:
    """Another one."""
    return _creer()


def photo(nom: str = "IMG_20261124.jpg", cotes: tuple[int, int] = (40, 30)) -> SimpleUploadedFile:
    """A photo as a telephone sends it."""
    sortie = io.BytesIO()
    Image.new("RGB", cotes, "teal").save(sortie, "JPEG")
    return SimpleUploadedFile(nom, sortie.getvalue(), content_type="image/jpeg")
