"""Public pages on the real registry: milliseconds (median, warm), queries, bytes compressed.

Tiznit's 319 lines, the invented schools with pupils from workbooks, and the directory again with 12,000 schools.
"""

import gzip
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from outils import DOSSIER, RACINE, base_neuve, figure

# isort: split
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from etablissements.registre.gresa import lettre_de_controle
from etablissements.registre.importation.operations import importer_etablissements
from etablissements.registre.index import indexer
from etablissements.registre.models import AnneeScolaire, Commune, Etablissement
from etablissements.scolarite.api import importer_listes
from portal.demonstration.classeurs import ecrire_classeurs
from sites.createur import Createur
from themes.finders import assembler

ECOLES = RACINE / "etablissements/registre/donnees/ecoles_tiznit.csv"
INVENTEES = RACINE / "portal/demonstration/donnees/ecoles_inventees.csv"
MESURES = 60
PAYS = 12_000


def compter(appel: Callable[[], Any]) -> tuple[int, Any]:
    """Run `appel` and count the queries it makes."""
    requetes = 0

    def noter(executer: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal requetes
        requetes += 1
        return executer(*arguments)

    with connection.execute_wrapper(noter):
        resultat = appel()
    return requetes, resultat


def mesurer(nom: str, client: Client, adresse: str) -> None:
    """Print the median time, the queries and the weight of a page."""
    requetes, reponse = compter(lambda: client.get(adresse))
    if reponse.status_code != 200:
        raise SystemExit(f"{adresse}: {reponse.status_code}")
    durees, cpu = [], []
    for _mesure in range(MESURES):
        debut, debut_cpu = time.perf_counter(), time.process_time()
        client.get(adresse)
        durees.append(time.perf_counter() - debut)
        cpu.append(time.process_time() - debut_cpu)
    figure(f"{nom}, time", round(1000 * statistics.median(durees), 1), "ms", MESURES)
    figure(f"{nom}, CPU", round(1000 * statistics.median(cpu), 1), "ms", MESURES)
    figure(f"{nom}, queries", requetes, "queries", 1)
    figure(f"{nom}, page compressed", round(len(gzip.compress(reponse.content)) / 1000, 1), "kB", 1)


def peupler(dossier: Path) -> Etablissement:
    """Import the real schools, the invented ones and the pupils of a college; return that college."""
    call_command("charger_registre", verbosity=0, stdout=(dossier / "sortie.txt").open("w"))
    importer_etablissements(fichiers=[ECOLES, INVENTEES])
    college = Etablissement.objects.get(gresa="99023H")
    annee = AnneeScolaire.courante()
    importer_listes(fichiers=[ecrire_classeurs(etablissement=college, annee=annee, dossier=dossier, graine=1)])
    return college


def mesurer_createur() -> None:
    """Print what the site of one more school costs."""
    modele = Etablissement.objects.autonomes().select_related("direction__academie").last()
    createur = Createur()
    createur.creer(modele)
    durees, nombres = [], []
    for numero in range(98_000, 98_000 + MESURES):
        champs = {champ.name: getattr(modele, champ.name) for champ in modele._meta.concrete_fields[1:]}
        ecole = Etablissement.objects.create(**{**champs, "gresa": f"{numero}{lettre_de_controle(numero)}"})
        debut = time.perf_counter()
        requetes, _fait = compter(lambda ecole=ecole: createur.creer(ecole))
        durees.append(time.perf_counter() - debut)
        nombres.append(requetes)
    figure("site of a school created, time", round(1000 * statistics.median(durees), 1), "ms", MESURES)
    figure("site of a school created, queries", max(nombres), "queries", MESURES)


def agrandir() -> None:
    """Make the registry as large as the country: copies of the real schools, spread over every commune."""
    modeles = list(Etablissement.objects.filter(rattachement=None).select_related("commune"))
    communes = list(Commune.objects.all())
    nouveaux = []
    for numero in range(30_000, 30_000 + PAYS - Etablissement.objects.count()):
        modele, commune = modeles[numero % len(modeles)], communes[numero % len(communes)]
        champs = {champ.name: getattr(modele, champ.name) for champ in modele._meta.concrete_fields[1:]}
        gresa = f"{numero}{lettre_de_controle(numero)}"
        champs |= {"gresa": gresa, "commune": commune, "direction_id": commune.direction_id}
        nouveaux.append(Etablissement(**champs))
    nouveaux = [ecole for ecole in nouveaux if not Etablissement.objects.filter(gresa=ecole.gresa).exists()]
    indexer(nouveaux)
    Etablissement.objects.bulk_create(nouveaux, batch_size=500)


def main() -> None:
    """Print every figure."""
    settings.HOTES_PRINCIPAUX = ["testserver"]
    with base_neuve():
        client = Client()
        college = peupler(DOSSIER)
        accueil = f"/ar/ecoles/{college.slug_public}/"
        mesurer("school page", client, accueil)
        mesurer("school contact", client, f"{accueil}contact/")
        mesurer("ministry home", client, "/ar/")
        figure("style sheet compressed", round(len(gzip.compress(assembler().encode())) / 1000, 1), "kB", 1)
        mesurer_createur()
        agrandir()
        nombre = Etablissement.objects.count()
        mesurer(f"school page at {nombre} schools", client, accueil)
        mesurer(f"ministry home at {nombre} schools", client, "/ar/")
        mesurer(f"directory at {nombre} schools, one name", client, "/ar/annuaire/?q=idriss")
        mesurer(
            f"directory at {nombre} schools, name, commune and cycle",
            client,
            "/ar/annuaire/?q=ابن&commune=تيزنيت&cycle=primaire",
        )


if __name__ == "__main__":
    main()
