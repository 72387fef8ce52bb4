"""The school's home over the network: what it weighs, when Chromium shows its largest element on a slow telephone."""

import contextlib
import gzip
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from urllib.parse import urljoin

from .bases import RACINE, Base
from .figures import figure

# Chromium's own "slow 4G" (DevTools, Lighthouse): 150 ms, 1.6 Mbit/s down, 750 kbit/s up.
LENT_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
    "connectionType": "cellular4g",
}
RALENTI_CPU = 4
BUDGET_MS, BUDGET_KO = 1_500, 30
MESURES = 5
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
PLUS_GRAND = """() => new Promise(resolve => {
  new PerformanceObserver(liste => { const vus = liste.getEntries(); resolve(vus[vus.length - 1].startTime) })
    .observe({type: 'largest-contentful-paint', buffered: true})
})"""


@contextlib.contextmanager
def portail(base: Base) -> Iterator[str]:
    """Serve the portal on a free port, in threads: Chromium opens connections in advance, which hold a process."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port = prise.getsockname()[1]
    commande = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "8"]
    with subprocess.Popen([*commande, "--log-level", "error"], cwd=RACINE, env=base.environnement) as serveur:
        try:
            for _essai in range(120):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.25)
            yield f"http://127.0.0.1:{port}"
        finally:
            serveur.terminate()


def _lire(adresse: str) -> bytes:
    demande = urllib.request.Request(adresse, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(demande, timeout=60) as reponse:
        corps: bytes = reponse.read()
        if reponse.headers.get("Content-Encoding") != "gzip":
            corps = gzip.compress(corps)
    return corps


def poids(base: Base, chemin: str) -> None:
    """Print what the page weighs with its style sheets and scripts, compressed, without images."""
    with portail(base) as racine:
        page = _lire(racine + chemin)
        html = gzip.decompress(page).decode()
        lies = re.findall(r'<link rel="stylesheet" href="([^"]+)"|<script[^>]+src="([^"]+)"', html)
        octets = len(page) + sum(len(_lire(urljoin(racine + chemin, style or script))) for style, script in lies)
        bloquants = len(re.findall(r"<script(?![^>]*(?:defer|async|module|ld\+json))[^>]*>", html))
    figure(
        "school home, compressed without images",
        octets / 1000,
        "kB",
        1,
        budget=BUDGET_KO,
        tenu=octets <= BUDGET_KO * 1000,
    )
    figure("school home, blocking scripts", bloquants, "scripts", 1, budget=0, tenu=bloquants == 0)


def plus_grand_element(base: Base, chemin: str) -> None:
    """Print the largest contentful paint on slow 4G, four times slower CPU."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("Chromium is not installed: no largest contentful paint.\n")
        return
    from playwright.sync_api import sync_playwright

    durees = []
    with portail(base) as racine, sync_playwright() as pw:
        navigateur = pw.chromium.launch(executable_path=chromium, args=list(OPTIONS))
        for _mesure in range(MESURES + 1):  # the first one warms the server
            contexte = navigateur.new_context(viewport={"width": 360, "height": 740}, locale="ar")
            page = contexte.new_page()
            outils = contexte.new_cdp_session(page)
            outils.send("Network.enable")
            outils.send("Network.emulateNetworkConditions", LENT_4G)
            outils.send("Emulation.setCPUThrottlingRate", {"rate": RALENTI_CPU})
            reponse = page.goto(racine + chemin, wait_until="load")
            if reponse is None or not reponse.ok:
                raise SystemExit(f"{chemin}: {reponse and reponse.status}")
            page.wait_for_timeout(300)
            durees.append(page.evaluate(PLUS_GRAND))
            contexte.close()
        navigateur.close()
    lcp = statistics.median(durees[1:])
    figure("school home, LCP on slow 4G, 4x CPU", lcp, "ms", MESURES, budget=BUDGET_MS, tenu=lcp <= BUDGET_MS)
