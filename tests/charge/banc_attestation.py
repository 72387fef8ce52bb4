"""What an attestation costs: typesetting and signing, without the database.

Prints one JSON object per figure: CPU of one paper in a warm process, papers per second on two processes, and how the
memory of one process grows between 200 and 2,000 papers.
"""

import argparse
import datetime
import multiprocessing
import time
from multiprocessing.synchronize import Barrier
from pathlib import Path

from outils import figure

from etablissements.scolarite.documents.attestation import composer_attestation
from etablissements.scolarite.documents.identifiants import nouvel_identifiant
from etablissements.scolarite.documents.signature import signer

FAITS = {
    "ministere": {
        "ar": "وزارة التربية الوطنية والتعليم الأولي والرياضة",
        "fr": "Ministère de l’Éducation nationale, du Préscolaire et des Sports",
    },
    "academie": {
        "ar": "الأكاديمية الجهوية للتربية والتكوين لجهة سوس - ماسة",
        "fr": "Académie régionale d'éducation et de formation de Souss-Massa",
    },
    "direction": {"ar": "المديرية الإقليمية تيزنيت", "fr": "Direction provinciale de Tiznit"},
    "etablissement": {"gresa": "99500B", "ar": "الثانوية الإعدادية التجارب", "fr": "Collège des Essais"},
    "niveau": {"ar": "السنة الأولى إعدادي مسار دولي", "fr": "1re année collège, parcours international"},
    "filiere": {"ar": "المسار الدولي", "fr": "Parcours international"},
    "classe": "1APIC-3",
    "annee": "2026/2027",
    "lieu": {"ar": "تيزنيت", "fr": "Tiznit"},
    "directeur": "عبد الإله الراجي",
    "essai": True,
}
CHAUFFE = 20


def produire(rang: int) -> bytes:
    """One signed attestation, of another pupil for each `rang`."""
    maintenant = datetime.datetime.now(datetime.UTC)
    eleve = {
        "nom": {"ar": f"فاطمة الزهراء أمزيان {rang}", "fr": f"Fatima Zahra AMEZIANE {rang}"},
        "code_massar": f"Z99{rang:07d}",
        "sexe": "F",
        "naissance": "2014-03-14",
        "lieu_naissance": {"ar": "تيزنيت", "fr": "Tiznit"},
    }
    document_id = nouvel_identifiant()
    pdf = composer_attestation(
        faits=FAITS | {"eleve": eleve},
        numero=f"99500B/2026-2027/{rang:05d}",
        document_id=document_id,
        emis_le=maintenant,
        jour=maintenant.date(),
    )
    return signer(pdf, document_id=document_id)


def chauffer() -> None:
    """Load the compiler, the fonts and the key of this process."""
    for rang in range(CHAUFFE):
        produire(rang)


def memoire_kio() -> int:
    """Resident memory of this process, in KiB."""
    for ligne in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if ligne.startswith("VmRSS:"):
            return int(ligne.split()[1])
    raise OSError("no VmRSS here: this figure needs Linux")


def mesurer_cpu(nombre: int) -> None:
    """CPU of one paper, and the size of its file."""
    chauffer()
    debut = time.process_time()
    taille = sum(len(produire(rang)) for rang in range(nombre))
    figure(
        "attestation, render + sign, CPU warm", round((time.process_time() - debut) * 1000 / nombre, 1), "ms", nombre
    )
    figure("attestation, file", round(taille / nombre / 1024), "KiB", nombre)


def _travailler(nombre: int, depart: Barrier, durees: multiprocessing.Queue) -> None:
    chauffer()
    depart.wait()
    debut = time.perf_counter()
    for rang in range(nombre):
        produire(rang)
    durees.put(time.perf_counter() - debut)


def mesurer_debit(nombre: int, processus: int = 2) -> None:
    """Papers per second when `processus` processes work at once, each on its own share."""
    contexte = multiprocessing.get_context("spawn")
    depart, durees = contexte.Barrier(processus), contexte.Queue()
    lances = [contexte.Process(target=_travailler, args=(nombre, depart, durees)) for _ in range(processus)]
    for lance in lances:
        lance.start()
    plus_longue = max(durees.get() for _ in lances)
    for lance in lances:
        lance.join()
    figure(
        f"attestation, render + sign, {processus} processes",
        round(nombre * processus / plus_longue, 1),
        "documents/s",
        nombre * processus,
    )


def mesurer_memoire(premier: int, dernier: int) -> None:
    """Growth of resident memory between the papers number `premier` and `dernier`."""
    for rang in range(premier):
        produire(rang)
    avant = memoire_kio()
    for rang in range(premier, dernier):
        produire(rang)
    apres = memoire_kio()
    figure(f"attestation, memory after {premier}", avant // 1024, "MiB", premier)
    figure(f"attestation, memory after {dernier}", apres // 1024, "MiB", dernier)
    figure(
        f"attestation, memory growth from {premier} to {dernier}", round((apres - avant) * 100 / avant, 1), "%", dernier
    )


def main() -> None:
    analyseur = argparse.ArgumentParser(description=__doc__)
    analyseur.add_argument("--nombre", type=int, default=100, help="papers per measure")
    analyseur.add_argument("--jusqu-a", type=int, default=2000, help="papers of the memory run; 0 leaves it out")
    options = analyseur.parse_args()
    mesurer_debit(options.nombre)
    mesurer_cpu(options.nombre)
    if options.jusqu_a:
        mesurer_memoire(200, options.jusqu_a)


if __name__ == "__main__":
    main()
