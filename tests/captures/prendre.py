"""Screenshots of the public pages, written to `VAR_DIR/captures`.

    python -m tests.captures.prendre                         # starts the portal on a free port, stops it afterwards
    python -m tests.captures.prendre http://127.0.0.1:8000   # uses a running one, on the same data

Each page is taken in Arabic and in French, on a telephone (360 px) and a screen (1280 px). Some are also taken in the
dark, and the schools are printed on A4.
"""

import argparse
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

LARGEURS = (360, 1280)
LANGUES = ("ar", "fr")
CYCLES = ("primaire", "college", "lycee")
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")


@dataclass(frozen=True)
class Vue:
    """A page to take: name of its file, path after the language."""

    nom: str
    chemin: str


def vues() -> list[Vue]:
    """The ministry's home, the directory, and the school with the most pupils of each cycle."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    import django

    django.setup()
    from django.db.models import Count

    from etablissements.registre.models import Etablissement
    from sites.models import theme_de

    ecoles = Etablissement.objects.autonomes().select_related("cycle_principal")
    classees = ecoles.annotate(remplie=Count("classes")).order_by("-remplie", "gresa")
    retenues: dict[str, Etablissement] = {}
    for ecole in classees:
        retenues.setdefault(theme_de(ecole), ecole)
    if manquants := [cycle for cycle in CYCLES if cycle not in retenues]:
        sys.exit(f"No school to show for {', '.join(manquants)}: run `make demo` first.")
    return [
        Vue("ministere", ""),
        Vue("annuaire", "annuaire/?q=ibn"),
        *(Vue(cycle, f"ecoles/{retenues[cycle].slug_public}/") for cycle in CYCLES),
    ]


@contextlib.contextmanager
def portail() -> Iterator[str]:
    """Run the portal on a free port and give its address."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port = prise.getsockname()[1]
    adresse = f"http://127.0.0.1:{port}"
    commande = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    serveur = subprocess.Popen(commande, env={"DJANGO_SETTINGS_MODULE": "portal.settings.dev", **os.environ})
    try:
        for _essai in range(100):
            if serveur.poll() is not None:
                sys.exit("The portal did not start.")
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{adresse}/robots.txt", timeout=5).close()
                break
            time.sleep(0.2)
        yield adresse
    finally:
        serveur.terminate()
        serveur.wait()


def prendre(navigateur: Browser, adresse: str, vue: Vue, langue: str, largeur: int, dossier: Path) -> list[Path]:
    """Take one page, whole, in one language and width. The college in Arabic is also taken dark and printed."""
    formes = [("", "light")]
    if vue.nom in {"college", "ministere"} and langue == "ar":
        formes.append(("-sombre", "dark"))
    faites = []
    for suffixe, scheme in formes:
        page = navigateur.new_page(
            viewport={"width": largeur, "height": 900},
            color_scheme=scheme,
            device_scale_factor=2 if largeur < 500 else 1,
        )
        page.goto(f"{adresse}/{langue}/{vue.chemin}")
        debord = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if debord > 0:
            sys.exit(f"{vue.nom} {langue} {largeur}: {debord} px wider than the screen.")
        faites.append(dossier / f"{vue.nom}-{langue}-{largeur}{suffixe}.png")
        page.screenshot(path=faites[-1], full_page=True)
        if vue.nom in CYCLES and largeur == max(LARGEURS) and not suffixe:
            faites.append(dossier / f"{vue.nom}-{langue}.pdf")
            page.pdf(path=faites[-1], prefer_css_page_size=True)
        page.close()
    return faites


def main() -> None:
    """Take everything."""
    analyseur = argparse.ArgumentParser(description=__doc__)
    analyseur.add_argument("adresse", nargs="?", help="Address of a running portal.")
    adresse = analyseur.parse_args().adresse
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("Chromium is needed (Debian: apt install chromium).")
    liste = vues()
    from django.conf import settings

    dossier = Path(settings.VAR_DIR) / "captures"
    dossier.mkdir(parents=True, exist_ok=True)
    with contextlib.nullcontext(adresse.rstrip("/")) if adresse else portail() as racine, sync_playwright() as pilote:
        navigateur = pilote.chromium.launch(executable_path=chromium, args=list(OPTIONS))
        nombre = sum(
            len(prendre(navigateur, racine, vue, langue, largeur, dossier))
            for vue in liste
            for langue in LANGUES
            for largeur in LARGEURS
        )
        navigateur.close()
    print(f"{nombre} → {dossier}")


if __name__ == "__main__":
    main()
