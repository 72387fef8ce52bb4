"""Giving people their posts."""

import secrets
from dataclasses import dataclass, field

from django.db import transaction

from etablissements.registre.models import Academie, Direction, Etablissement
from portal.comptes.models import Utilisateur
from portal.comptes.operations import chiffrer_mot_de_passe, creer_compte

from .models import Affectation

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0, 1: it will be copied by hand


class PorteeImpossible(ValueError):
    """A role was asked on a scope that it does not have, such as a director of a direction."""


@dataclass(frozen=True)
class AgentCree:
    """Somebody at a post.

    Attributes:
        identifiant: user name.
        mot_de_passe: the first password, to be changed; None when the account existed.
        affectation_nouvelle: False when the post was held already.
    """

    identifiant: str
    mot_de_passe: str | None = field(repr=False)
    affectation_nouvelle: bool


def affecter_agent(
    *,
    role: str,
    nom: str,
    prenom: str,
    etablissement: Etablissement | None = None,
    direction: Direction | None = None,
    academie: Academie | None = None,
    identifiant: str | None = None,
) -> AgentCree:
    """Open the post `role` of a scope to somebody, with an account if needed. Doing it again changes nothing.

    Without `identifiant`, whoever holds this post under this very name is taken for the same person.

    Args:
        role: a value of `Affectation.Role`.
        nom: family name.
        prenom: given name.
        etablissement: the school of the post.
        direction: or its direction.
        academie: or its academy; none of the three for the country.
        identifiant: user name of an account that exists.

    Raises:
        PorteeImpossible: this role has no such scope.
        Utilisateur.DoesNotExist: no account has this user name.
    """
    portee = {"etablissement": etablissement, "direction": direction, "academie": academie}
    donnees = {nom_du_champ for nom_du_champ, valeur in portee.items() if valeur is not None}
    permises = Affectation.PORTEES[role]
    if len(donnees) != (1 if permises else 0) or not donnees <= set(permises):
        raise PorteeImpossible
    ouvertes = Affectation.objects.en_cours().filter(**portee, role=role, au=None)
    mot_de_passe = None
    with transaction.atomic():
        if identifiant is not None:
            utilisateur = Utilisateur.objects.select_for_update().get(username=identifiant)
        else:
            meme_nom = ouvertes.filter(utilisateur__last_name=nom, utilisateur__first_name=prenom)
            tenue = meme_nom.select_related("utilisateur").first()
            if tenue:
                return AgentCree(tenue.utilisateur.username, None, affectation_nouvelle=False)
            mot_de_passe = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
            utilisateur = creer_compte(
                nom=nom, prenom=prenom, empreinte_mot_de_passe=chiffrer_mot_de_passe(mot_de_passe)
            )
        nouvelle = not ouvertes.filter(utilisateur=utilisateur).exists()
        if nouvelle:
            Affectation.objects.create(utilisateur=utilisateur, role=role, **portee)
    return AgentCree(utilisateur.username, mot_de_passe, affectation_nouvelle=nouvelle)
