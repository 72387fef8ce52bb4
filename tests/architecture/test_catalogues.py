"""Every message exists in Arabic and in French, and the catalogues are those of the sources."""

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from gettext import c2py
from pathlib import Path

import pytest
from django.conf import settings

from portal.socle.management.commands.catalogues import applications_du_projet, lire, manquants
from tests.outils import exiger_programme

CATALOGUES = sorted(
    chemin for app in applications_du_projet() for chemin in Path(app.path).glob("locale/*/LC_MESSAGES/django.po")
)


def court(chemin: Path, racine: Path = settings.BASE_DIR) -> str:
    return str(chemin.relative_to(racine))


def test_il_y_a_des_catalogues_dans_les_deux_langues() -> None:
    langues = {chemin.parts[-3] for chemin in CATALOGUES}
    assert langues == {"ar", "fr"}


@pytest.mark.parametrize("chemin", CATALOGUES, ids=court)
def test_rien_ne_reste_a_traduire(chemin: Path) -> None:
    assert manquants(lire(chemin, chemin.parts[-3])) == []


@pytest.mark.parametrize("chemin", CATALOGUES, ids=court)
def test_les_variables_sont_les_memes(chemin: Path) -> None:
    catalogue = lire(chemin, chemin.parts[-3])
    assert [(message.id, erreurs) for message, erreurs in catalogue.check() if erreurs] == []


def test_un_meme_message_a_partout_la_meme_traduction() -> None:
    traductions = defaultdict(set)
    for chemin in CATALOGUES:
        for message in lire(chemin, chemin.parts[-3]):
            if message.id and isinstance(message.id, str):
                traductions[chemin.parts[-3], message.context, message.id].add(message.string)
    assert {cle: sens for cle, sens in traductions.items() if len(sens) > 1} == {}


@pytest.mark.parametrize("chemin", [chemin for chemin in CATALOGUES if chemin.parts[-3] == "ar"], ids=court)
def test_l_arabe_compte_ses_six_nombres(chemin: Path) -> None:
    """None, one, two, 3 to 10, 11 to 99, hundreds: Babel's own rule swaps the last two."""
    regle = c2py(lire(chemin, "ar").plural_expr)
    assert [regle(nombre) for nombre in (0, 1, 2, 3, 10, 11, 99, 100, 102, 103)] == [0, 1, 2, 3, 3, 4, 4, 5, 5, 3]


def test_les_catalogues_sont_a_jour(tmp_path: Path) -> None:
    """Extracting again, in a copy of the sources, finds exactly the messages that are committed."""
    exiger_programme("xgettext")
    copie = tmp_path / "copie"
    shutil.copytree(
        settings.BASE_DIR,
        copie,
        ignore=shutil.ignore_patterns(".venv", ".git", "var", "tests", "__pycache__", ".*cache"),
    )
    fait = subprocess.run(
        [sys.executable, "manage.py", "catalogues"],
        cwd=copie,
        env={**os.environ, "VAR_DIR": str(tmp_path / "var"), "DJANGO_SETTINGS_MODULE": "portal.settings.dev"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert fait.returncode == 0, fait.stderr
    extraits = {court(copie / court(chemin), copie): (copie / court(chemin)).read_text() for chemin in CATALOGUES}
    assert extraits == {court(chemin): chemin.read_text() for chemin in CATALOGUES}, "run `make messages`"
