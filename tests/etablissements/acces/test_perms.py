"""Who may manage guardianships, where, and when."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from etablissements.acces.models import Affectation
from etablissements.acces.perms import PUBLIENT, REDIGENT, VOIENT, ou_gerer_les_tutelles
from etablissements.acces.requetes import etablissements_atteints, etablissements_ou
from etablissements.registre.models import Academie, Direction
from tests.fabriques import creer_affectation, creer_etablissement, creer_tuteur, creer_utilisateur
from tests.fabriques.registre import MARRAKECH, TIZNIT

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


@pytest.fixture
def pays():
    """Two schools of one direction, one of another academy."""
    return (
        creer_etablissement(direction=TIZNIT),
        creer_etablissement(direction=TIZNIT),
        creer_etablissement(direction=MARRAKECH),
    )


def portees(pays) -> dict[str, dict]:
    return {
        "ecole": {"etablissement": pays[0]},
        "direction": {"direction": Direction.objects.get(pk=TIZNIT)},
        "academie": {"academie": Academie.objects.get(directions=TIZNIT)},
        "pays": {},
    }


@pytest.mark.parametrize(
    ("role", "portee", "voit", "redige", "publie"),
    [
        ("directeur", "ecole", 1, 1, 1),
        ("redacteur", "ecole", 1, 1, 0),
        ("secretaire", "ecole", 1, 0, 0),
        ("communicateur", "direction", 2, 2, 2),
        ("communicateur", "academie", 2, 2, 2),
        ("ministere", "pays", 3, 3, 3),
    ],
)
def test_chaque_role_atteint_ce_qui_est_sous_son_noeud(role, portee, voit, redige, publie, pays) -> None:
    agent = creer_affectation(role=role, **portees(pays)[portee]).utilisateur_id
    for roles, nombre in ((VOIENT, voit), (REDIGENT, redige), (PUBLIENT, publie)):
        assert list(etablissements_atteints(utilisateur_id=agent, roles=roles)) == list(pays[:nombre])


def test_les_ecoles_viennent_en_une_requete_quel_que_soit_leur_nombre(pays, django_assert_num_queries) -> None:
    agent = creer_affectation(role="communicateur", **portees(pays)["direction"]).utilisateur_id
    for _fois in range(2):
        with django_assert_num_queries(2):  # the posts, then the schools
            list(etablissements_atteints(utilisateur_id=agent, roles=PUBLIENT))
        creer_etablissement(direction=TIZNIT)


def test_hors_de_l_ecole_on_ne_gere_pas_de_tutelle(pays) -> None:
    for role, portee in (("communicateur", "direction"), ("communicateur", "academie"), ("ministere", "pays")):
        agent = creer_affectation(role=role, **portees(pays)[portee]).utilisateur_id
        assert not ou_gerer_les_tutelles(utilisateur_id=agent).exists()


@pytest.mark.parametrize("role", list(Affectation.PORTEES))
@pytest.mark.parametrize("portee", ["ecole", "direction", "academie", "pays"])
def test_la_base_refuse_un_role_hors_de_sa_portee(role, portee, pays) -> None:
    permis = {
        "directeur": {"ecole"},
        "secretaire": {"ecole"},
        "redacteur": {"ecole"},
        "communicateur": {"direction", "academie"},
        "ministere": {"pays"},
    }
    agent = creer_utilisateur()
    champs = {"utilisateur": agent, "role": role, **portees(pays)[portee]}
    if portee in permis[role]:
        Affectation.objects.create(**champs)
        with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
            Affectation.objects.create(**champs)
        return
    with pytest.raises(IntegrityError, match="affectation_role_et_portee"), transaction.atomic():
        Affectation.objects.create(**champs)


def test_la_base_refuse_deux_portees_a_la_fois(pays) -> None:
    for role in Affectation.PORTEES:
        for deux in (("ecole", "direction"), ("direction", "academie"), ("ecole", "academie")):
            champs = {cle: valeur for nom in deux for cle, valeur in portees(pays)[nom].items()}
            with pytest.raises(IntegrityError, match="affectation_role_et_portee"), transaction.atomic():
                Affectation.objects.create(utilisateur=creer_utilisateur(), role=role, **champs)
