"""Who may manage guardianships, where, and when."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from etablissements.acces.models import Affectation
from etablissements.acces.perms import ou_gerer_les_tutelles
from etablissements.acces.requetes import etablissements_ou
from tests.fabriques import creer_affectation, creer_etablissement, creer_tuteur, creer_utilisateur

pytestmark = pytest.mark.django_db
AUJOURDHUI = datetime.date(2026, 11, 24)


@pytest.mark.parametrize("role", ["directeur", "secretaire"])
def test_son_ecole_et_pas_l_autre(role: str) -> None:
    mienne, autre = creer_etablissement(), creer_etablissement()
    moi = creer_affectation(etablissement=mienne, role=role).utilisateur_id
    lui = creer_affectation(etablissement=autre, role=role).utilisateur_id
    assert list(ou_gerer_les_tutelles(utilisateur_id=moi)) == [mienne]
    assert list(ou_gerer_les_tutelles(utilisateur_id=lui)) == [autre]


def test_avec_ses_unites_et_sans_celle_dont_elle_depend() -> None:
    centre = creer_etablissement()
    satellite = creer_etablissement(rattachement=centre)
    du_centre = creer_affectation(etablissement=centre).utilisateur_id
    du_satellite = creer_affectation(etablissement=satellite).utilisateur_id
    assert set(ou_gerer_les_tutelles(utilisateur_id=du_centre)) == {centre, satellite}
    assert set(ou_gerer_les_tutelles(utilisateur_id=du_satellite)) == {satellite}


def test_deux_ecoles_a_la_fois() -> None:
    une, deux = creer_etablissement(), creer_etablissement()
    agent = creer_affectation(etablissement=une).utilisateur
    creer_affectation(etablissement=deux, utilisateur=agent, role="secretaire")
    assert set(ou_gerer_les_tutelles(utilisateur_id=agent.pk)) == {une, deux}


@pytest.mark.parametrize(
    ("du", "au", "ouvert"),
    [
        ("2026-11-24", None, True),
        ("2026-11-25", None, False),
        ("2020-09-01", "2026-11-24", True),
        ("2020-09-01", "2026-11-23", False),
    ],
)
def test_du_premier_au_dernier_jour(du: str, au: str | None, ouvert: bool) -> None:
    agent = creer_affectation(
        du=datetime.date.fromisoformat(du), au=datetime.date.fromisoformat(au) if au else None
    ).utilisateur_id
    ecoles = etablissements_ou(utilisateur_id=agent, roles={"directeur"}, jour=AUJOURDHUI)
    assert ecoles.exists() is ouvert


def test_un_autre_role_n_ouvre_pas() -> None:
    agent = creer_affectation(role="secretaire").utilisateur_id
    assert not etablissements_ou(utilisateur_id=agent, roles={"directeur"}).exists()


def test_personne_d_autre() -> None:
    creer_affectation()
    desactive = creer_affectation().utilisateur
    desactive.is_active = False
    desactive.save()
    for autre in (
        desactive.pk,
        creer_utilisateur().pk,
        creer_utilisateur(is_superuser=True, is_staff=True).pk,
        creer_tuteur().utilisateur_id,
    ):
        assert not ou_gerer_les_tutelles(utilisateur_id=autre).exists()


def test_la_gestion_s_ouvre_au_personnel_seulement() -> None:
    assert creer_affectation().utilisateur.has_perm("wagtailadmin.access_admin")
    for autre in (creer_utilisateur(), creer_tuteur().utilisateur):
        assert not autre.has_perm("wagtailadmin.access_admin")
    assert not creer_affectation().utilisateur.has_perm("wagtailimages.add_image")


def test_la_base_refuse_deux_fois_le_meme_poste_ouvert() -> None:
    affectation = creer_affectation()
    with pytest.raises(IntegrityError), transaction.atomic():
        Affectation.objects.create(
            utilisateur=affectation.utilisateur, role="directeur", etablissement=affectation.etablissement
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        creer_affectation(du=AUJOURDHUI, au=AUJOURDHUI - datetime.timedelta(days=1))
