"""Kills the real import command with SIGKILL at random moments, and counts the workbooks left half written.

`python tests/charge/tuer_import.py [number of kills]`; `DATABASE_URL` names an empty database, a new SQLite file
otherwise. Ends with code 1 if a workbook was ever partial, or if the kills did not really fall inside the import.
"""

import os
import random
import signal
import subprocess
import sys
import time

from outils import DOSSIER, RACINE, figure  # isort: split

from django.core.management import call_command
from django.db import connection

from etablissements.registre.models import AnneeScolaire, Etablissement
from etablissements.scolarite.models import Classe, Eleve, ImportListe, Inscription
from portal.demonstration.classeurs import ecrire_classeurs
from tests import fabriques

MORTS = 20
ECOLES = 4
NIVEAUX = {"1APIC": 10, "2APIC": 10, "3APIC": 10}
TAILLE = 40  # 30 sheets of 40 pupils by workbook: most of the time is spent inside a transaction
ELEVES = TAILLE * sum(NIVEAUX.values())
COMMANDE = [sys.executable, "manage.py", "importer_listes"]


def lancer(arguments: list[str]) -> subprocess.Popen[bytes]:
    """Start the import as a person would. Its progress, a line after each workbook, comes on its error stream."""
    return subprocess.Popen(
        [*COMMANDE, *arguments], cwd=RACINE, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def chronometrer(arguments: list[str]) -> tuple[list[float], int, bytes]:
    """Run the import to its end: seconds at which each workbook was done, return code, output."""
    debut = time.perf_counter()
    with lancer(arguments) as processus:
        instants = [time.perf_counter() - debut for _ligne in processus.stderr]
        sortie = processus.stdout.read()
    return instants, processus.returncode, sortie


def tuer(arguments: list[str], *, apres: int, attente: float) -> int:
    """Start the import, wait for `apres` workbooks and `attente` seconds more, kill. Returns the return code."""
    with lancer(arguments) as processus:
        for _rang in range(apres):
            processus.stderr.readline()
        time.sleep(attente)
        processus.send_signal(signal.SIGKILL)
    return processus.returncode


def vider() -> None:
    """Forget every pupil."""
    for modele in (Inscription, ImportListe, Classe, Eleve):
        modele.objects.all().delete()


def bilan() -> tuple[int, int]:
    """Count the workbooks that are whole and those that are partial, looking at every table."""
    entiers = partiels = 0
    for ecole in Etablissement.objects.all():
        lettres = {
            Classe.objects.filter(etablissement=ecole).count() / sum(NIVEAUX.values()),
            Inscription.objects.filter(classe__etablissement=ecole).count() / ELEVES,
            Eleve.objects.filter(inscriptions__classe__etablissement=ecole).count() / ELEVES,
            float(ImportListe.objects.filter(etablissement=ecole).count()),
        }
        entiers += lettres == {1.0}
        partiels += lettres not in ({0.0}, {1.0})
    # A pupil without enrolment is half of something too.
    return entiers, partiels + int(Eleve.objects.filter(inscriptions=None).exists())


def main() -> None:
    """Measure, kill, count, then finish."""
    morts = int(sys.argv[1]) if len(sys.argv) > 1 else MORTS
    call_command("migrate", verbosity=0)
    fabriques.creer_registre()
    for rang in range(ECOLES):
        fabriques.creer_etablissement(nom_ar=f"الثانوية الاعدادية التجارب {rang}", nom_fr=f"COLLEGE {rang}")
    annee = AnneeScolaire.objects.get(code="2025-2026")
    classeurs = [
        str(
            ecrire_classeurs(
                etablissement=ecole, annee=annee, dossier=DOSSIER, graine=1, niveaux=NIVEAUX, taille=TAILLE
            )
        )
        for ecole in Etablissement.objects.order_by("gresa")
    ]
    instants, code, _sortie = chronometrer(classeurs)
    if (code, *bilan()) != (0, ECOLES, 0):
        raise SystemExit("The import does not work undisturbed.")
    pas = (instants[-1] - instants[0]) / (ECOLES - 1)  # seconds for a workbook
    vider()

    hasard = random.SystemRandom()
    partiels = tues = au_milieu = 0
    for mort in range(morts):
        apres = hasard.randrange(ECOLES)
        depart = 0 if apres else max(0.0, instants[0] - pas)
        code = tuer(classeurs, apres=apres, attente=depart + hasard.uniform(0, pas))
        connection.close()  # what the dead process held is let go before we look
        entiers, abimes = bilan()
        partiels += abimes
        tues += code == -signal.SIGKILL
        au_milieu += code == -signal.SIGKILL and 0 < entiers < ECOLES
        if mort < morts - 1:
            vider()
    figure(f"killed imports, {connection.vendor}: partial workbooks", partiels, "workbooks", morts)
    figure(f"killed imports, {connection.vendor}: dead before their end", tues, "kills", morts)
    figure(
        f"killed imports, {connection.vendor}: dead with some workbooks done and others not", au_milieu, "kills", morts
    )

    _instants, code, _sortie = chronometrer(classeurs)
    entiers, abimes = bilan()
    figure(f"import resumed after a kill, {connection.vendor}: whole workbooks", entiers, "workbooks", ECOLES)
    _instants, encore, sortie = chronometrer(classeurs)
    inchanges = f"{ELEVES * ECOLES} inchangés".encode() in sortie
    if partiels or abimes or (code, encore, entiers) != (0, 0, ECOLES) or not inchanges:
        raise SystemExit("Partial or missing workbooks.")
    if tues < morts // 2 or au_milieu < morts // 4:
        raise SystemExit("The kills missed the import: nothing is shown.")


if __name__ == "__main__":
    main()
