"""Turns the cells of a line into a typed record of a school, or says everything that is wrong with it."""

import datetime
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.socle.texte import apercu, chiffres_latins, nettoyer, normaliser

from ..gresa import code_valide, lettre_de_controle
from ..models import Commune, Cycle, Direction, Dotation, Etablissement
from .lecture import LigneLue

_GRESA = re.compile(r"[0-9]{5}[A-Z]")
_DIRECTION = re.compile(r"([0-9]{1,2})\.([0-9]{3}(?:\.[0-9])?)")
_TELEPHONE = re.compile(r"[+0-9][0-9 ().-]{5,19}")
_PARENTHESE = re.compile(r"\([^)]*\)")
_LATIN, _ARABE = re.compile(r"[A-Za-zÀ-ÿ]"), re.compile(r"[\u0600-\u06ff]")
NOMBRE_MAXIMAL = 10_000  # of one kind of equipment in one school
SUPERIEURS = frozenset({"cpge", "bts"})  # they sit in lycées and do not make one
OUI, NON = frozenset({"oui", "نعم", "1", "true"}), frozenset({"non", "لا", "0", "false"})
UNITES = frozenset({Etablissement.Type.SATELLITE, Etablissement.Type.ANNEXE})

Valeur = str | bool | datetime.date | None


@dataclass(frozen=True)
class Fiche:
    """What a valid line says of a school.

    Attributes:
        gresa: the code, verified.
        champs: plain values by field name of `Etablissement`, foreign keys as `…_id`.
        cycles: codes of the cycles, lowest first.
        rattachement: code of the school of which this one is a unit, or empty.
        dotations: number by kind; None when the file has no such column.
        successeur: code of the school that took this one over, empty for none; None when the file does not say.
    """

    ligne: LigneLue
    gresa: str
    champs: dict[str, Valeur]
    cycles: tuple[str, ...]
    rattachement: str
    dotations: dict[str, int] | None
    successeur: str | None


class LigneRefusee(Exception):
    """The line is refused for the reasons in `motifs`, each a translated sentence."""

    def __init__(self, motifs: list[str], objet: str = "") -> None:
        super().__init__(*motifs)
        self.motifs, self.objet = motifs, objet


def lire_gresa(texte: str) -> str:
    """Return the code written in `texte`. Raises `ValueError` with a translated reason."""
    code = chiffres_latins(texte).replace(" ", "").upper()
    if not _GRESA.fullmatch(code):
        raise ValueError(
            _("Le code GRESA « %(code)s » doit avoir cinq chiffres et une lettre.") % {"code": apercu(texte)}
        )
    if not code_valide(code):
        raise ValueError(
            _("La lettre de contrôle du code GRESA %(code)s est fausse : ce devrait être %(lettre)s.")
            % {"code": code, "lettre": lettre_de_controle(int(code[:5]))}
        )
    return code


def cycle_principal(cycles: tuple[str, ...]) -> str:
    """Return the highest of `cycles` (given lowest first), CPGE and BTS only when alone; empty when there is none."""
    return next((code for code in reversed(cycles) if code not in SUPERIEURS), cycles[-1] if cycles else "")


class Referentiel:
    """The nomenclatures, read once per import, under every name that a file may give them."""

    @cached_property
    def types(self) -> dict[str, str]:
        """Type of school by normalised value or label, in either language."""
        noms = {normaliser(valeur): valeur for valeur in Etablissement.Type.values}
        for langue in ("fr", "ar"):
            with translation.override(langue):
                noms |= {normaliser(str(libelle)): valeur for valeur, libelle in Etablissement.Type.choices}
        return noms

    @cached_property
    def cycles(self) -> dict[str, Cycle]:
        """Cycle by normalised code or name."""
        noms: dict[str, Cycle] = {}
        for cycle in Cycle.objects.all():
            noms |= {normaliser(nom): cycle for nom in (cycle.code, cycle.nom_fr, cycle.nom_ar)}
        return noms

    @cached_property
    def directions(self) -> frozenset[str]:
        """The codes of the directions."""
        return frozenset(Direction.objects.values_list("code", flat=True))

    @cached_property
    def communes(self) -> dict[str, str]:
        """Direction of each commune, by code."""
        return dict(Commune.objects.values_list("code", "direction_id"))

    @cached_property
    def communes_nommees(self) -> dict[tuple[str, str], set[str]]:
        """Codes of the communes by direction and normalised name in either script."""
        noms: dict[tuple[str, str], set[str]] = defaultdict(set)
        for code, direction, nom_fr, nom_ar in Commune.objects.values_list("code", "direction_id", "nom_fr", "nom_ar"):
            noms[direction, normaliser(nom_fr)].add(code)
            noms[direction, normaliser(nom_ar)].add(code)
        return noms


class _Lecteur:
    """Reads the cells of one line, gathering what is wrong."""

    def __init__(self, ligne: LigneLue, referentiel: Referentiel) -> None:
        self.ligne, self.referentiel = ligne, referentiel
        self.motifs: list[str] = []

    def cellule(self, nom: str) -> str:
        return nettoyer(self.ligne.cellules.get(nom, ""))

    def tenter(self, lecture: Callable[[], str]) -> str:
        try:
            return lecture()
        except ValueError as erreur:
            self.motifs.append(str(erreur))
            return ""

    def nom(self, colonne: str, ecriture: re.Pattern[str]) -> str:
        texte = self.texte(colonne)
        if not texte:
            raise ValueError(_("La colonne %(colonne)s est vide.") % {"colonne": colonne})
        if not ecriture.search(texte) or texte[0] in "=+-@":
            raise ValueError(
                _("La colonne %(colonne)s ne contient pas un nom : « %(texte)s ».")
                % {"colonne": colonne, "texte": apercu(texte)}
            )
        return texte

    def texte(self, colonne: str) -> str:
        texte = self.cellule(colonne)
        longueur = Etablissement._meta.get_field(colonne).max_length
        if longueur and len(texte) > longueur:
            raise ValueError(
                _("La colonne %(colonne)s dépasse %(longueur)d caractères.")
                % {"colonne": colonne, "longueur": longueur}
            )
        if any(unicodedata.category(caractere) == "Cc" for caractere in texte):
            raise ValueError(
                _("La colonne %(colonne)s contient des caractères qui ne s'impriment pas.") % {"colonne": colonne}
            )
        return texte

    def type(self) -> str:
        texte = self.cellule("type")
        if not (trouve := self.referentiel.types.get(normaliser(texte))):
            raise ValueError(_("Le type « %(texte)s » est inconnu.") % {"texte": apercu(texte)})
        return trouve

    def cycles(self) -> tuple[str, ...]:
        trouves: set[Cycle] = set()
        textes = [texte for texte in re.split(r"[;,،|]", self.cellule("cycles")) if texte.strip()]
        for texte in textes:
            if cycle := self.referentiel.cycles.get(normaliser(texte)):
                trouves.add(cycle)
            else:
                self.motifs.append(_("Le cycle « %(texte)s » est inconnu.") % {"texte": apercu(texte)})
        if not textes:
            self.motifs.append(_("La colonne %(colonne)s est vide.") % {"colonne": "cycles"})
        return tuple(cycle.code for cycle in sorted(trouves, key=lambda cycle: cycle.ordre))

    def direction(self) -> str:
        texte = chiffres_latins(self.cellule("direction"))
        forme = _DIRECTION.fullmatch(texte)
        code = f"{int(forme[1]):02d}.{forme[2]}" if forme else texte
        if code not in self.referentiel.directions:
            raise ValueError(_("La direction « %(texte)s » est inconnue.") % {"texte": apercu(texte)})
        return code

    def commune(self, direction: str) -> str:
        if not direction:
            return ""  # its own refusal says enough
        if code := chiffres_latins(self.cellule("commune")):
            connue = self.referentiel.communes.get(code)
            if connue == direction:
                return code
            if connue:
                raise ValueError(
                    _("La commune %(code)s est de la direction %(autre)s, pas de la direction %(direction)s.")
                    % {"code": code, "autre": connue, "direction": direction}
                )
            raise ValueError(_("La commune « %(texte)s » est inconnue.") % {"texte": apercu(code)})
        noms = [self.cellule("commune_fr"), self.cellule("commune_ar")]
        trouvees = [
            self.referentiel.communes_nommees.get((direction, normaliser(_PARENTHESE.sub("", nom))), set())
            for nom in noms
            if nom
        ]
        codes = set.intersection(*(reponse for reponse in trouvees if reponse)) if any(trouvees) else set()
        if len(codes) != 1:
            raise ValueError(
                _("La commune « %(texte)s » est inconnue dans la direction %(direction)s.")
                % {"texte": apercu(noms[0] or noms[1]), "direction": direction}
            )
        return codes.pop()

    def telephone(self) -> str:
        texte = chiffres_latins(self.cellule("telephone"))
        if texte and not _TELEPHONE.fullmatch(texte):
            raise ValueError(_("Le téléphone « %(texte)s » n'en est pas un.") % {"texte": apercu(texte)})
        return texte

    def courriel(self) -> str:
        texte = self.texte("courriel")
        try:
            if texte:
                validate_email(texte)
        except ValidationError:
            raise ValueError(_("L'adresse « %(texte)s » n'en est pas une.") % {"texte": apercu(texte)}) from None
        return texte

    def dotations(self) -> dict[str, int] | None:
        if "dotations" not in self.ligne.cellules:
            return None
        trouvees: dict[str, int] = {}
        for morceau in filter(None, (texte.strip() for texte in self.cellule("dotations").split(";"))):
            genre, _egal, nombre = morceau.partition("=")
            genre, nombre = normaliser(genre), chiffres_latins(nombre.strip() or "1")
            connu = genre in Dotation.Genre.values and genre not in trouvees
            if not connu or not nombre.isascii() or not nombre.isdigit() or int(nombre) > NOMBRE_MAXIMAL:
                self.motifs.append(_("La dotation « %(texte)s » ne se lit pas.") % {"texte": apercu(morceau)})
            else:
                trouvees[genre] = int(nombre)
        return trouvees

    def rattachement(self, gresa: str, genre: str) -> str:
        texte = self.cellule("rattachement")
        if not texte:
            if genre in UNITES:
                raise ValueError(
                    _("Une école satellite ou une annexe doit nommer son établissement (colonne rattachement).")
                )
            return ""
        code = lire_gresa(texte)
        if code == gresa:
            raise ValueError(_("L'établissement est rattaché à lui-même."))
        return code

    def ouvert(self) -> bool | None:
        """Whether the school is open; None when the file does not say."""
        texte = normaliser(self.cellule("ouvert"))
        if not texte:
            return None
        if texte not in OUI | NON:
            self.motifs.append(
                _("La colonne ouvert dit « oui » ou « non », pas « %(texte)s ».") % {"texte": apercu(texte)}
            )
            return None
        return texte in OUI

    def ferme_le(self) -> datetime.date | None:
        """The day on which the school closed; None when the file does not say."""
        texte = self.cellule("ferme_le")
        try:
            jour = datetime.date.fromisoformat(chiffres_latins(texte)) if texte else None
        except ValueError:
            motif = _("La date de fermeture « %(texte)s » ne se lit pas : écrivez 2026-07-31.")
            self.motifs.append(motif % {"texte": apercu(texte)})
            return None
        if jour and jour > timezone.localdate():
            self.motifs.append(_("La date de fermeture est à venir : l'établissement est encore ouvert."))
        return jour

    def fermeture(self, gresa: str) -> tuple[bool | None, str | None]:
        """Whether the school is open, and the code of its successor; None for what the file does not say."""
        ouvert = self.ouvert()
        if self.cellule("ferme_le"):  # a day closes the school, as a successor does
            if ouvert:
                self.motifs.append(_("Une école ouverte n'a pas de date de fermeture : videz l'une des deux colonnes."))
            ouvert = False
        if "successeur" not in self.ligne.cellules:
            return ouvert, "" if ouvert else None
        if not (texte := self.cellule("successeur")):
            return ouvert, ""
        code = self.tenter(lambda: lire_gresa(texte))
        if code and code == gresa:
            self.motifs.append(_("L'établissement est son propre successeur."))
        if ouvert:
            self.motifs.append(
                _("Une école ouverte n'a pas de successeur : écrivez « non » dans la colonne ouvert, ou videz l'autre.")
            )
        return False, code  # a school that was taken over is closed


def valider(ligne: LigneLue, referentiel: Referentiel) -> Fiche:
    """Check one line. Raises `LigneRefusee` with every reason at once."""
    lecteur = _Lecteur(ligne, referentiel)
    if ligne.defaut:
        raise LigneRefusee([ligne.defaut])
    gresa = lecteur.tenter(lambda: lire_gresa(lecteur.cellule("gresa")))
    genre = lecteur.tenter(lecteur.type)
    cycles = lecteur.cycles()
    direction = lecteur.tenter(lecteur.direction)
    champs: dict[str, Valeur] = {
        "nom_fr": lecteur.tenter(lambda: lecteur.nom("nom_fr", _LATIN)),
        "nom_ar": lecteur.tenter(lambda: lecteur.nom("nom_ar", _ARABE)),
        "type": genre,
        "direction_id": direction,
        "commune_id": lecteur.tenter(lambda: lecteur.commune(direction)),
        "cycle_principal_id": cycle_principal(cycles),
    }
    rattachement = lecteur.tenter(lambda: lecteur.rattachement(gresa, genre))
    facultatifs: dict[str, Callable[[], str]] = {
        "adresse_fr": lambda: lecteur.texte("adresse_fr"),
        "adresse_ar": lambda: lecteur.texte("adresse_ar"),
        "telephone": lecteur.telephone,
        "courriel": lecteur.courriel,
    }
    for nom, lecture in facultatifs.items():
        if nom in ligne.cellules:
            champs[nom] = lecteur.tenter(lecture)
    dotations = lecteur.dotations()
    ouvert, successeur = lecteur.fermeture(gresa)
    if ouvert is not None:
        champs["ouvert"] = ouvert
    if ouvert or "ferme_le" in ligne.cellules:
        champs["ferme_le"] = None if ouvert else lecteur.ferme_le()
    if lecteur.motifs:
        raise LigneRefusee(lecteur.motifs, gresa)
    return Fiche(ligne, gresa, champs, cycles, rattachement, dotations, successeur)
