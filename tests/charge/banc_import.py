"""How fast class lists are imported: one school's workbook, and many schools in a row.

`python tests/charge/banc_import.py`; `DATABASE_URL` chooses the database.
"""

import statistics
import time
from pathlib import Path

from outils import DOSSIER, base_neuve, figure

from etablissements.registre.models import AnneeScolaire, Etablissement
from etablissements.scolarite.api import importer_listes
from etablissements.scolarite.models import Eleve
from portal.demonstration.classeurs import ecrire_classeurs
from portal.socle.rapports import Issue
from tests import fabriques

ECOLES = 8
NIVEAUX = {"1APIC": 10, "2APIC": 10, "3APIC": 10}
TAILLE = 34  # 30 sheets of 34 pupils: a large collège


def preparer(annee: AnneeScolaire, langue: str) -> list[Path]:
    """Write the workbooks of every school."""
    return [
        ecrire_classeurs(
            etablissement=ecole,
            annee=annee,
            dossier=DOSSIER / "classeurs",
            graine=1,
            langue=langue,
            niveaux=NIVEAUX,
            taille=TAILLE,
        )
        for ecole in Etablissement.objects.order_by("gresa")
    ]


def mesurer(nom: str, classeurs: list[Path], attendu: Issue) -> None:
    """Import each workbook on its own and print seconds per workbook and pupils per second."""
    durees = []
    for chemin in classeurs:
        debut = time.perf_counter()
        rapport = importer_listes(fichiers=[chemin])
        durees.append(time.perf_counter() - debut)
        if set(rapport.comptes) != {attendu}:
            raise SystemExit(f"{chemin.name}: {rapport.comptes}")
    eleves = TAILLE * sum(NIVEAUX.values())
    figure(f"{nom}, one workbook of {eleves} pupils (median)", round(statistics.median(durees), 3), "s", len(durees))
    figure(nom, round(eleves * len(durees) / sum(durees)), "pupils/s", eleves * len(durees))


def main() -> None:
    """Import into an empty database, again, then in French."""
    with base_neuve() as moteur:
        fabriques.creer_registre()
        for rang in range(ECOLES):
            fabriques.creer_etablissement(nom_ar=f"الثانوية الاعدادية التجارب {rang}", nom_fr=f"COLLEGE {rang}")
        annee = AnneeScolaire.objects.get(code="2025-2026")
        arabes, francais = preparer(annee, "ar"), preparer(annee, "fr")
        mesurer(f"import of class lists, {moteur}", arabes, Issue.CREE)
        mesurer(f"import again, nothing changed, {moteur}", arabes, Issue.INCHANGE)
        mesurer(f"import of the French lists, every pupil changed, {moteur}", francais, Issue.MODIFIE)
        if Eleve.objects.count() != ECOLES * TAILLE * sum(NIVEAUX.values()):
            raise SystemExit("Pupils are missing.")


if __name__ == "__main__":
    main()
