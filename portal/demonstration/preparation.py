"""Prepare the demonstration: real schools, invented pupils, slips and accounts. Every step can be run again."""

import io
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from etablissements.acces.models import Affectation
from etablissements.acces.operations import affecter_agent
from etablissements.registre.models import AnneeScolaire, Etablissement
from etablissements.scolarite.inscriptions.bordereaux import classes, preparer_lot
from etablissements.scolarite.inscriptions.codes import grouper
from etablissements.scolarite.inscriptions.impression import composer_bordereaux, dossier_reserve, publier_lot
from etablissements.scolarite.inscriptions.models import Rang
from portal.comptes.models import Utilisateur

from .classeurs import ecrire_classeurs
from .pages import garnir

DONNEES = Path(__file__).with_name("donnees")
ECOLES_REELLES = Path(settings.BASE_DIR) / "etablissements" / "registre" / "donnees" / "ecoles_tiznit.csv"
ECOLES_INVENTEES = DONNEES / "ecoles_inventees.csv"
# What the pages show as the source of these facts, whatever the reader's language.
SOURCES = {
    ECOLES_REELLES: "سجل مؤسسات مديرية تيزنيت · Registre de la direction de Tiznit",
    ECOLES_INVENTEES: "مؤسسة متخيلة للعرض · École inventée pour la démonstration",
}
# One real school of each cycle in the direction of Tiznit, then the invented ones, which have equipment.
ECOLES_PEUPLEES = ("16698Z", "16701C", "17256F", "99011V", "99023H", "99031S")
BORDEREAUX_MONTRES = 1
IDENTIFIANT_ADMINISTRATION = "ministere"


@dataclass(frozen=True)
class CompteDemo:
    """An account to try."""

    role: str
    ecole: str
    identifiant: str
    mot_de_passe: str


@dataclass(frozen=True)
class BordereauDemo:
    """A slip to try: what the guardian types. The pupil is invented."""

    ecole: str
    classe: str
    code_massar: str
    code_bordereau: str
    date_naissance: str


@dataclass(frozen=True)
class Demonstration:
    """What there is to try, kept beside the database so that a second run prints it again."""

    ecoles: list[str] = field(default_factory=list)
    comptes: list[CompteDemo] = field(default_factory=list)
    bordereaux: list[BordereauDemo] = field(default_factory=list)


def _dossier() -> Path:
    return Path(settings.VAR_DIR) / "demonstration"


def relire() -> Demonstration | None:
    """Return the demonstration prepared by an earlier run, None when there is none."""
    try:
        lu = json.loads((_dossier() / "pret.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Demonstration(
        ecoles=lu["ecoles"],
        comptes=[CompteDemo(**compte) for compte in lu["comptes"]],
        bordereaux=[BordereauDemo(**bordereau) for bordereau in lu["bordereaux"]],
    )


def mettre_a_jour() -> None:
    """Migrate the database if the code moved on since it was prepared."""
    executant = MigrationExecutor(connection)
    if executant.migration_plan(executant.loader.graph.leaf_nodes()):
        _lancer("migrate", verbosity=0)


def preparer() -> Iterator[str]:
    """Do every step, yielding its name before it begins; the last one keeps what there is to try."""
    yield _("base de données")
    _lancer("migrate", verbosity=0)
    yield _("registre : académies, directions, communes, niveaux, matières, calendrier")
    _lancer("charger_registre")
    yield _("écoles de la direction de Tiznit et leurs sites")
    for fichier, source in SOURCES.items():
        _lancer("importer_etablissements", str(fichier), source=source)
    ecoles = list(Etablissement.objects.filter(gresa__in=ECOLES_PEUPLEES).order_by("gresa"))
    yield _("élèves inventés, importés de leurs classeurs en arabe et en français")
    annee = AnneeScolaire.courante()
    for ecole in ecoles:
        for langue in ("ar", "fr"):
            classeur = ecrire_classeurs(
                etablissement=ecole, annee=annee, dossier=_dossier() / "classeurs", graine=1, langue=langue
            )
            _lancer("importer_listes", str(classeur))
    yield _("pages des écoles : actualités, agenda, photos, services")
    for ecole in ecoles:
        garnir(ecole=ecole)
    yield _("comptes du personnel")
    comptes = [_administration(), *(_direction(ecole) for ecole in ecoles)]
    yield _("bordereaux")
    bordereaux = [bordereau for ecole in ecoles for bordereau in _imprimer(ecole, annee)]
    _retenir(Demonstration([ecole.gresa for ecole in ecoles], comptes, bordereaux))


def _lancer(commande: str, *arguments: str, **options: object) -> None:
    """Run a command in silence; its errors still come out."""
    call_command(commande, *arguments, stdout=io.StringIO(), stderr=io.StringIO(), **options)


def _administration() -> CompteDemo:
    """The account of the ministry, its password drawn again if the demonstration was interrupted."""
    mot_de_passe = secrets.token_urlsafe(12)
    compte, _cree = Utilisateur.objects.get_or_create(
        username=IDENTIFIANT_ADMINISTRATION, defaults={"is_staff": True, "is_superuser": True}
    )
    compte.set_password(mot_de_passe)
    compte.save()
    return CompteDemo(_("administration du portail"), "", compte.username, mot_de_passe)


def _direction(ecole: Etablissement) -> CompteDemo:
    agent = affecter_agent(etablissement=ecole, role=str(Affectation.Role.DIRECTEUR), nom="أمزيان", prenom="سعيدة")
    mot_de_passe = agent.mot_de_passe
    if mot_de_passe is None:
        mot_de_passe = secrets.token_urlsafe(12)
        compte = Utilisateur.objects.get(username=agent.identifiant)
        compte.set_password(mot_de_passe)
        compte.save()
    return CompteDemo(_("direction de l'école"), ecole.gresa, agent.identifiant, mot_de_passe)


def _imprimer(ecole: Etablissement, annee: AnneeScolaire) -> list[BordereauDemo]:
    """Print the slips of the school's first class; return some of them."""
    classe = classes(etablissement=ecole, annee=annee)[0]
    dossier = Path(settings.BORDEREAUX_DIR)
    with dossier_reserve(dossier):
        lot = preparer_lot(etablissement=ecole, annee=annee, libelles=[classe.libelle], reemettre=True)
        publier_lot(lot, composer_bordereaux(lot), dossier / f"demonstration-{ecole.gresa}-{classe.libelle}.pdf")
    premiers = [bordereau for bordereau in lot.bordereaux if bordereau.rang == Rang.PREMIER]
    return [
        BordereauDemo(
            ecole=ecole.gresa,
            classe=bordereau.classe,
            code_massar=bordereau.eleve.code_massar,
            code_bordereau=grouper(bordereau.code),
            date_naissance=bordereau.eleve.date_naissance.isoformat(),
        )
        for bordereau in premiers[:BORDEREAUX_MONTRES]
    ]


def _retenir(demonstration: Demonstration) -> None:
    """Write what there is to try, readable by its owner alone, whole or not at all."""
    memoire = _dossier() / "pret.json"
    provisoire = memoire.with_suffix(".partiel")
    descripteur = os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descripteur, "w", encoding="utf-8") as sortie:
        json.dump(asdict(demonstration), sortie, ensure_ascii=False, indent=1)
    os.replace(provisoire, memoire)
