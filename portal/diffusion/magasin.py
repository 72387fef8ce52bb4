"""The store: a tree of files that nginx can serve as they are, and beside it what depends on what.

    pages/<host>/<path>/,index.html         a copy, with ,index.html.gz, and ,index.html.fin when it expires
    cles/<kind>/<value>/<hash>              a link whose target is the file of a copy that depends on the key
    echeances/<second>/<hash>               the same for what expires then
    a_refaire/<hash>                        the same for what was just dropped and is to be made again
    journal                                 the keys outdated, one a line, in order
    appliques                               the numbers of the outbox lines already applied here
    battement                               when the follower of this machine was last up to date
    generation, verrou, provisoire/         what the copies were made by; the lock; files being written

Storing holds the lock shared, dropping holds it alone; a killed process lets it go. A page rendered before a change and
stored after it is recognised by the journal: each render notes where it stood, and one of its keys further on refuses
the copy. Hence no copy is older than the last drop of one of its keys.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from .copies import Copie

LOT = 50  # keys dropped without letting the lock go
A_REFAIRE_MAX = 50  # copies made again after a drop; a larger one waits for its readers
JOURNAL_MAX = 1 << 20  # bytes
COMPAGNONS = (".gz", ".fin", "")  # the plain file goes last: without it nginx looks at none of the others


@dataclass(frozen=True)
class Depart:
    """Where the journal stood when a render began."""

    journal: int
    position: int


def courant() -> "Magasin | None":
    """Return the store of the settings, None when there is none."""
    return Magasin(Path(settings.DIFFUSION_DIR)) if settings.DIFFUSION_DIR else None


class Magasin:
    """The copies kept under `racine`."""

    def __init__(self, racine: Path) -> None:
        self.racine = racine
        self.pages = racine / "pages"
        self._journal = racine / "journal"
        self._appliques = racine / "appliques"
        self._generation = racine / "generation"

    def preparer(self, generation: str) -> bool:
        """Make the store ready for what `generation` makes; drop everything that something else made. True if so."""
        self.racine.mkdir(mode=0o755, parents=True, exist_ok=True)
        with self._verrou(seul=True):
            if self.generation() == generation:
                return False
            self._vider()
            self._ecrire(self._generation, generation.encode())
        return True

    def vider(self) -> None:
        """Drop every copy."""
        with self._verrou(seul=True):
            self._vider()

    def generation(self) -> str:
        """Return what made the copies; empty for a new store."""
        try:
            return self._generation.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""

    def depart(self) -> Depart:
        """Return where the journal stands: to be called before anything of a page is read."""
        try:
            etat = self._journal.stat()
        except FileNotFoundError:
            return Depart(0, 0)
        return Depart(etat.st_ino, etat.st_size)

    def garder(
        self,
        fichier: str,
        copie: Copie,
        *,
        cles: Collection[str],
        depart: Depart,
        generation: str,
        fin: float | None = None,
    ) -> bool:
        """Store a copy in `fichier`, unless one of its keys was outdated since `depart`. Tell whether it was stored."""
        cible = self.pages / fichier
        dossier = self.racine / "provisoire"
        dossier.mkdir(exist_ok=True)
        cible.parent.mkdir(parents=True, exist_ok=True)
        neufs = {
            "": _deposer(dossier, copie.corps, copie.instant),
            ".gz": _deposer(dossier, copie.comprime, copie.instant + 1),
        }
        if fin is not None:
            neufs[".fin"] = _deposer(dossier, b"", int(fin))
        try:
            with self._verrou(seul=False):
                if self.generation() != generation or self._perimee_depuis(depart, cles):
                    return False
                for cle in cles:
                    _lier(self._dossier_de(cle), fichier)
                if fin is None:
                    Path(f"{cible}.fin").unlink(missing_ok=True)
                else:
                    _lier(self.racine / "echeances" / str(int(fin)), fichier)
                for compagnon in COMPAGNONS:
                    if compagnon in neufs:
                        os.replace(neufs.pop(compagnon), f"{cible}{compagnon}")
        finally:
            for provisoire in neufs.values():
                provisoire.unlink(missing_ok=True)
        return True

    def perimer(self, cles: Sequence[str], *, lignes: Sequence[int] = ()) -> int:
        """Drop the copies that depend on `cles`, then note that these lines of the outbox are done. Count them."""
        if not self.racine.exists():
            return 0  # no copy was ever kept here
        otees: list[str] = []
        for debut in range(0, len(cles), LOT):
            with self._verrou(seul=True):
                lot = cles[debut : debut + LOT]
                _ajouter(self._journal, lot)
                for cle in lot:
                    otees += self._oter_les_liens(self._dossier_de(cle))
        if len(otees) <= A_REFAIRE_MAX:
            for fichier in otees:
                _lier(self.racine / "a_refaire", fichier)
        if lignes:
            with self._verrou(seul=True):
                _ajouter(self._appliques, [str(ligne) for ligne in lignes])
        return len(otees)

    def oter_les_echus(self, maintenant: float | None = None) -> int:
        """Drop the copies whose time has come. Count them."""
        limite = int(time.time() if maintenant is None else maintenant)
        otees = 0
        for seconde in _liens(self.racine / "echeances"):
            if int(seconde.name) > limite:
                continue
            for lien in _liens(seconde):
                with self._verrou(seul=True):
                    with suppress(FileNotFoundError):
                        fichier = os.readlink(lien)
                        if _echue(self.pages / fichier, limite) and self._oter(fichier):
                            _lier(self.racine / "a_refaire", fichier)
                            otees += 1
                    lien.unlink(missing_ok=True)
            with self._verrou(seul=True), suppress(OSError):  # a copy that was late to come is for the next time
                seconde.rmdir()
        return otees

    def a_refaire(self) -> Iterator[str]:
        """Yield the files of the copies to make again; each is forgotten as it is given."""
        for lien in _liens(self.racine / "a_refaire"):
            with suppress(FileNotFoundError):
                fichier = os.readlink(lien)
                lien.unlink()
                yield fichier

    def appliquees(self) -> set[int]:
        """Return the numbers of the outbox lines that were applied here."""
        try:
            return {int(ligne) for ligne in self._appliques.read_text(encoding="ascii").split()}
        except FileNotFoundError:
            return set()

    def tailler(self, premiere: int) -> None:
        """Forget the outbox lines before `premiere`, old renders' unfinished files, and a journal grown long."""
        with self._verrou(seul=True):
            restent = sorted(ligne for ligne in self.appliquees() if ligne >= premiere)
            self._ecrire(self._appliques, "".join(f"{ligne}\n" for ligne in restent).encode())
            if self.depart().position > JOURNAL_MAX:
                self._ecrire(self._journal, b"")  # another file: renders that began before are refused
            hier = time.time() - 86_400
            for provisoire in (self.racine / "provisoire").glob("*"):
                with suppress(FileNotFoundError):
                    if provisoire.stat().st_ctime < hier:
                        provisoire.unlink()

    def battre(self) -> None:
        """Note that the follower of this machine is up to date."""
        (self.racine / "battement").touch()

    def absence(self) -> float:
        """Return how many seconds ago the follower was last up to date, 0 when it never was."""
        try:
            return time.time() - (self.racine / "battement").stat().st_mtime
        except FileNotFoundError:
            return 0.0

    @contextmanager
    def _verrou(self, *, seul: bool) -> Iterator[None]:
        with (self.racine / "verrou").open("ab") as fichier:
            fcntl.flock(fichier, fcntl.LOCK_EX if seul else fcntl.LOCK_SH)
            yield

    def _perimee_depuis(self, depart: Depart, cles: Collection[str]) -> bool:
        """Tell whether one of the keys was outdated since `depart`, or may have been: the journal is another."""
        actuel = self.depart()
        if actuel.journal != depart.journal:
            return True
        if actuel.position == depart.position:
            return False
        with self._journal.open("rb") as journal:
            journal.seek(depart.position)
            return not set(cles).isdisjoint(journal.read().decode("ascii").split())

    def _dossier_de(self, cle: str) -> Path:
        genre, _separateur, valeur = cle.partition(":")
        return self.racine / "cles" / genre / (valeur or "_")

    def _oter_les_liens(self, dossier: Path) -> list[str]:
        """Drop the copies that the links of a folder name, and the links."""
        otees = []
        for lien in _liens(dossier):
            fichier = os.readlink(lien)
            if self._oter(fichier):
                otees.append(fichier)
            lien.unlink()
        return otees

    def _oter(self, fichier: str) -> bool:
        """Remove the files of a copy; tell whether there was one."""
        presente = False
        for compagnon in COMPAGNONS:
            with suppress(FileNotFoundError, NotADirectoryError):
                os.unlink(self.pages / f"{fichier}{compagnon}")
                presente = True
        return presente

    def _vider(self) -> None:
        """Drop everything but the lock and what was applied, the copies first of all in one gesture."""
        with suppress(FileNotFoundError):
            rebut = Path(tempfile.mkdtemp(dir=self.racine, prefix="rebut-"))
            os.replace(self.pages, rebut / "pages")
        for nom in ("cles", "echeances", "a_refaire", "provisoire"):
            shutil.rmtree(self.racine / nom, ignore_errors=True)
        for rebut in self.racine.glob("rebut-*"):
            shutil.rmtree(rebut, ignore_errors=True)
        self._ecrire(self._journal, b"")  # another file: renders that began before are refused

    def _ecrire(self, chemin: Path, contenu: bytes) -> None:
        dossier = self.racine / "provisoire"
        dossier.mkdir(exist_ok=True)
        os.replace(_deposer(dossier, contenu, None), chemin)


def _deposer(dossier: Path, contenu: bytes, instant: int | None) -> Path:
    """Write a file that everybody may read under a name of its own."""
    descripteur, nom = tempfile.mkstemp(dir=dossier)
    with os.fdopen(descripteur, "wb") as sortie:
        sortie.write(contenu)
        os.fchmod(sortie.fileno(), 0o644)
    if instant is not None:
        os.utime(nom, (instant, instant))
    return Path(nom)


def _lier(dossier: Path, fichier: str) -> None:
    nom = hashlib.sha256(fichier.encode()).hexdigest()[:32]
    dossier.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.symlink(fichier, dossier / nom)


def _liens(dossier: Path) -> list[Path]:
    try:
        return list(dossier.iterdir())
    except FileNotFoundError:
        return []


def _ajouter(fichier: Path, mots: Sequence[str]) -> None:
    with fichier.open("ab") as sortie:
        sortie.write("".join(f"{mot}\n" for mot in mots).encode("ascii"))


def _echue(copie: Path, limite: float) -> bool:
    """Tell whether the time of a copy has come; one stored meanwhile may have been given another."""
    try:
        return Path(f"{copie}.fin").stat().st_mtime <= limite
    except (FileNotFoundError, NotADirectoryError):
        return False
