"""The floors hold where import-linter cannot look: string foreign keys, templates, and packages nobody listed."""

import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import ForeignKey, ManyToManyField

RACINE = Path(settings.BASE_DIR)
SOURCES = ("portal", "sites", "etablissements", "espace_parents", "espace_eleves", "themes")


def contrat() -> configparser.ConfigParser:
    lu = configparser.ConfigParser()
    lu.read(RACINE / ".importlinter")
    return lu


def etages() -> list[set[str]]:
    """The floors from top to bottom, each a set of packages."""
    lignes = contrat()["importlinter:contract:etages"]["layers"].strip().splitlines()
    return [{module.strip() for module in ligne.split("|")} for ligne in lignes]


def etage_de(module: str) -> int | None:
    """The floor of a module, 0 at the top."""
    for rang, modules in enumerate(etages()):
        if any(module == nom or module.startswith(f"{nom}.") for nom in modules):
            return rang
    return None


def test_le_contrat_tient() -> None:
    fait = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")], cwd=RACINE, capture_output=True, text=True, check=False
    )
    assert fait.returncode == 0, fait.stdout


def test_chaque_paquet_est_dans_le_contrat() -> None:
    paquets = {
        ".".join(fichier.parent.relative_to(RACINE).parts)
        for source in SOURCES
        for fichier in (RACINE / source).rglob("__init__.py")
    }
    conteneurs = {"portal", "etablissements"}
    oublies = sorted(paquet for paquet in paquets - conteneurs if etage_de(paquet) is None)
    assert oublies == []


def test_les_cles_etrangeres_ne_montent_pas() -> None:
    """The user model is the one that Django lets anybody name: frameworks do, from any floor."""
    fautes = []
    for modele in apps.get_models():
        depart = etage_de(modele.__module__)
        if depart is None:
            continue
        for champ in modele._meta.get_fields():
            if not isinstance(champ, ForeignKey | ManyToManyField) or champ.model is not modele:
                continue
            if champ.related_model is not get_user_model():
                arrivee = etage_de(champ.related_model.__module__)
                if arrivee is not None and arrivee < depart:
                    fautes.append(f"{modele._meta.label}.{champ.name} → {champ.related_model._meta.label}")
    assert fautes == []


INCLUSION = re.compile(r"{%\s*(?:extends|include|cadre|composant)\s+[\"']([^\"']+)[\"']")


def test_les_gabarits_ne_montent_pas() -> None:
    """A template extends or includes those of its own app or of a lower floor."""
    proprietaires = {}
    for app in apps.get_app_configs():
        for dossier in (Path(app.path) / "jinja2", Path(app.path) / "templates"):
            if etage_de(app.name) is not None:
                for gabarit in dossier.rglob("*.html"):
                    proprietaires.setdefault(str(gabarit.relative_to(dossier)), (app.name, gabarit))
    fautes = []
    for nom, (app, fichier) in proprietaires.items():
        for inclus in INCLUSION.findall(fichier.read_text(encoding="utf-8")):
            voisin = proprietaires.get(inclus, (app, None))[0]
            if voisin != app and etage_de(voisin) <= etage_de(app):
                fautes.append(f"{nom} ({app}) → {inclus} ({voisin})")
    assert fautes == []


@pytest.mark.parametrize("source", SOURCES)
def test_un_fichier_tient_une_seule_chose(source: str) -> None:
    longs = [
        f"{fichier.relative_to(RACINE)} : {nombre} lignes"
        for suffixe in ("*.py", "*.html", "*.css")
        for fichier in (RACINE / source).rglob(suffixe)
        if "migrations" not in fichier.parts and (nombre := len(fichier.read_text(encoding="utf-8").splitlines())) > 400
    ]
    assert longs == []
