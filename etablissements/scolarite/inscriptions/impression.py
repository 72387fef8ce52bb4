"""Slips on paper: one PDF per batch, put in place so that neither a file without slips nor slips without file remain.

The PDF is first written under a hidden name that holds the beginning of the hash of one of its slips; then the slips
are registered; then the file takes its name. A process killed on the way leaves the hidden file: the next printing
finds it, and finishes the renaming if the slips were registered, or else deletes it.
"""

import fcntl
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from etablissements.scolarite.documents.qr import qr_svg
from etablissements.scolarite.documents.rendu import composer

from .bordereaux import BordereauPrepare, Lot, inscrire_lot, lot_inscrit
from .codes import grouper

GABARIT = "bordereaux"
_PREFIXE = 16
_PARTIEL = re.compile(rf"\.(?P<nom>.+)\.(?P<empreinte>[0-9a-f]{{{_PREFIXE}}})\.partiel")


def adresse_activation(*, code_massar: str = "", code_bordereau: str = "") -> str:
    """Return the address where a slip is used; with both codes, that of its QR code.

    The codes are in the fragment, which browsers keep for themselves: no server or proxy ever logs it.
    """
    adresse = f"{settings.URL_PUBLIQUE}/activation/"
    return f"{adresse}#{code_massar}.{code_bordereau}" if code_massar else adresse


def composer_bordereaux(lot: Lot, *, apres_bordereau: Callable[[], object] = lambda: None) -> bytes:
    """Typeset the slips of a batch, four to an A4 page, and return the PDF.

    `apres_bordereau` is called once for each slip, to show progress.
    """
    ecole = lot.etablissement
    bordereaux = []
    for bordereau in lot.bordereaux:
        bordereaux.append(_donnees(bordereau))
        apres_bordereau()
    donnees: dict[str, object] = {
        "etablissement": {"ar": ecole.nom_public_ar, "fr": ecole.nom_public_fr, "gresa": ecole.gresa},
        "annee": lot.annee,
        "dernier_jour": lot.dernier_jour.isoformat(),
        "adresse": adresse_activation(),
        "bordereaux": bordereaux,
    }
    return composer(gabarit=GABARIT, donnees=donnees, titre="قسائم التفعيل - Bordereaux d'activation")


def _donnees(bordereau: BordereauPrepare) -> dict[str, object]:
    eleve = bordereau.eleve
    nom_ar = f"{eleve.prenom_ar} {eleve.nom_ar}".strip()
    nom_fr = f"{eleve.prenom_fr} {eleve.nom_fr}".strip()
    return {
        "nom": {"ar": nom_ar or nom_fr, "fr": nom_fr or nom_ar},
        "fille": eleve.sexe == eleve.Sexe.FILLE,
        "classe": bordereau.classe,
        "rang": bordereau.rang,
        "code_massar": eleve.code_massar,
        "code": grouper(bordereau.code),
        "qr": qr_svg(adresse_activation(code_massar=eleve.code_massar, code_bordereau=bordereau.code)),
    }


@contextmanager
def dossier_reserve(dossier: Path) -> Iterator[list[Path]]:
    """Keep `dossier` for one printing at a time, after finishing those that were killed there.

    Yields:
        The files put in place late: their slips were registered and a kill came before the renaming.
    """
    dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
    verrou = os.open(dossier / ".verrou", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        yield _reprendre(dossier)
    finally:
        os.close(verrou)


def _reprendre(dossier: Path) -> list[Path]:
    repris = []
    for reste in sorted(dossier.glob(".*.partiel")):
        if not (trouve := _PARTIEL.fullmatch(reste.name)):
            continue
        if lot_inscrit(trouve["empreinte"]):
            repris.append(_mettre_en_place(reste, dossier / trouve["nom"]))
        else:
            reste.unlink()
    return repris


def publier_lot(lot: Lot, pdf: bytes, destination: Path) -> None:
    """Register the slips of `lot` and put their PDF at `destination`, readable by its owner alone.

    Inside `dossier_reserve(destination.parent)`.

    Raises:
        LotPerime: somebody got or used a slip since the batch was prepared; nothing is written.
    """
    empreinte = lot.bordereaux[0].empreinte[:_PREFIXE]
    provisoire = destination.with_name(f".{destination.name}.{empreinte}.partiel")
    descripteur = os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descripteur, "wb") as sortie:
            sortie.write(pdf)
            sortie.flush()
            os.fsync(sortie.fileno())
        _synchroniser(destination.parent)
        inscrire_lot(lot)
    except BaseException:
        if not lot_inscrit(empreinte):
            provisoire.unlink(missing_ok=True)
        raise
    _mettre_en_place(provisoire, destination)


def _mettre_en_place(provisoire: Path, destination: Path) -> Path:
    os.replace(provisoire, destination)
    _synchroniser(destination.parent)
    return destination


def _synchroniser(dossier: Path) -> None:
    """Make the names of a folder outlive a power cut."""
    descripteur = os.open(dossier, os.O_RDONLY)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)
