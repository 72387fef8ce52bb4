"""Writes a resolved class-list workbook. Called inside a transaction; either writes all of it or only finds defects."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from etablissements.registre.models import Etablissement
from portal.diffusion import cles
from portal.diffusion.api import perimer
from portal.socle.rapports import Issue
from portal.socle.texte import normaliser

from ..inscriptions.models import Classe, Eleve, Inscription
from .cellules import nom_de_cellule
from .liste_eleves import Defaut, LigneEleve
from .models import ImportListe
from .references import ClasseurResolu

LOT = 1_000
NOMS_DES_CHAMPS = {
    "nom_ar": gettext_lazy("nom en arabe"),
    "prenom_ar": gettext_lazy("prénom en arabe"),
    "nom_fr": gettext_lazy("nom en français"),
    "prenom_fr": gettext_lazy("prénom en français"),
    "sexe": gettext_lazy("sexe"),
    "date_naissance": gettext_lazy("date de naissance"),
    "lieu_naissance_ar": gettext_lazy("lieu de naissance en arabe"),
    "lieu_naissance_fr": gettext_lazy("lieu de naissance en français"),
    "classe": gettext_lazy("classe"),
    "inscription": gettext_lazy("inscription"),
}
CHAMPS_D_ELEVE = ("nom_ar", "prenom_ar", "nom_fr", "prenom_fr", "sexe", "date_naissance")
CHAMPS_ECRITS = (*CHAMPS_D_ELEVE, "lieu_naissance_ar", "lieu_naissance_fr")


@dataclass(frozen=True)
class Sort:
    """The fate of one line of a sheet; line 0 is a remark on the whole class."""

    feuille: str
    ligne: int
    issue: Issue
    classe: str
    motif: str = ""


@dataclass
class _Connu:
    """What the database knows of the pupils of the workbook, by code."""

    eleves: dict[str, Eleve] = field(default_factory=dict)
    actives: dict[int, Inscription] = field(default_factory=dict)
    terminees: dict[int, datetime.date] = field(default_factory=dict)


def _lots(valeurs: Sequence[str]) -> Iterator[Sequence[str]]:
    for debut in range(0, len(valeurs), LOT):
        yield valeurs[debut : debut + LOT]


def _lire(resolu: ClasseurResolu, codes: Sequence[str]) -> _Connu:
    """Read and lock the pupils, always in the order of their codes so that two imports do not wait for each other."""
    connu = _Connu()
    for lot in _lots(codes):
        for eleve in Eleve.objects.select_for_update().filter(code_massar__in=lot).order_by("code_massar"):
            connu.eleves[eleve.code_massar] = eleve
        inscriptions = Inscription.objects.filter(eleve__code_massar__in=lot, annee=resolu.annee)
        for inscription in inscriptions.select_related("classe__etablissement"):
            if inscription.statut == Inscription.Statut.ACTIVE:
                connu.actives[inscription.eleve_id] = inscription
            elif inscription.au:
                derniere = connu.terminees.get(inscription.eleve_id, inscription.au)
                connu.terminees[inscription.eleve_id] = max(derniere, inscription.au)
    return connu


def _autre_personne(eleve: Eleve, lu: LigneEleve) -> bool:
    """Tell whether a known code is given to somebody else: another birth date and another name in the same script."""
    nom, prenom = (getattr(eleve, f"{champ}_{lu.ecriture}") for champ in ("nom", "prenom"))
    return (
        eleve.date_naissance != lu.date_naissance
        and bool(nom)
        and normaliser(nom) != normaliser(lu.nom)
        and normaliser(prenom) != normaliser(lu.prenom)
    )


def _defauts(resolu: ClasseurResolu, connu: _Connu) -> list[Defaut]:
    """Find the pupils that this school cannot take."""
    defauts = []
    for classe in resolu.classes:
        for lu in classe.liste.eleves:
            if not (eleve := connu.eleves.get(lu.code_massar)):
                continue
            motif = ""
            active = connu.actives.get(eleve.pk)
            if active and active.classe.etablissement_id != resolu.etablissement.pk:
                motif = _(
                    "Cet élève est déjà inscrit cette année à l'établissement %(gresa)s : "
                    "son transfert doit d'abord y être enregistré."
                ) % {"gresa": active.classe.etablissement.gresa}
            elif _autre_personne(eleve, lu):
                motif = _("Ce code Massar est connu pour une autre personne : ni le nom ni la naissance ne concordent.")
            if motif:
                place = nom_de_cellule(lu.ligne, lu.colonne_code)
                defauts.append(Defaut(classe.liste.feuille, lu.ligne, place, motif))
    return defauts


def _ecrire_les_classes(resolu: ClasseurResolu) -> dict[str, Classe]:
    """Create the classes that are new, correct the level of the others. Returns them by label."""
    connues = {
        classe.libelle: classe
        for classe in Classe.objects.filter(etablissement=resolu.etablissement, annee=resolu.annee)
    }
    nouvelles = []
    for resolue in resolu.classes:
        classe = connues.get(resolue.libelle)
        if classe is None:
            nouvelles.append(
                Classe(
                    etablissement=resolu.etablissement,
                    annee=resolu.annee,
                    niveau=resolue.niveau,
                    libelle=resolue.libelle,
                )
            )
        elif classe.niveau_id != resolue.niveau.code:
            classe.niveau = resolue.niveau
            classe.save(update_fields=["niveau"])
    Classe.objects.bulk_create(nouvelles)
    return connues | {classe.libelle: classe for classe in nouvelles}


def _valeurs(lu: LigneEleve) -> dict[str, object]:
    """What a line says of its pupil, by field. An empty place says nothing."""
    valeurs: dict[str, object] = {
        f"nom_{lu.ecriture}": lu.nom,
        f"prenom_{lu.ecriture}": lu.prenom,
        "sexe": lu.sexe,
        "date_naissance": lu.date_naissance,
    }
    if lu.lieu:
        valeurs[f"lieu_naissance_{lu.ecriture_lieu}"] = lu.lieu
    return valeurs


class _Ecrivain:
    """Compares each line with what is known, then writes the differences in bulk."""

    def __init__(self, resolu: ClasseurResolu, connu: _Connu, classes: dict[str, Classe]) -> None:
        self.resolu, self.connu, self.classes = resolu, connu, classes
        self.nouveaux: list[Eleve] = []
        self.changes: list[Eleve] = []
        self.a_inscrire: list[tuple[Eleve, Classe]] = []
        self.deplaces: dict[int, list[int]] = {}
        self.sorts: list[Sort] = []

    def comparer(self) -> None:
        """Decide the fate of every line."""
        for resolue in self.resolu.classes:
            classe = self.classes[resolue.libelle]
            for lu in resolue.liste.eleves:
                eleve = self.connu.eleves.get(lu.code_massar)
                if eleve is None:
                    eleve = Eleve(code_massar=lu.code_massar, **_valeurs(lu))
                    self.nouveaux.append(eleve)
                    self.a_inscrire.append((eleve, classe))
                    issue, motif = Issue.CREE, ""
                else:
                    issue, motif = self._comparer_connu(eleve, lu, classe)
                self.sorts.append(Sort(resolue.liste.feuille, lu.ligne, issue, resolue.libelle, motif))

    def _comparer_connu(self, eleve: Eleve, lu: LigneEleve, classe: Classe) -> tuple[Issue, str]:
        differents = set()
        for nom, valeur in _valeurs(lu).items():
            if getattr(eleve, nom) != valeur:
                setattr(eleve, nom, valeur)
                differents.add(nom)
        if differents:
            self.changes.append(eleve)
        active = self.connu.actives.get(eleve.pk)
        if active is None:
            self.a_inscrire.append((eleve, classe))
            differents.add("inscription")
        elif active.classe_id != classe.pk:
            self.deplaces.setdefault(classe.pk, []).append(active.pk)
            differents.add("classe")
        noms = ", ".join(str(libelle) for nom, libelle in NOMS_DES_CHAMPS.items() if nom in differents)
        return (Issue.MODIFIE, noms) if differents else (Issue.INCHANGE, "")

    def ecrire(self) -> None:
        """Write in bulk, pupils in the order of their codes."""
        self.nouveaux.sort(key=lambda eleve: eleve.code_massar)
        Eleve.objects.bulk_create(self.nouveaux, batch_size=LOT)
        Eleve.objects.bulk_create(
            sorted(self.changes, key=lambda eleve: eleve.code_massar),
            batch_size=LOT,
            update_conflicts=True,
            unique_fields=["code_massar"],
            update_fields=list(CHAMPS_ECRITS),
        )
        debut = self.resolu.annee.debut
        Inscription.objects.bulk_create(
            [
                Inscription(
                    eleve=eleve,
                    classe=classe,
                    annee=self.resolu.annee,
                    du=max(debut, self.connu.terminees.get(eleve.pk, debut)),
                )
                for eleve, classe in self.a_inscrire
            ],
            batch_size=LOT,
        )
        for classe_id, inscriptions in self.deplaces.items():
            Inscription.objects.filter(pk__in=inscriptions).update(classe_id=classe_id)

    @property
    def a_ecrit(self) -> bool:
        """True when the database is not what it was."""
        return bool(self.nouveaux or self.changes or self.a_inscrire or self.deplaces)


def _absents(resolu: ClasseurResolu, classes: dict[str, Classe], codes: Sequence[str]) -> list[Sort]:
    """Point out the classes that hold pupils whom the workbook no longer lists. Leaving is recorded elsewhere."""
    feuilles = {classes[resolue.libelle].pk: resolue for resolue in resolu.classes}
    inscrits = Inscription.objects.filter(classe__in=feuilles, statut=Inscription.Statut.ACTIVE)
    listes = set(codes)
    nombres: dict[int, int] = {}
    for classe_id, code in inscrits.values_list("classe_id", "eleve__code_massar"):
        if code not in listes:
            nombres[classe_id] = nombres.get(classe_id, 0) + 1
    sorts = []
    for classe_id, resolue in feuilles.items():
        if nombre := nombres.get(classe_id):
            motif = ngettext(
                "%(nombre)d élève inscrit n'est plus dans la liste ; son inscription reste ouverte.",
                "%(nombre)d élèves inscrits ne sont plus dans la liste ; leur inscription reste ouverte.",
                nombre,
            ) % {"nombre": nombre}
            sorts.append(Sort(resolue.liste.feuille, 0, Issue.SIGNALE, resolue.libelle, motif))
    return sorts


def ecrire(resolu: ClasseurResolu, *, nom_fichier: str, empreinte: str) -> tuple[list[Sort], list[Defaut]]:
    """Write a workbook inside the current transaction.

    Args:
        resolu: the workbook, its school and year known.
        nom_fichier: how the public figures name their source.
        empreinte: SHA-256 of the file, in hexadecimal.

    Returns:
        The fate of each line, and the defects that only the records could show; with a defect nothing is written.
    """
    Etablissement.objects.select_for_update().get(pk=resolu.etablissement.pk)  # one import at a time in a school
    codes = sorted(lu.code_massar for classe in resolu.classes for lu in classe.liste.eleves)
    connu = _lire(resolu, codes)
    if defauts := _defauts(resolu, connu):
        return [], defauts
    classes = _ecrire_les_classes(resolu)
    ecrivain = _Ecrivain(resolu, connu, classes)
    ecrivain.comparer()
    ecrivain.ecrire()
    cle = {"etablissement": resolu.etablissement, "annee": resolu.annee, "sha256": empreinte}
    if ecrivain.a_ecrit or not ImportListe.objects.filter(**cle).exists():
        perimer(cles.faits(resolu.etablissement.gresa))  # the headcount of the school's page
        ImportListe.objects.update_or_create(
            **cle,
            defaults={
                "nom_fichier": nom_fichier,
                "importe_le": timezone.now(),
                "nb_classes": len(resolu.classes),
                "nb_eleves": len(codes),
            },
        )
    return ecrivain.sorts + _absents(resolu, classes, codes), []
