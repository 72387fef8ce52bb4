"""The people of the invented country who write on its sites. Nobody knows their passwords."""

from collections.abc import Iterable, Sequence
from random import Random

from django.contrib.auth.hashers import make_password

from etablissements.acces.models import Affectation
from etablissements.registre.models import Academie, Direction, Etablissement
from portal.comptes.models import Utilisateur

from .tirage import lire, tirage

PREFIXE = "pays"
PART_DE_REDACTEURS = 0.5


def identifiant(role: str, portee: str = "") -> str:
    """Return the user name of who holds `role` in `portee`: `pays-directeur-40000c`, `pays-ministere`."""
    return "-".join(filter(None, (PREFIXE, role, portee.lower())))


def _agent(nom: str, hasard: Random) -> Utilisateur:
    prenom, famille = hasard.choice(lire("prenoms.csv")), hasard.choice(lire("noms.csv"))
    return Utilisateur(
        username=nom, first_name=prenom["prenom_ar"], last_name=famille["nom_ar"], password=make_password(None)
    )


def _nommer(postes: Iterable[tuple[str, str, dict[str, object]]], *, graine: int) -> None:
    """Write people at posts: role, what names the scope, fields of the scope."""
    affectations = []
    for role, portee, champs in postes:
        nom = identifiant(role, portee)
        agent = _agent(nom, tirage(graine, "agent", nom))
        affectations.append(Affectation(utilisateur=agent, role=role, **champs))
    Utilisateur.objects.bulk_create([affectation.utilisateur for affectation in affectations])
    Affectation.objects.bulk_create(affectations)


def nommer_les_editeurs(ecoles: Sequence[Etablissement], *, graine: int) -> None:
    """Give each school a director, and an editor to half of them."""
    postes: list[tuple[str, str, dict[str, object]]] = []
    for ecole in ecoles:
        roles = ["directeur"]
        if tirage(graine, "redacteur", ecole.gresa).random() < PART_DE_REDACTEURS:
            roles.append("redacteur")
        postes += [(role, ecole.gresa, {"etablissement": ecole}) for role in roles]
    _nommer(postes, graine=graine)


def nommer_les_communicateurs(*, graine: int) -> None:
    """Give each direction, each academy and the ministry somebody who speaks for it, once."""
    postes: list[tuple[str, str, dict[str, object]]] = [("ministere", "", {})]
    postes += [("communicateur", academie.code, {"academie": academie}) for academie in Academie.objects.all()]
    postes += [("communicateur", direction.code, {"direction": direction}) for direction in Direction.objects.all()]
    noms = [identifiant(role, portee) for role, portee, _champs in postes]
    connus = set(Utilisateur.objects.filter(username__in=noms).values_list("username", flat=True))
    _nommer((poste for poste in postes if identifiant(*poste[:2]) not in connus), graine=graine)
