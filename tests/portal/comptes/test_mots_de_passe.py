"""A password is not the person who chose it."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from portal.comptes.models import Utilisateur

PERSONNE = Utilisateur(username="5494395816", first_name="فاطمة", last_name="أمزيان")


@pytest.mark.parametrize("mot_de_passe", ["فاطمة أمزيان12", "5494395816ab", "فاطمة أمزيان"])
def test_ni_le_nom_entier_ni_l_identifiant(mot_de_passe: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(mot_de_passe, user=PERSONNE)


def test_une_phrase_convient() -> None:
    validate_password("argane-tiznit-2026", user=PERSONNE)
