"""Reads the sheets of a class-list workbook (`ListEleve`), one class per sheet. It knows no database.

The layout is searched, not assumed: labels above the table by their words, the table by the row of its column titles.
Rows are never filtered on words: families are called بلقاسم and children إسماعيل.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.socle.texte import normaliser

from .cellules import (
    connait_le_sexe,
    ecriture,
    est_un_code,
    est_une_date,
    lire_code,
    lire_date,
    lire_lieu,
    lire_nom,
    lire_sexe,
    nom_de_cellule,
    ressemble_a_un_code,
    texte,
)
from .etiquettes import (
    COLONNES,
    COLONNES_MASSAR,
    COLONNES_OBLIGATOIRES,
    ENTETE,
    ENTETE_MASSAR,
    FEUILLE_DE_NOTES,
    RESUME_DES_ABSENCES,
)
from .lecture import Cellule, Feuille

LIGNES_AVANT_LE_TABLEAU = 40
COLONNES_D_UN_TITRE = 3  # as many known titles make a row of titles


@dataclass(frozen=True)
class Defaut:
    """Something wrong, its place, and what to do. `ligne` 0 is the whole sheet. Never a name or a code."""

    feuille: str
    ligne: int
    cellule: str
    motif: str


@dataclass(frozen=True)
class LigneEleve:
    """One pupil of a list. Names and place are in the script of their own letters (`ecriture`, `ecriture_lieu`)."""

    ligne: int
    colonne_code: int
    code_massar: str
    nom: str
    prenom: str
    ecriture: str
    sexe: str
    date_naissance: datetime.date
    colonne_date: int
    lieu: str
    ecriture_lieu: str


@dataclass
class ListeClasse:
    """One sheet: what stands above its table (by name of `ENTETE`), the place of each, and its pupils."""

    feuille: str
    entete: dict[str, str]
    places: dict[str, str]
    eleves: list[LigneEleve] = field(default_factory=list)


def _vide(ligne: list[Cellule]) -> bool:
    return not any(texte(cellule) for cellule in ligne)


def _lire_entete(lignes: list[list[Cellule]]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the values above the table, and the cell of each."""
    valeurs: dict[str, str] = {}
    places: dict[str, str] = {}
    for numero, ligne in enumerate(lignes, 1):
        attendu = ""
        for rang, cellule in enumerate(ligne):
            contenu = texte(cellule)
            if not contenu:
                continue
            if nom := ENTETE.get(normaliser(contenu)):
                attendu = nom
                places.setdefault(nom, nom_de_cellule(numero, rang))
                continue
            etiquette, deux_points, suite = contenu.partition(":")
            if deux_points and suite.strip() and (nom := ENTETE.get(normaliser(etiquette))):
                attendu, contenu = nom, suite.strip()  # label and value in one cell
            if attendu and attendu not in valeurs:
                valeurs[attendu], places[attendu] = contenu, nom_de_cellule(numero, rang)
            attendu = ""
    return valeurs, places


def _colonnes(ligne: list[Cellule]) -> dict[str, list[int]]:
    """Return the ranks of the columns that the row titles, by name."""
    trouvees: dict[str, list[int]] = {}
    for rang, cellule in enumerate(ligne):
        if nom := COLONNES.get(normaliser(texte(cellule))):
            trouvees.setdefault(nom, []).append(rang)
    return trouvees


def _chercher_le_tableau(lignes: list[list[Cellule]]) -> tuple[int, dict[str, list[int]]]:
    """Return the rank of the row of titles and its columns; -1 when there is none."""
    meilleure = -1
    colonnes: dict[str, list[int]] = {}
    for rang, ligne in enumerate(lignes):
        trouvees = _colonnes(ligne)
        if len(trouvees) > len(colonnes):
            meilleure, colonnes = rang, trouvees
        if len(colonnes) >= len(COLONNES_OBLIGATOIRES):
            break
    return (meilleure, colonnes) if len(colonnes) >= COLONNES_D_UN_TITRE else (-1, {})


def _autre_classeur(feuille: Feuille, lignes: list[list[Cellule]]) -> str:
    """Say which other workbook of Massar this sheet is from, by its first rows; empty when it is not known."""
    mots = {normaliser(texte(cellule)) for ligne in lignes for cellule in ligne if cellule != ""}
    mots.add(normaliser(feuille.nom))
    if mots & FEUILLE_DE_NOTES:
        return _(
            "C'est une feuille de notes (NotesCC), pas une liste d'élèves : donnez le classeur ListEleve "
            "(لائحة التلاميذ)."
        )
    if mots & RESUME_DES_ABSENCES:
        return _("C'est un relevé d'absences, pas une liste d'élèves : donnez le classeur ListEleve.")
    return ""


def _defauts_du_tableau(feuille: Feuille, rang: int, colonnes: dict[str, list[int]]) -> Iterator[Defaut]:
    if rang < 0:
        yield Defaut(
            feuille.nom,
            0,
            "",
            _("Aucune ligne ne titre les colonnes attendues : %(colonnes)s.")
            % {"colonnes": ", ".join(COLONNES_MASSAR.values())},
        )
        return
    for nom in COLONNES_OBLIGATOIRES:
        if nom not in colonnes:
            motif = _("La colonne « %(colonne)s » manque.") % {"colonne": COLONNES_MASSAR[nom]}
            yield Defaut(feuille.nom, rang + 1, "", motif)
        elif len(colonnes[nom]) > 1:
            motif = _("La colonne « %(colonne)s » est présente deux fois.") % {"colonne": COLONNES_MASSAR[nom]}
            yield Defaut(feuille.nom, rang + 1, nom_de_cellule(rang + 1, colonnes[nom][1]), motif)


def _colonne_decalee(lignes: list[list[Cellule]], prevue: int) -> int | None:
    """Return the column where the codes really are when it is not the one titled so."""
    comptes: dict[int, int] = {}
    for ligne in lignes:
        for rang, cellule in enumerate(ligne):
            if est_un_code(cellule):
                comptes[rang] = comptes.get(rang, 0) + 1
    if not comptes:
        return None
    reelle = max(comptes, key=lambda rang: comptes[rang])
    return reelle if reelle != prevue and comptes[reelle] > 2 * comptes.get(prevue, 0) else None


class _LecteurDeLignes:
    """Reads the pupils of a table, gathering every defect."""

    def __init__(self, feuille: str, colonnes: dict[str, int]) -> None:
        self.feuille, self.colonnes = feuille, colonnes
        self.defauts: list[Defaut] = []

    def _cellule(self, ligne: list[Cellule], nom: str) -> Cellule:
        rang = self.colonnes[nom]
        return ligne[rang] if rang < len(ligne) else ""

    def _tenter(self, ligne: list[Cellule], numero: int, nom: str, lire: Callable[[Cellule], object]) -> object:
        try:
            return lire(self._cellule(ligne, nom))
        except ValueError as erreur:
            place = nom_de_cellule(numero, self.colonnes[nom])
            self.defauts.append(Defaut(self.feuille, numero, place, str(erreur)))
            return None

    def _est_un_pied(self, ligne: list[Cellule]) -> bool:
        """Tell a footer, a signature, a total or titles again from a pupil whose code is wrong or missing."""
        if _vide(ligne) or len(_colonnes(ligne)) >= COLONNES_D_UN_TITRE:
            return True
        return not (
            ressemble_a_un_code(self._cellule(ligne, "code"))
            or connait_le_sexe(self._cellule(ligne, "sexe"))
            or est_une_date(self._cellule(ligne, "date_naissance"))
            or (texte(self._cellule(ligne, "nom")) and texte(self._cellule(ligne, "prenom")))
        )

    def lire(self, ligne: list[Cellule], numero: int) -> LigneEleve | None:
        """Return the pupil of a row, or None: a footer, or a row with a defect."""
        if not est_un_code(self._cellule(ligne, "code")):
            if self._est_un_pied(ligne):
                return None
            if ailleurs := [rang for rang, cellule in enumerate(ligne) if est_un_code(cellule)]:
                place = nom_de_cellule(numero, ailleurs[0])
                motif = _("La ligne est décalée : le code Massar n'est pas dans sa colonne.")
                self.defauts.append(Defaut(self.feuille, numero, place, motif))
                return None
        avant = len(self.defauts)
        code = self._tenter(ligne, numero, "code", lire_code)
        nom = self._tenter(ligne, numero, "nom", lire_nom)
        prenom = self._tenter(ligne, numero, "prenom", lire_nom)
        sexe = self._tenter(ligne, numero, "sexe", lire_sexe)
        naissance = self._tenter(ligne, numero, "date_naissance", lire_date)
        lieu = self._tenter(ligne, numero, "lieu_naissance", lire_lieu)
        if nom and prenom and ecriture(str(nom)) != ecriture(str(prenom)):
            place = nom_de_cellule(numero, self.colonnes["prenom"])
            motif = _("Le nom et le prénom ne sont pas dans la même écriture.")
            self.defauts.append(Defaut(self.feuille, numero, place, motif))
        if len(self.defauts) > avant or not isinstance(naissance, datetime.date):
            return None
        return LigneEleve(
            ligne=numero,
            colonne_code=self.colonnes["code"],
            code_massar=str(code),
            nom=str(nom),
            prenom=str(prenom),
            ecriture=ecriture(str(nom)),
            sexe=str(sexe),
            date_naissance=naissance,
            colonne_date=self.colonnes["date_naissance"],
            lieu=str(lieu),
            ecriture_lieu=ecriture(str(lieu)),
        )


def lire_liste(feuille: Feuille) -> tuple[ListeClasse | None, list[Defaut]]:
    """Read one sheet.

    Returns:
        The class list, None when the sheet cannot be read as one or is empty, and everything that is wrong with it.
    """
    if all(_vide(ligne) for ligne in feuille.lignes):
        return None, []
    avant = feuille.lignes[:LIGNES_AVANT_LE_TABLEAU]
    rang, colonnes = _chercher_le_tableau(avant)
    if autre := _autre_classeur(feuille, feuille.lignes[: rang + 1] if rang >= 0 else avant):
        return None, [Defaut(feuille.nom, 0, "", autre)]
    if rang < 0 and not feuille.visible:
        return None, []  # lists of choices that a spreadsheet keeps behind
    defauts = list(_defauts_du_tableau(feuille, rang, colonnes))
    if rang < 0:
        return None, defauts
    entete, places = _lire_entete(feuille.lignes[:rang])
    for nom, libelle in ENTETE_MASSAR.items():
        if nom not in entete:
            motif = _("La valeur de « %(etiquette)s » manque au-dessus du tableau.") % {"etiquette": libelle}
            defauts.append(Defaut(feuille.nom, 0, places.get(nom, ""), motif))
    liste = ListeClasse(feuille.nom, entete, places)
    if any(nom not in colonnes or len(colonnes[nom]) > 1 for nom in COLONNES_OBLIGATOIRES):
        return liste, defauts
    donnees = feuille.lignes[rang + 1 :]
    prevue = colonnes["code"][0]
    if (reelle := _colonne_decalee(donnees, prevue)) is not None:
        motif = _(
            "Les colonnes sont décalées : le titre du code est en %(titre)s, mais les codes sont en colonne "
            "%(colonne)s. Téléchargez le classeur de nouveau, sans y insérer ni supprimer de colonne."
        ) % {"titre": nom_de_cellule(rang + 1, prevue), "colonne": nom_de_cellule(1, reelle)[:-1]}
        defauts.append(Defaut(feuille.nom, rang + 1, nom_de_cellule(rang + 1, prevue), motif))
        return liste, defauts
    lecteur = _LecteurDeLignes(feuille.nom, {nom: rangs[0] for nom, rangs in colonnes.items()})
    for numero, ligne in enumerate(donnees, rang + 2):
        if eleve := lecteur.lire(ligne, numero):
            liste.eleves.append(eleve)
    defauts += lecteur.defauts
    if not liste.eleves and not lecteur.defauts:
        motif = _("Aucun élève sous les titres du tableau.")
        defauts.append(Defaut(feuille.nom, rang + 1, "", motif))
    return liste, defauts
