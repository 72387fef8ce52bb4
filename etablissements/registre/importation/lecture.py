"""Reads a CSV file of schools: encoding, separator and header variations. It knows no database."""

import csv
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from portal.socle.texte import apercu, normaliser

TAILLE_MAXIMALE = 20 * 1024 * 1024  # bytes; 12,000 schools weigh 2 MB

# The names under which each column is known: ours, those of the reference extractions, those of the ministry's server.
COLONNES = {
    "gresa": ("gresa", "code gresa", "cd_etab", "code"),
    "nom_fr": ("nom_fr", "name_fr", "nom_etabl", "nom en francais"),
    "nom_ar": ("nom_ar", "name_ar", "nom_etaba", "nom en arabe"),
    "type": ("type", "type_fr", "typeetab"),
    "cycles": ("cycles", "cycle"),
    "commune": ("commune", "commune_code", "cd_com"),
    "commune_fr": ("commune_fr", "ll_com"),
    "commune_ar": ("commune_ar", "la_com"),
    "direction": ("direction", "direction_code", "directorate_code", "cd_prov"),
    "rattachement": ("rattachement", "parent_gresa", "cd_etabr"),
    "adresse_fr": ("adresse_fr", "adresse"),
    "adresse_ar": ("adresse_ar",),
    "telephone": ("telephone", "tel"),
    "courriel": ("courriel", "email", "e mail"),
    "dotations": ("dotations",),
    "ouvert": ("ouvert", "open"),
    "ferme_le": ("ferme_le", "closed_on"),
    "successeur": ("successeur", "successor_gresa"),
}
OBLIGATOIRES = ("gresa", "nom_fr", "nom_ar", "type", "cycles", "direction")
COMMUNES = ("commune", "commune_fr", "commune_ar")
FACULTATIVES = tuple(nom for nom in COLONNES if nom not in (*OBLIGATOIRES, *COMMUNES))


class FichierRefuse(Exception):
    """The whole file is refused. The message, already translated, says why and what to do."""


@dataclass(frozen=True)
class LigneLue:
    """One line: where it begins (the header is line 1 or so) and its cells by column name.

    `defaut` says, translated, why the line could not be cut into cells; empty when it could.
    """

    fichier: str
    numero: int
    cellules: dict[str, str]
    defaut: str = ""


def _texte(contenu: bytes) -> str:
    if not contenu.strip():
        raise FichierRefuse(_("Le fichier est vide."))
    if len(contenu) > TAILLE_MAXIMALE:
        raise FichierRefuse(_("Le fichier est trop gros : au plus 20 Mo."))
    if contenu.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise FichierRefuse(
            _("C'est un classeur, pas un fichier CSV : dans le tableur, « Enregistrer sous », « CSV UTF-8 ».")
        )
    try:
        texte = contenu.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FichierRefuse(
            _("Le fichier n'est pas en UTF-8 : dans le tableur, « Enregistrer sous », « CSV UTF-8 ».")
        ) from None
    if "\0" in texte:
        raise FichierRefuse(_("Ce n'est pas un fichier CSV."))
    return texte


def _en_tete(cellules: list[str]) -> list[str]:
    """Return our name of each column, empty for those we do not read."""
    noms = {variante: nom for nom, variantes in COLONNES.items() for variante in variantes}
    reconnues = [noms.get(normaliser(cellule), "") for cellule in cellules]
    lues = [nom for nom in reconnues if nom]
    if len(lues) < 2:
        raise FichierRefuse(
            _("La première ligne doit nommer les colonnes : %(colonnes)s.")
            % {"colonnes": ", ".join((*OBLIGATOIRES, "commune"))}
        )
    manquantes = [nom for nom in OBLIGATOIRES if nom not in lues]
    if not set(COMMUNES) & set(lues):
        manquantes.append("commune")
    if manquantes:
        raise FichierRefuse(_("Colonnes manquantes : %(colonnes)s.") % {"colonnes": ", ".join(manquantes)})
    if doubles := sorted({nom for nom in lues if lues.count(nom) > 1}):
        raise FichierRefuse(_("Colonnes présentes deux fois : %(colonnes)s.") % {"colonnes": ", ".join(doubles)})
    return reconnues


def _separateur(premiere_ligne: str) -> str:
    return max(",;\t", key=premiere_ligne.count)


def lire_csv(*, nom: str, contenu: bytes) -> list[LigneLue]:
    """Cut a CSV file into lines.

    Args:
        nom: how the report names the file.
        contenu: its bytes: UTF-8 with or without mark, separated by commas, semicolons or tabs.

    Raises:
        FichierRefuse: nothing of it can be read.
    """
    texte = _texte(contenu)
    premiere = texte.lstrip("\r\n").split("\n", 1)[0]
    lecteur = csv.reader(texte.splitlines(keepends=True), delimiter=_separateur(premiere), strict=True)
    lignes: list[LigneLue] = []
    colonnes: list[str] | None = None
    while True:
        numero = lecteur.line_num + 1
        try:
            cellules = next(lecteur)
        except StopIteration:
            break
        except csv.Error:
            if colonnes is None:
                raise FichierRefuse(_("Ce n'est pas un fichier CSV.")) from None
            defaut = _("La ligne ne se lit pas : un guillemet n'est pas fermé, ou une cellule est trop longue.")
            lignes.append(LigneLue(nom, numero, {}, defaut))
            continue
        if not any(cellule.strip() for cellule in cellules):
            continue
        if colonnes is None:
            colonnes = _en_tete(cellules)
            continue
        defaut = ""
        if any(cellule.strip() for cellule in cellules[len(colonnes) :]):
            defaut = _("La ligne a %(lues)d cellules pour %(attendues)d colonnes : elle est décalée.") % {
                "lues": len(cellules),
                "attendues": len(colonnes),
            }
        lignes.append(LigneLue(nom, numero, {c: v for c, v in zip(colonnes, cellules, strict=False) if c}, defaut))
    if not lignes:
        raise FichierRefuse(_("Le fichier ne contient aucun établissement."))
    return lignes


def lire_fichier(chemin: Path) -> list[LigneLue]:
    """Read the file at `chemin`. Raises `FichierRefuse`, also when it is absent or cannot be opened."""
    try:
        with chemin.open("rb") as source:
            contenu = source.read(TAILLE_MAXIMALE + 1)
    except OSError:
        raise FichierRefuse(
            _("Le fichier « %(nom)s » ne peut pas être ouvert.") % {"nom": apercu(chemin.name)}
        ) from None
    return lire_csv(nom=chemin.name, contenu=contenu)
