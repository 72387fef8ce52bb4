"""Imports class-list workbooks: each one whole in its own transaction, or not at all."""

import datetime
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from etablissements.registre.models import AnneeScolaire, Etablissement
from portal.socle.rapports import Issue, Rapport
from portal.socle.texte import apercu

from .cellules import nom_de_cellule
from .ecriture import Sort, ecrire
from .lecture import TAILLE_MAXIMALE, ClasseurRefuse, lire_classeur
from .liste_eleves import Defaut, LigneEleve, ListeClasse, lire_liste
from .references import References, resoudre

AGE_MINIMAL, AGE_MAXIMAL = 2, 30  # in years, on the first day of the school year
INTERBLOCAGE = "40P01"  # PostgreSQL's code when two transactions wait for each other


class EtablissementInconnu(Exception):
    """The school that the user designates is not in the registry."""


def _age(naissance: datetime.date, jour: datetime.date) -> int:
    return jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day))


def _defauts_d_age(listes: Sequence[ListeClasse], annee: AnneeScolaire | None) -> list[Defaut]:
    """Find the births that cannot be: in the future, or of an age that no pupil has."""
    aujourd_hui = timezone.localdate()
    defauts = []
    for liste in listes:
        for eleve in liste.eleves:
            motif = ""
            if eleve.date_naissance > aujourd_hui:
                motif = _("La date de naissance est dans l'avenir.")
            elif annee and not AGE_MINIMAL <= _age(eleve.date_naissance, annee.debut) <= AGE_MAXIMAL:
                motif = _("La date de naissance donne un âge hors de %(minimum)d à %(maximum)d ans.") % {
                    "minimum": AGE_MINIMAL,
                    "maximum": AGE_MAXIMAL,
                }
            if motif:
                place = nom_de_cellule(eleve.ligne, eleve.colonne_date)
                defauts.append(Defaut(liste.feuille, eleve.ligne, place, motif))
    return defauts


def _defauts_de_doublon(listes: Sequence[ListeClasse]) -> list[Defaut]:
    """Find the codes that come twice, in one class or in two."""
    vus: dict[str, tuple[str, LigneEleve]] = {}
    defauts = []
    for liste in listes:
        for eleve in liste.eleves:
            if eleve.code_massar not in vus:
                vus[eleve.code_massar] = (liste.feuille, eleve)
                continue
            feuille, premier = vus[eleve.code_massar]
            valeurs = {"feuille": feuille, "cellule": nom_de_cellule(premier.ligne, premier.colonne_code)}
            if feuille == liste.feuille:
                motif = _("Ce code Massar est déjà en cellule %(cellule)s.") % valeurs
            else:
                motif = (
                    _("Cet élève est déjà dans une autre classe : feuille %(feuille)s, cellule %(cellule)s.") % valeurs
                )
            place = nom_de_cellule(eleve.ligne, eleve.colonne_code)
            defauts.append(Defaut(liste.feuille, eleve.ligne, place, motif))
    return defauts


def _refuser(rapport: Rapport, nom: str, defauts: Sequence[Defaut], feuilles: Sequence[str]) -> None:
    """Note every defect, sheet by sheet and line by line."""
    ordre = {feuille: rang for rang, feuille in enumerate(feuilles)}
    for defaut in sorted(defauts, key=lambda defaut: (ordre.get(defaut.feuille, -1), defaut.ligne, defaut.cellule)):
        rapport.noter((nom, defaut.feuille, defaut.ligne), Issue.REFUSE, motif=defaut.motif, cellule=defaut.cellule)


def _noter(rapport: Rapport, nom: str, sorts: Sequence[Sort]) -> None:
    for sort in sorts:
        rapport.noter((nom, sort.feuille, sort.ligne), sort.issue, sort.classe, sort.motif)


def _rien_d_ecrit() -> str:
    return _("Rien de ce classeur n'a été écrit : corrigez-le et recommencez.")


def _interblocage(erreur: OperationalError) -> bool:
    return getattr(erreur.__cause__, "sqlstate", "") == INTERBLOCAGE


def _importer(nom: str, contenu: bytes, rapport: Rapport, references: References, impose: Etablissement | None) -> None:
    """Import one workbook and note the fate of its lines."""
    try:
        feuilles = lire_classeur(contenu)
    except ClasseurRefuse as refus:
        rapport.noter((nom, "", 0), Issue.REFUSE, motif=str(refus))
        return
    listes: list[ListeClasse] = []
    defauts: list[Defaut] = []
    for feuille in feuilles:
        liste, siens = lire_liste(feuille)
        defauts += siens
        if liste:
            listes.append(liste)
    noms = [feuille.nom for feuille in feuilles]
    if not listes and not defauts:
        defauts.append(Defaut("", 0, "", _("Le classeur est vide : aucune feuille ne contient de liste.")))
    resolu, annee, siens = resoudre(listes, references=references, impose=impose)
    defauts += siens + _defauts_d_age(listes, annee) + _defauts_de_doublon(listes)
    if defauts or resolu is None:
        _refuser(rapport, nom, defauts, noms)
        if listes:
            rapport.noter((nom, "", 0), Issue.REFUSE, motif=_rien_d_ecrit())
        return
    empreinte = hashlib.sha256(contenu).hexdigest()
    for derniere_fois in (False, True):
        try:
            with transaction.atomic():
                sorts, defauts = ecrire(resolu, nom_fichier=nom, empreinte=empreinte)
                if rapport.essai:
                    transaction.set_rollback(True)
            break
        except (IntegrityError, OperationalError) as erreur:
            # Another import wrote the same pupils meanwhile. The second time, they are known and compared.
            if derniere_fois or (isinstance(erreur, OperationalError) and not _interblocage(erreur)):
                raise
    if defauts:
        _refuser(rapport, nom, defauts, noms)
        rapport.noter((nom, "", 0), Issue.REFUSE, motif=_rien_d_ecrit())
    else:
        _noter(rapport, nom, sorts)


def _designe(gresa: str | None) -> Etablissement | None:
    if gresa is None:
        return None
    try:
        return Etablissement.objects.get(gresa=gresa.strip().upper())
    except Etablissement.DoesNotExist:
        raise EtablissementInconnu(gresa) from None


def importer_liste(*, nom: str, contenu: bytes, essai: bool = False, etablissement: str | None = None) -> Rapport:
    """Import one workbook given by its bytes. See `importer_listes`."""
    rapport = Rapport(essai=essai)
    _importer(apercu(nom, 200), contenu, rapport, References(), _designe(etablissement))
    return rapport


def importer_listes(
    *,
    fichiers: Sequence[Path],
    essai: bool = False,
    etablissement: str | None = None,
    progression: Callable[[int], Callable[[int], object]] | None = None,
) -> Rapport:
    """Import class-list workbooks and report the fate of each line, in the active language.

    A workbook is written whole in one transaction, or refused whole with all its defects; the others go on. The report
    holds places, school codes and class labels, never a name or a code of a pupil.

    Args:
        fichiers: paths of the workbooks.
        essai: do everything but keep nothing.
        etablissement: GRESA code of the school of all the workbooks, when its name is not enough.
        progression: given the number of workbooks, returns what to call after each.

    Raises:
        EtablissementInconnu: the code given is not in the registry.
    """
    rapport = Rapport(essai=essai)
    references, impose = References(), _designe(etablissement)
    avancer = progression(len(fichiers)) if progression else lambda _pas: None
    for chemin in fichiers:
        nom = apercu(chemin.name, 200)
        try:
            with chemin.open("rb") as source:
                contenu = source.read(TAILLE_MAXIMALE + 1)
        except OSError:
            rapport.noter((nom, "", 0), Issue.REFUSE, motif=_("Le fichier n'existe pas ou ne peut pas être ouvert."))
        else:
            _importer(nom, contenu, rapport, references, impose)
        avancer(1)
    return rapport
