"""Opening accounts."""

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.db import IntegrityError

from portal.comptes import operations
from portal.comptes.hacheurs import Argon2id
from portal.comptes.models import Utilisateur
from portal.comptes.operations import PlusDIdentifiant, chiffrer_mot_de_passe, creer_compte

pytestmark = pytest.mark.django_db


def test_un_compte_sans_courriel_ni_telephone() -> None:
    compte = creer_compte(nom="N", prenom="P", empreinte_mot_de_passe=chiffrer_mot_de_passe("olivier-cedre-argane"))
    assert compte.check_password("olivier-cedre-argane")
    assert (compte.last_name, compte.first_name, compte.email) == ("N", "P", "")
    assert not compte.is_staff
    assert not compte.is_superuser


def test_un_identifiant_pris_est_tire_de_nouveau(monkeypatch) -> None:
    tirages = iter(["1000000008", "1000000008", "1000000016"])
    monkeypatch.setattr(operations, "tirer_identifiant", lambda: next(tirages))
    assert creer_compte(nom="N", prenom="P", empreinte_mot_de_passe="!").username == "1000000008"
    assert creer_compte(nom="N", prenom="P", empreinte_mot_de_passe="!").username == "1000000016"


def test_quand_tout_est_pris_c_est_dit(monkeypatch) -> None:
    monkeypatch.setattr(operations, "tirer_identifiant", lambda: "1000000008")
    creer_compte(nom="N", prenom="P", empreinte_mot_de_passe="!")
    with pytest.raises(PlusDIdentifiant):
        creer_compte(nom="N", prenom="P", empreinte_mot_de_passe="!")
    assert Utilisateur.objects.count() == 1


def test_une_autre_faute_de_la_base_n_est_pas_cachee(monkeypatch) -> None:
    def echouer(**_champs):
        raise IntegrityError

    monkeypatch.setattr(Utilisateur.objects, "create", echouer)
    with pytest.raises(IntegrityError):
        creer_compte(nom="N", prenom="P", empreinte_mot_de_passe="!")


def test_en_production_argon2id(settings) -> None:
    from portal.settings.base import PASSWORD_HASHERS

    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    empreinte = chiffrer_mot_de_passe("olivier-cedre-argane")
    assert isinstance(identify_hasher(empreinte), Argon2id)
    assert empreinte.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
