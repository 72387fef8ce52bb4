"""Giving people their posts."""

import secrets
from dataclasses import dataclass, field

from django.db import transaction

from etablissements.registre.models import Etablissement
from portal.comptes.models import Utilisateur
from portal.comptes.operations import chiffrer_mot_de_passe, creer_compte

from .models import Affectation

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0, 1: it will be copied by hand


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
    *, etablissement: Etablissement, role: str, nom: str, prenom: str, identifiant: str | None = None
) -> AgentCree:
    """Open the post `role` of a school to somebody, with an account if needed. Doing it again changes nothing.

    Without `identifiant`, whoever holds this post under this very name is taken for the same person.

    Args:
        etablissement: the school.
        role: a value of `Affectation.Role`.
        nom: family name.
        prenom: given name.
        identifiant: user name of an account that exists.

    Raises:
        Utilisateur.DoesNotExist: no account has this user name.
    """
    ouvertes = Affectation.objects.en_cours().filter(etablissement=etablissement, role=role, au=None)
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
            Affectation.objects.create(utilisateur=utilisateur, role=role, etablissement=etablissement)
    return AgentCree(utilisateur.username, mot_de_passe, affectation_nouvelle=nouvelle)
