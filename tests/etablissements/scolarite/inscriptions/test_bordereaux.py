"""Who gets a slip, and what the register keeps of it."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from etablissements.scolarite.inscriptions.bordereaux import (
    LotPerime,
    classes,
    inscrire_lot,
    lot_inscrit,
    preparer_lot,
)
from etablissements.scolarite.models import Bordereau, Inscription
from tests.fabriques import creer_bordereau, creer_classe, creer_eleve, creer_inscription, creer_tutelle

pytestmark = pytest.mark.django_db


@pytest.fixture
def classe():
    """Three pupils in a class; another class, and another school, with one each."""
    classe = creer_classe(libelle="1APIC-3")
    for _ in range(3):
        creer_inscription(classe=classe)
    creer_inscription(classe=creer_classe(etablissement=classe.etablissement, libelle="1APIC-4"))
    creer_inscription()
    return classe


def lot(classe, **options):
    return preparer_lot(etablissement=classe.etablissement, annee=classe.annee, libelles=["1APIC-3"], **options)


def test_deux_bordereaux_par_eleve_de_la_classe(classe) -> None:
    bordereaux = lot(classe).bordereaux
    assert [b.rang for b in bordereaux] == [1, 2] * 3
    assert {b.classe for b in bordereaux} == {"1APIC-3"}
    assert len({b.code for b in bordereaux}) == 6


def test_sans_classe_toutes_celles_de_l_etablissement(classe) -> None:
    entier = preparer_lot(etablissement=classe.etablissement, annee=classe.annee)
    assert {b.classe for b in entier.bordereaux} == {"1APIC-3", "1APIC-4"}
    assert len(entier.bordereaux) == 8
    assert [c.libelle for c in classes(etablissement=classe.etablissement, annee=classe.annee)] == [
        "1APIC-3",
        "1APIC-4",
    ]


def test_un_seul_rang_ou_un_seul_eleve(classe) -> None:
    assert [b.rang for b in lot(classe, rangs=[2]).bordereaux] == [2, 2, 2]
    eleve = Inscription.objects.filter(classe=classe).first().eleve
    assert {b.eleve for b in lot(classe, codes_massar=[eleve.code_massar]).bordereaux} == {eleve}


def test_une_inscription_terminee_n_a_pas_de_bordereau(classe) -> None:
    premiere = Inscription.objects.filter(classe=classe).first()
    premiere.statut, premiere.au = "terminee", premiere.du
    premiere.save()
    assert len(lot(classe).bordereaux) == 4


def test_rien_n_est_ecrit_avant_l_inscription(classe) -> None:
    lot(classe)
    assert not Bordereau.objects.exists()


def test_le_registre_ne_garde_aucun_code(classe) -> None:
    prepare = lot(classe)
    inscrire_lot(prepare)
    assert Bordereau.objects.count() == 6
    gardes = "".join(str(valeur) for ligne in Bordereau.objects.values_list() for valeur in ligne)
    assert not any(b.code in gardes for b in prepare.bordereaux)
    assert {b.empreinte for b in prepare.bordereaux} == set(Bordereau.objects.values_list("empreinte", flat=True))
    assert not any(b.code in repr(b) for b in prepare.bordereaux)


def test_quatre_vingt_dix_jours_a_minuit_de_casablanca(classe) -> None:
    emis = datetime.datetime(2026, 11, 24, 23, 30, tzinfo=datetime.UTC)  # the 25th in Casablanca
    prepare = lot(classe, instant=emis)
    assert prepare.dernier_jour == datetime.date(2027, 2, 22)
    assert timezone.localtime(prepare.expire_le).isoformat()[:16] == "2027-02-23T00:00"
    inscrire_lot(prepare)
    assert set(Bordereau.objects.values_list("expire_le", flat=True)) == {prepare.expire_le}


def test_relancer_n_imprime_rien_de_plus(classe) -> None:
    inscrire_lot(lot(classe))
    assert lot(classe).bordereaux == ()


def test_un_bordereau_perime_ou_annule_est_remplace(classe) -> None:
    inscrire_lot(lot(classe, rangs=[1]))
    un, deux, _trois = Bordereau.objects.order_by("pk")
    Bordereau.objects.filter(pk=un.pk).update(etat="annule")
    plus_tard = deux.expire_le + datetime.timedelta(seconds=1)
    assert {b.eleve.pk for b in lot(classe, rangs=[1]).bordereaux} == {un.eleve_id}
    prepare = lot(classe, rangs=[1], instant=plus_tard)
    assert len(prepare.bordereaux) == 3
    inscrire_lot(prepare)
    assert Bordereau.objects.filter(etat="actif").count() == 3


def test_un_rang_qui_a_son_tuteur_n_a_pas_de_bordereau(classe) -> None:
    eleve = Inscription.objects.filter(classe=classe).first().eleve
    creer_tutelle(eleve=eleve, rang=1)
    rangs = [b.rang for b in lot(classe).bordereaux if b.eleve == eleve]
    assert rangs == [2]
    assert [b.rang for b in lot(classe, reemettre=True).bordereaux if b.eleve == eleve] == [1, 2]


def test_reemettre_tue_l_ancien(classe) -> None:
    inscrire_lot(lot(classe))
    inscrire_lot(lot(classe, reemettre=True))
    assert Bordereau.objects.filter(etat="annule").count() == 6
    assert Bordereau.objects.filter(etat="actif").count() == 6


def test_deux_impressions_ensemble_la_seconde_n_ecrit_rien(classe) -> None:
    premier, second = lot(classe), lot(classe)
    inscrire_lot(premier)
    with pytest.raises(LotPerime):
        inscrire_lot(second)
    assert Bordereau.objects.count() == 6
    assert lot_inscrit(premier.bordereaux[0].empreinte[:16])
    assert not lot_inscrit(second.bordereaux[0].empreinte[:16])


def test_la_base_refuse_deux_bordereaux_vivants_du_meme_rang() -> None:
    eleve = creer_eleve()
    creer_bordereau(eleve=eleve)
    with pytest.raises(IntegrityError), transaction.atomic():
        creer_bordereau(eleve=eleve, code="7KQ2MX94TC")
    creer_bordereau(eleve=eleve, code="7KQ2MX94TC", rang=2)


def test_peu_de_requetes_quel_que_soit_le_nombre(classe, django_assert_num_queries) -> None:
    with django_assert_num_queries(3):
        prepare = lot(classe)
    with django_assert_num_queries(8):  # begin, lock, two reads, two updates, one insert, end
        inscrire_lot(prepare)
