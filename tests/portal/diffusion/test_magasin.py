"""The store under fire: renders that cross changes, processes killed anywhere. No stale copy, no half of one."""

import gzip
import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import pytest

from portal.diffusion.copies import Copie, accepte_gzip
from portal.diffusion.magasin import Magasin

FICHIER = "testserver/ar/,index.html"
TAILLE = 40_000


def garder(magasin: Magasin, texte: str, cles: set[str], depart=None) -> bool:
    depart = depart or magasin.depart()
    return magasin.garder(FICHIER, Copie(texte.encode()), cles=cles, depart=depart, generation="g")


@pytest.fixture
def neuf(tmp_path: Path) -> Magasin:
    magasin = Magasin(tmp_path / "publie")
    magasin.preparer("g")
    return magasin


def test_une_page_commencee_avant_un_changement_n_est_pas_gardee_apres(neuf: Magasin) -> None:
    depart = neuf.depart()
    neuf.perimer(["pays"])
    assert not garder(neuf, "vieux", {"page:1", "pays"}, depart)
    assert not (neuf.pages / FICHIER).exists()
    assert garder(neuf, "neuf", {"page:1", "pays"})


def test_le_changement_d_une_autre_cle_n_empeche_rien(neuf: Magasin) -> None:
    depart = neuf.depart()
    neuf.perimer(["page:2"])
    assert garder(neuf, "x", {"page:1"}, depart)


def test_un_journal_remplace_ou_une_autre_generation_refuse_ce_qui_etait_en_cours(neuf: Magasin) -> None:
    depart = neuf.depart()
    neuf.vider()
    assert not garder(neuf, "x", {"page:1"}, depart)
    neuf.preparer("autre code")
    assert not garder(neuf, "x", {"page:1"})
    assert not list((neuf.racine / "provisoire").iterdir())


def test_une_copie_tombe_par_chacune_de_ses_cles(neuf: Magasin) -> None:
    for cle in ("page:1", "ecole:99001A", "pays"):
        assert garder(neuf, "x", {"page:1", "ecole:99001A", "pays"})
        assert neuf.perimer([cle]) == 1
        assert not list((neuf.pages / FICHIER).parent.iterdir())


def test_l_etiquette_change_avec_le_contenu_et_pas_avec_la_machine(neuf: Magasin, tmp_path: Path) -> None:
    textes = {Copie(f"{rang:05d}".encode()).choisir({})[0] for rang in range(2000)}
    assert len(textes) == 2000, "same size, other bytes, another tag"
    garder(neuf, "x", {"pays"})
    autre = Magasin(tmp_path / "autre")
    autre.preparer("g")
    garder(autre, "x", {"pays"})
    etats = [(magasin.pages / FICHIER).stat() for magasin in (neuf, autre)]
    assert etats[0].st_mtime == etats[1].st_mtime


@pytest.mark.parametrize(
    ("demande", "accepte"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("br, gzip", True),
        ("*", True),
        ("deflate,gzip;q=0.1", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("gzip;q=x", False),
        ("xgzip", False),
        ("identity", False),
        ("", False),
    ],
)
def test_gzip_n_est_donne_qu_a_qui_le_veut(demande: str, accepte: bool) -> None:
    assert accepte_gzip({"HTTP_ACCEPT_ENCODING": demande}) is accepte


def lire_version(source: Path) -> int:
    return int(source.read_text())


def rendre(racine: Path, source: Path) -> None:
    """Read the fact, take some time, keep the page: what every server does, for ever."""
    magasin, hasard = Magasin(racine), random.Random(os.getpid())
    while True:
        depart = magasin.depart()
        version = lire_version(source)
        time.sleep(hasard.random() / 300)
        garder(magasin, f"{version} " + "x" * TAILLE, {"page:1", "pays"}, depart)


def changer(racine: Path, source: Path) -> None:
    """Commit another fact, then drop what showed the one before, for ever."""
    magasin = Magasin(racine)
    while True:
        neuve = source.with_suffix(f".{os.getpid()}")
        neuve.write_text(str(lire_version(source) + 1))
        os.replace(neuve, source)
        magasin.perimer(["page:1"])


def copie_entiere(magasin: Magasin, compagnon: str = "") -> int | None:
    """Return the version that a copy shows, None when there is none; a half copy is a failure."""
    try:
        octets = Path(f"{magasin.pages / FICHIER}{compagnon}").read_bytes()
    except FileNotFoundError:
        return None
    version, _espace, reste = (gzip.decompress(octets) if compagnon else octets).decode().partition(" ")
    assert reste == "x" * TAILLE
    return int(version)


def test_ni_copie_fausse_ni_moitie_de_copie_apres_quarante_morts(neuf: Magasin, tmp_path: Path) -> None:
    """Three renderers and one writer, killed anywhere; what the outbox holds is then applied, as the follower does."""
    source = tmp_path / "fait"
    source.write_text("0")
    contexte, hasard = multiprocessing.get_context("fork"), random.SystemRandom()
    vues = 0
    for _mort in range(40):
        lances = [
            contexte.Process(target=geste, args=(neuf.racine, source)) for geste in (rendre, rendre, rendre, changer)
        ]
        for lance in lances:
            lance.start()
        fin = time.monotonic() + hasard.uniform(0.02, 0.12)
        while time.monotonic() < fin:
            vues += copie_entiere(neuf) is not None
            copie_entiere(neuf, ".gz")
        for lance in hasard.sample(lances, len(lances)):
            os.kill(lance.pid, signal.SIGKILL)
            lance.join()
        neuf.perimer(["page:1"])
        assert garder(neuf, f"{lire_version(source)} " + "x" * TAILLE, {"page:1", "pays"})
        assert copie_entiere(neuf) == copie_entiere(neuf, ".gz") == lire_version(source)
    assert lire_version(source) > 40
    assert vues, "copies were there to be seen"


def test_une_page_lente_ne_survit_jamais_au_changement(neuf: Magasin, tmp_path: Path) -> None:
    """Renderers alone go on after the last change was dropped: whatever they began before is refused."""
    source = tmp_path / "fait"
    source.write_text("0")
    contexte = multiprocessing.get_context("fork")
    lances = [contexte.Process(target=rendre, args=(neuf.racine, source)) for _ in range(3)]
    for lance in lances:
        lance.start()
    try:
        for version in range(1, 60):
            neuve = source.with_suffix(".neuf")
            neuve.write_text(str(version))
            os.replace(neuve, source)
            neuf.perimer(["page:1"])
            for _lecture in range(5):
                assert copie_entiere(neuf) in {None, version}
                time.sleep(0.001)
    finally:
        for lance in lances:
            lance.kill()
            lance.join()
