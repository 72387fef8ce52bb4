"""The facts of a paper: gathered once, frozen in the register, printed and shown again from there."""

import datetime
import hashlib
import json
import re
from typing import Any

from etablissements.acces.models import Affectation
from etablissements.registre.models import Etablissement
from etablissements.scolarite.inscriptions.models import Eleve, Inscription
from portal.socle.texte import nettoyer

from .autorite import materiel

MINISTERE = {
    "ar": "وزارة التربية الوطنية والتعليم الأولي والرياضة",
    "fr": "Ministère de l’Éducation nationale, du Préscolaire et des Sports",
}
# Who governs and who signs may change without making wrong the papers that are already out.
HORS_EMPREINTE = frozenset({"ministere", "directeur"})
_PARENTHESES = re.compile(r"\s*\([^)]*\)")


def etablir(*, inscription: Inscription, jour: datetime.date) -> dict[str, Any]:
    """Return the facts of an attestation for this enrolment, in both languages, as plain JSON.

    Where a name is known in one script only, both sides carry it. `jour` decides who is the director.
    """
    eleve, classe = inscription.eleve, inscription.classe
    etablissement, niveau = classe.etablissement, classe.niveau
    direction = etablissement.direction
    commune = etablissement.commune
    return {
        "ministere": MINISTERE,
        "academie": _bilingue(direction.academie.nom_long_ar, direction.academie.nom_long_fr),
        "direction": _bilingue(direction.nom_long_ar, direction.nom_long_fr),
        "etablissement": {
            "gresa": etablissement.gresa,
            **_bilingue(etablissement.nom_public_ar, etablissement.nom_public_fr),
        },
        "eleve": {
            "nom": _nom(eleve),
            "code_massar": eleve.code_massar,
            "sexe": eleve.sexe,
            "naissance": eleve.date_naissance.isoformat(),
            "lieu_naissance": _bilingue_ou_rien(eleve.lieu_naissance_ar, eleve.lieu_naissance_fr),
        },
        "niveau": _bilingue(niveau.nom_ar, niveau.nom_fr),
        "filiere": _bilingue(niveau.filiere.nom_ar, niveau.filiere.nom_fr) if niveau.filiere else None,
        "classe": classe.libelle,
        "annee": inscription.annee.libelle,
        "lieu": _bilingue(_PARENTHESES.sub("", commune.nom_ar), _PARENTHESES.sub("", commune.nom_fr)),
        "directeur": _directeur(etablissement, jour),
        "essai": materiel().developpement,
    }


def empreinte(faits: dict[str, Any]) -> str:
    """Return the SHA-256 of the facts that make two papers say the same thing, in hexadecimal."""
    compares = {cle: valeur for cle, valeur in faits.items() if cle not in HORS_EMPREINTE}
    canonique = json.dumps(compares, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonique.encode()).hexdigest()


def _bilingue(ar: str, fr: str) -> dict[str, str]:
    ar, fr = nettoyer(ar), nettoyer(fr)
    return {"ar": ar or fr, "fr": fr or ar}


def _bilingue_ou_rien(ar: str, fr: str) -> dict[str, str] | None:
    return _bilingue(ar, fr) if ar or fr else None


def _nom(eleve: Eleve) -> dict[str, str]:
    """Given name first; the Latin family name in capitals tells which is which."""
    latin = f"{eleve.prenom_fr} {eleve.nom_fr.upper()}" if eleve.nom_fr and eleve.prenom_fr else ""
    arabe = f"{eleve.prenom_ar} {eleve.nom_ar}" if eleve.nom_ar and eleve.prenom_ar else ""
    return _bilingue(arabe, latin)


def _directeur(etablissement: Etablissement, jour: datetime.date) -> str | None:
    """Return the name of the director on that day: the school's own, or that of the school it is a unit of."""
    lieux = [etablissement.pk, etablissement.rattachement_id]
    directions = (
        Affectation.objects.en_cours(jour)
        .filter(role=Affectation.Role.DIRECTEUR, etablissement__in=[lieu for lieu in lieux if lieu])
        .select_related("utilisateur")
        .order_by("-du", "-pk")
    )
    for affectation in sorted(directions, key=lambda a: a.etablissement_id != etablissement.pk):
        if nom := nettoyer(affectation.utilisateur.get_full_name()):
            return nom
    return None
