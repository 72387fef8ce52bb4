"""One style sheet, found by every road that serves static files."""

import os
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from themes import finders as themes_finders
from themes.finders import NOM, FeuilleFinder, assembler


def test_la_feuille_est_trouvee() -> None:
    chemin = Path(finders.find(NOM))
    assert chemin.read_text(encoding="utf-8") == assembler()
    assert finders.find(NOM, find_all=True) == [str(chemin)]


def test_un_autre_nom_ne_l_est_pas() -> None:
    assert FeuilleFinder().find("themes/autre.css") is None
    assert FeuilleFinder().find("themes/autre.css", find_all=True) == []


def test_une_source_plus_recente_refait_la_feuille(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> None:
    settings.VAR_DIR = tmp_path / "var"
    sources = tmp_path / "styles"
    sources.mkdir()
    (sources / "a.css").write_text("/* x */\n.a { color: red; }\n")
    monkeypatch.setattr(themes_finders, "SOURCES", sources)
    finder = FeuilleFinder()
    feuille = Path(str(finder.find(NOM)))
    assert feuille.read_text() == ".a { color: red; }\n"
    (sources / "b.css").write_text(".b { color: blue; }\n")
    os.utime(sources / "b.css", (feuille.stat().st_mtime + 5,) * 2)
    assert ".b" in Path(str(finder.find(NOM))).read_text()


def test_collectstatic_la_prend_avec_ses_images(tmp_path: Path, settings) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", verbosity=0, interactive=False, ignore=["wagtail*", "allauth*"])
    (feuille,) = (tmp_path / "themes").glob("portail.*.css")
    assert 'url("khatim.svg")' not in feuille.read_text()
    assert (tmp_path / "themes" / "portail.css").exists(), "the page of failures names it without its hash"
    assert list((tmp_path / "themes").glob("portail.*.css.gz"))


@pytest.mark.django_db
def test_le_serveur_la_donne(client: Client) -> None:
    reponse = client.get(f"/statiques/{NOM}")
    assert reponse.status_code == 200
    assert reponse["Content-Type"].startswith("text/css")
    assert b"".join(reponse.streaming_content).decode() == assembler()
    reponse.close()
