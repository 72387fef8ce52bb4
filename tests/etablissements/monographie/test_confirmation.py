"""Facts are confirmed or said to be wrong, never typed: the right actor, every other, and two schools."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from etablissements.acces.models import Affectation
from etablissements.monographie.faits import Regle, regles
from etablissements.monographie.models import Champ, ConfirmationMonographie, Signalement
from etablissements.monographie.operations import (
    EtablissementIntrouvable,
    FaitsChanges,
    SignalementIntrouvable,
    SignalementsOuverts,
    TexteIllisible,
    confirmer_monographie,
    repondre_au_signalement,
    signaler_fait,
)
from etablissements.monographie.requetes import (
    EtatConfirmation,
    Travail,
    liste_de_travail,
    signalements_a_traiter,
    signalements_de,
)
from etablissements.registre.models import AnneeScolaire, Dotation, Etablissement
from sites.createur import Createur
from tests.fabriques import (
    creer_affectation,
    creer_classe,
    creer_etablissement,
    creer_import_liste,
    creer_utilisateur,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ecoles() -> tuple[Etablissement, Etablissement]:
    return creer_etablissement(nom_fr="ECOLE ARGANE"), creer_etablissement(nom_fr="ECOLE CEDRE")


@pytest.fixture
def directeur(ecoles):
    return creer_affectation(etablissement=ecoles[0]).utilisateur


@pytest.fixture
def direction(ecoles):
    """Somebody of the direction of both schools."""
    return creer_affectation(
        etablissement=None, direction=ecoles[0].direction, role=Affectation.Role.COMMUNICATEUR
    ).utilisateur


def travail(ecole: Etablissement, jour: datetime.date | None = None) -> Travail:
    (lu,) = liste_de_travail(ecoles=Etablissement.objects.filter(pk=ecole.pk), jour=jour)
    return lu


def confirmer(ecole: Etablissement, personne) -> ConfirmationMonographie:
    return confirmer_monographie(
        utilisateur_id=personne.pk, etablissement_id=ecole.pk, empreinte=travail(ecole).empreinte
    )


def doter(ecole: Etablissement, genre: str, releve_le: datetime.date) -> None:
    Dotation.objects.create(etablissement=ecole, genre=genre, nombre=1, source="essais", releve_le=releve_le)


def test_chaque_dotation_est_un_fait_et_chaque_regle_a_sa_source() -> None:
    assert {str(genre) for genre in Dotation.Genre} <= set(Champ.values)
    assert {str(genre.label) for genre in Dotation.Genre} <= {str(champ.label) for champ in Champ}
    assert {str(genre) for genre in Dotation.Genre} <= {str(regle.champ) for regle in regles()}
    assert all(regle.source for regle in regles())


def test_le_directeur_confirme_et_la_page_de_son_ecole_le_dit(client: Client, ecoles, directeur) -> None:
    ecole, autre = ecoles
    for une in ecoles:
        Createur().creer(une)
    assert travail(ecole).confirmation is EtatConfirmation.A_FAIRE
    premiere = confirmer(ecole, directeur)
    assert confirmer(ecole, directeur) == premiere
    assert travail(ecole).confirmation is EtatConfirmation.FAITE
    assert travail(ecole).confirmee_le == timezone.localdate()
    assert travail(autre).confirmation is EtatConfirmation.A_FAIRE
    phrase = "Confirmé par la direction de l&#x27;école"
    sienne = client.get(f"/fr/ecoles/{ecole.slug_public}/").content.decode().replace("'", "&#x27;")
    assert phrase in sienne
    voisine = client.get(f"/fr/ecoles/{autre.slug_public}/").content.decode().replace("'", "&#x27;")
    assert phrase not in voisine
    Etablissement.objects.filter(pk=ecole.pk).update(telephone="0528000000")
    assert travail(ecole).confirmation is EtatConfirmation.FAITS_CHANGES
    assert phrase not in client.get(f"/fr/ecoles/{ecole.slug_public}/").content.decode().replace("'", "&#x27;")


@pytest.mark.parametrize("change", ["nom_ar", "courriel", "dotation", "unite", "cycle"])
def test_un_fait_qui_change_demande_une_nouvelle_confirmation(ecoles, directeur, change: str) -> None:
    ecole, _autre = ecoles
    confirmer(ecole, directeur)
    if change == "dotation":
        doter(ecole, "eau", datetime.date(2026, 9, 1))
    elif change == "unite":
        creer_etablissement(rattachement=ecole, type="satellite")
    elif change == "cycle":
        ecole.cycles.add("primaire")
    else:
        Etablissement.objects.filter(pk=ecole.pk).update(**{change: "autre@example.ma"})
    assert travail(ecole).confirmation is EtatConfirmation.FAITS_CHANGES


def test_ni_la_date_du_registre_ni_une_liste_d_eleves_ne_defont_la_confirmation(ecoles, directeur) -> None:
    ecole, _autre = ecoles
    confirmer(ecole, directeur)
    Etablissement.objects.filter(pk=ecole.pk).update(releve_le=datetime.date(2026, 10, 1), source="autre")
    creer_import_liste(classe=creer_classe(etablissement=ecole))
    assert travail(ecole).confirmation is EtatConfirmation.FAITE


def test_on_ne_confirme_que_ce_qu_on_a_vu(ecoles, directeur) -> None:
    ecole, _autre = ecoles
    vue = travail(ecole).empreinte
    Etablissement.objects.filter(pk=ecole.pk).update(telephone="0528000000")
    with pytest.raises(FaitsChanges):
        confirmer_monographie(utilisateur_id=directeur.pk, etablissement_id=ecole.pk, empreinte=vue)
    assert not ConfirmationMonographie.objects.exists()


def test_l_annee_suivante_il_faut_confirmer_de_nouveau(ecoles, directeur) -> None:
    ecole, _autre = ecoles
    confirmer(ecole, directeur)
    assert travail(ecole, timezone.localdate() + datetime.timedelta(days=366)).confirmation is EtatConfirmation.A_FAIRE


def test_personne_d_autre_ne_confirme_ni_ne_signale(ecoles, directeur, direction) -> None:
    ecole, autre = ecoles
    acteurs = [
        creer_affectation(etablissement=autre).utilisateur,
        creer_affectation(etablissement=ecole, role=Affectation.Role.SECRETAIRE).utilisateur,
        creer_affectation(etablissement=ecole, role=Affectation.Role.REDACTEUR).utilisateur,
        direction,
        creer_utilisateur(is_superuser=True),
    ]
    for acteur in acteurs:
        with pytest.raises(EtablissementIntrouvable):
            confirmer(ecole, acteur)
        with pytest.raises(EtablissementIntrouvable):
            signaler_fait(utilisateur_id=acteur.pk, etablissement_id=ecole.pk, champ="telephone", juste="0528")
    assert not ConfirmationMonographie.objects.exists()
    assert not Signalement.objects.exists()


def test_un_signalement_ne_change_pas_le_fait_et_va_a_la_direction(ecoles, directeur, direction) -> None:
    ecole, autre = ecoles
    signaler_fait(utilisateur_id=directeur.pk, etablissement_id=ecole.pk, champ="telephone", juste="0528 86 00 00")
    signalement = signaler_fait(
        utilisateur_id=directeur.pk, etablissement_id=ecole.pk, champ="telephone", juste="0528 86 00 01"
    )
    assert Signalement.objects.get().juste == "0528 86 00 01"
    ecole.refresh_from_db()
    assert ecole.telephone == ""
    assert (travail(ecole).signalements, travail(autre).signalements) == (1, 0)
    with pytest.raises(SignalementsOuverts):
        confirmer(ecole, directeur)
    assert list(signalements_a_traiter(utilisateur_id=direction.pk)) == [signalement]
    for sans in (directeur, creer_affectation(etablissement=autre).utilisateur, creer_utilisateur(is_superuser=True)):
        assert not signalements_a_traiter(utilisateur_id=sans.pk)
        with pytest.raises(SignalementIntrouvable):
            repondre_au_signalement(utilisateur_id=sans.pk, signalement_id=signalement.pk, corrige=True)
    with pytest.raises(TexteIllisible):
        repondre_au_signalement(utilisateur_id=direction.pk, signalement_id=signalement.pk, corrige=False)
    repondre_au_signalement(utilisateur_id=direction.pk, signalement_id=signalement.pk, corrige=True)
    with pytest.raises(SignalementIntrouvable):
        repondre_au_signalement(utilisateur_id=direction.pk, signalement_id=signalement.pk, corrige=True)
    assert list(signalements_de(ecoles=[ecole])) == [signalement]
    assert not signalements_de(ecoles=[autre])
    confirmer(ecole, directeur)


def test_la_direction_voisine_ne_repond_pas(ecoles, directeur) -> None:
    ecole, _autre = ecoles
    loin = creer_etablissement(direction="07.351")
    etrangere = creer_affectation(
        etablissement=None, direction=loin.direction, role=Affectation.Role.COMMUNICATEUR
    ).utilisateur
    signalement = signaler_fait(utilisateur_id=directeur.pk, etablissement_id=ecole.pk, champ="nom", juste="أركان")
    assert not signalements_a_traiter(utilisateur_id=etrangere.pk)
    with pytest.raises(SignalementIntrouvable):
        repondre_au_signalement(utilisateur_id=etrangere.pk, signalement_id=signalement.pk, corrige=True)


@pytest.mark.parametrize("juste", ["", "   ", "\x00", "a" * 501])
def test_un_texte_illisible_est_refuse(ecoles, directeur, juste: str) -> None:
    with pytest.raises(TexteIllisible):
        signaler_fait(utilisateur_id=directeur.pk, etablissement_id=ecoles[0].pk, champ="nom", juste=juste)
    with pytest.raises(ValueError, match="couleur"):
        signaler_fait(utilisateur_id=directeur.pk, etablissement_id=ecoles[0].pk, champ="couleur", juste="x")


def test_ce_qui_manque_et_ce_qui_vieillit(ecoles) -> None:
    ecole, _autre = ecoles
    jour = datetime.date(2026, 11, 25)
    Etablissement.objects.filter(pk=ecole.pk).update(telephone="0528000000", releve_le=datetime.date(2024, 11, 24))
    doter(ecole, "eau", datetime.date(2024, 11, 25))
    doter(ecole, "salles", datetime.date(2025, 11, 24))
    lu = travail(ecole, jour)
    assert {perime.champ for perime in lu.perimes} == {Champ.TELEPHONE, Champ.SALLES}
    assert Champ.EAU not in lu.manquants
    assert {Champ.COURRIEL, Champ.ADRESSE, Champ.EFFECTIFS, Champ.LABORATOIRE} <= set(lu.manquants)
    assert not lu.a_jour
    primaire = creer_etablissement(type="ecole", cycles=("primaire",))
    assert not {Champ.LABORATOIRE, Champ.INTERNAT} & set(travail(primaire, jour).manquants)


@pytest.mark.parametrize(
    ("jour", "mois", "limite"),
    [
        (datetime.date(2026, 3, 31), 1, datetime.date(2026, 2, 28)),
        (datetime.date(2026, 1, 15), 1, datetime.date(2025, 12, 15)),
        (datetime.date(2026, 12, 1), 12, datetime.date(2025, 12, 1)),
    ],
)
def test_un_fait_est_perime_le_lendemain_de_sa_limite(jour, mois: int, limite) -> None:
    regle = Regle(champ=Champ.EAU, mois=mois, cycles=frozenset(), source="essai")
    assert not regle.perime(limite, jour)
    assert regle.perime(limite - datetime.timedelta(days=1), jour)


@pytest.mark.parametrize("nombre", [2, 12])
def test_la_liste_de_travail_coute_autant_quel_que_soit_le_nombre(nombre: int, django_assert_num_queries) -> None:
    for _rang in range(nombre):
        ecole = creer_etablissement()
        doter(ecole, "eau", datetime.date(2026, 9, 1))
        creer_etablissement(rattachement=ecole, type="satellite")
        confirmer(ecole, creer_affectation(etablissement=ecole).utilisateur)
    with django_assert_num_queries(8):
        assert len(liste_de_travail(ecoles=Etablissement.objects.autonomes())) == nombre


@pytest.mark.parametrize(
    "champs",
    [
        {"juste": ""},
        {"statut": "corrige"},
        {"traite_le": timezone.now()},
    ],
)
def test_la_base_refuse_un_signalement_incoherent(ecoles, directeur, champs: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Signalement.objects.create(
            **{"etablissement": ecoles[0], "champ": "nom", "juste": "أركان", "par": directeur, **champs}
        )


def test_la_base_refuse_deux_signalements_ouverts_et_une_empreinte_difforme(ecoles, directeur) -> None:
    Signalement.objects.create(etablissement=ecoles[0], champ="nom", juste="أركان", par=directeur)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signalement.objects.create(etablissement=ecoles[0], champ="nom", juste="أرز", par=directeur)
    Signalement.objects.create(etablissement=ecoles[1], champ="nom", juste="أرز", par=directeur)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConfirmationMonographie.objects.create(
            etablissement=ecoles[0], annee=AnneeScolaire.courante(), par=directeur, empreinte="x" * 64
        )
