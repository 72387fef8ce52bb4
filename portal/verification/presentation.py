"""What the page shows of a paper: the same lines, in the same order, in both languages."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from etablissements.scolarite.api import Papier, Texte


@dataclass(frozen=True)
class Ligne:
    """One line of the paper.

    Attributes:
        libelle: what it is.
        valeurs: `(language, text)`, the reader's language first, the other when it differs. The language is empty for
            a code or a number, which belongs to none and is written left to right.
    """

    libelle: str | Promise
    valeurs: tuple[tuple[str, str], ...]


def _code(libelle: str | Promise, valeur: str) -> Ligne:
    return Ligne(libelle, (("", valeur),))


def _texte(libelle: str | Promise, texte: Texte) -> Ligne:
    versions = {"ar": texte.ar, "fr": texte.fr}
    premiere = get_language() if get_language() in versions else "ar"
    ordre = sorted(versions, key=lambda langue: langue != premiere)
    # A name known in one script stands alone: its letters say which language it is in.
    if texte.ar == texte.fr:
        return Ligne(libelle, ((langue_de(texte.ar), texte.ar),))
    return Ligne(libelle, tuple((langue, versions[langue]) for langue in ordre))


def langue_de(texte: str) -> str:
    """Return `ar` for a text with Arabic letters, else `fr`."""
    return "ar" if any("\u0600" <= lettre <= "\u06ff" for lettre in texte) else "fr"


def _date_et_lieu(papier: Papier) -> Ligne:
    date = date_format(papier.naissance, "DATE_FORMAT")
    ligne = Ligne(_("Date de naissance"), ((get_language() or "ar", date),))
    if papier.lieu_naissance is None:
        return ligne
    lieu = _texte("", papier.lieu_naissance)
    return Ligne(_("Date et lieu de naissance"), (*ligne.valeurs, *lieu.valeurs))


def _lignes_eleve(papier: Papier) -> list[Ligne]:
    """Who the paper speaks of, and what it certifies."""
    lignes = [
        _texte(_("Nom complet"), papier.nom),
        _code(_("Code Massar"), papier.code_massar),
        _date_et_lieu(papier),
        _texte(_("Niveau"), papier.niveau),
    ]
    if papier.filiere:
        lignes.append(_texte(_("Filière"), papier.filiere))
    return [*lignes, _code(_("Classe"), papier.classe), _code(_("Année scolaire"), papier.annee)]


def _lignes_emetteur(papier: Papier) -> list[Ligne]:
    """Who issued it, where and when."""
    lignes = [
        _texte(_("Établissement"), papier.etablissement),
        _code(_("Code GRESA"), papier.gresa),
        _texte(_("Direction provinciale"), papier.direction),
        _texte(_("Académie"), papier.academie),
        _texte(_("Ministère"), papier.ministere),
        _texte(_("Délivré à"), papier.lieu),
        Ligne(_("Délivré le"), ((get_language() or "ar", date_format(papier.jour, "DATE_FORMAT")),)),
    ]
    if papier.directeur:
        lignes.append(Ligne(_("Direction de l'établissement"), ((langue_de(papier.directeur), papier.directeur),)))
    return lignes


def _lignes_papier(papier: Papier) -> list[Ligne]:
    """How the paper is known."""
    return [_code(_("Numéro"), papier.numero), _code(_("Identifiant"), papier.id_groupe)]


def groupes_de_lignes(papier: Papier) -> list[tuple[Promise, list[Ligne]]]:
    """Everything the paper shows, in three titled groups."""
    return [
        (_("Le document"), _lignes_papier(papier)),
        (_("L'élève"), _lignes_eleve(papier)),
        (_("Qui l'a délivré"), _lignes_emetteur(papier)),
    ]
