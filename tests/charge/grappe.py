"""A PostgreSQL of a drill's own, made for it in a temporary folder, that can be stopped and started again.

Import it before `outils`: it names its database in `DATABASE_URL`, which Django reads when it is set up.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PORT = 8151
os.environ["DATABASE_URL"] = f"postgres://portail@127.0.0.1:{PORT}/postgres"


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL of our own, that can be stopped and started again."""

    programmes: Path
    dossier: Path

    def commander(self, programme: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs, as `postgres` when we are root: it refuses to serve as root."""
        qui = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        commande = [*qui, str(self.programmes / programme), "-D", str(self.dossier / "data"), *arguments]
        subprocess.run(commande, check=True, stdout=subprocess.DEVNULL, cwd=self.dossier)

    def demarrer(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {PORT} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.dossier} -c fsync=off"
        self.commander("pg_ctl", "-w", "-l", str(self.dossier / "journal"), "-o", options, "start")

    def arreter(self) -> None:
        """Stop it as a power cut would."""
        self.commander("pg_ctl", "-m", "immediate", "stop")


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Make a cluster and start it; leave nothing of it."""
    trouves = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda dossier: float(dossier.parent.name))
    installe = shutil.which("initdb")
    if not trouves and not installe:
        raise SystemExit("initdb is not there: install PostgreSQL's server (Debian: postgresql).")
    programmes = trouves[-1] if trouves else Path(installe or "").parent
    with tempfile.TemporaryDirectory(prefix="portail-base-") as dossier:
        if os.getuid() == 0:
            shutil.chown(dossier, "postgres")
        pg = Cluster(programmes, Path(dossier))
        pg.commander("initdb", "-U", "portail", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
        pg.demarrer()
        try:
            yield pg
        finally:
            if (pg.dossier / "data/postmaster.pid").exists():
                pg.arreter()
