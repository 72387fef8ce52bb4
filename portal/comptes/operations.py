"""Opening accounts."""

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from .identifiants import tirer_identifiant
from .models import Utilisateur

_TIRAGES = 20


class PlusDIdentifiant(Exception):
    """Twenty draws in a row were taken: the identifiers are too short for the country."""


def chiffrer_mot_de_passe(mot_de_passe: str) -> str:
    """Return the stored form of a password: slow by design, so done before a transaction holds anything."""
    return make_password(mot_de_passe)


def creer_compte(*, nom: str, prenom: str, empreinte_mot_de_passe: str) -> Utilisateur:
    """Open an account under an issued identifier.

    Args:
        nom: family name.
        prenom: given name.
        empreinte_mot_de_passe: what `chiffrer_mot_de_passe` returned; the password itself was validated before.

    Raises:
        PlusDIdentifiant: no free identifier was found.
    """
    for _tirage in range(_TIRAGES):
        identifiant = tirer_identifiant()
        try:
            with transaction.atomic():
                return Utilisateur.objects.create(
                    username=identifiant, last_name=nom, first_name=prenom, password=empreinte_mot_de_passe
                )
        except IntegrityError:
            if not Utilisateur.objects.filter(username=identifiant).exists():
                raise
    raise PlusDIdentifiant
