"""A prepared query answers as the queryset that it was written from."""

import datetime
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.paginator import Paginator
from django.db import models

from etablissements.registre.models import Dotation, Etablissement
from portal.socle.preparees import ListePreparee, Preparee, Valeur
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def ecoles() -> list[Etablissement]:
    return [fabriques.creer_etablissement(), fabriques.creer_etablissement()]


def test_gives_the_objects_joined_narrowed_and_annotated(ecoles, django_assert_num_queries):
    def ecrire(gresa):
        ecoles_ = Etablissement.objects.filter(gresa=gresa).select_related("commune", "rattachement")
        return ecoles_.only("gresa", "nom_ar", "rattachement", "commune__nom_ar").annotate(deux=models.Value(2))

    preparee = Preparee(lambda: ecrire(Valeur("code")))
    for ecole in ecoles:
        with django_assert_num_queries(1):
            (trouvee,) = preparee.objets(code=ecole.gresa)
            assert (trouvee.pk, trouvee.nom_ar, trouvee.commune.nom_ar) == (
                ecole.pk,
                ecole.nom_ar,
                ecole.commune.nom_ar,
            )
        assert trouvee.rattachement is None
        assert trouvee.deux == 2
        assert trouvee.get_deferred_fields() == ecrire(ecole.gresa).get().get_deferred_fields()
    assert preparee.objets(code="Z9999Z") == []


def test_gives_the_rows_of_a_union_with_dates(ecoles):
    jour = datetime.date(2026, 9, 1)
    for ecole, nombre in zip(ecoles, (1, 3), strict=True):
        Dotation.objects.create(etablissement=ecole, genre="internat", nombre=nombre, source="ESISE", releve_le=jour)
    colonnes = ("nombre", "releve_le")
    preparee = Preparee(
        lambda: (
            Dotation.objects.order_by()
            .filter(etablissement=Valeur("une"))
            .values_list(*colonnes)
            .union(Dotation.objects.order_by().filter(etablissement=Valeur("autre")).values_list(*colonnes), all=True)
        )
    )
    assert sorted(preparee.lignes(une=ecoles[0].pk, autre=ecoles[1].pk)) == [(1, jour), (3, jour)]
    assert list(preparee.lignes(une=ecoles[1].pk, autre=0)) == [(3, jour)]


def test_turns_a_value_into_what_the_database_takes(ecoles):
    jour = datetime.date(2026, 9, 1)
    Dotation.objects.create(etablissement=ecoles[0], genre="internat", nombre=1, source="ESISE", releve_le=jour)
    preparee = Preparee(lambda: Dotation.objects.filter(releve_le__gte=Valeur("jour", models.DateField())))
    assert len(preparee.objets(jour=jour)) == 1
    assert preparee.objets(jour=jour + datetime.timedelta(days=1)) == []


def test_is_written_once(ecoles):
    fois = []

    def ecrire():
        fois.append(1)
        return Etablissement.objects.filter(gresa=Valeur("code"))

    preparee = Preparee(ecrire)
    for _tour in range(3):
        preparee.objets(code=ecoles[0].gresa)
    assert len(fois) == 1


def test_says_which_value_is_missing():
    with pytest.raises(KeyError, match="code"):
        Preparee(lambda: Etablissement.objects.filter(gresa=Valeur("code"))).objets()


def test_prefetches_as_the_queryset_would(ecoles, django_assert_num_queries):
    preparee = Preparee(lambda: Etablissement.objects.order_by("pk").prefetch_related("cycles"))
    for _tour in range(2):
        with django_assert_num_queries(2):
            trouvees = preparee.objets()
    with django_assert_num_queries(0):
        noms = [list(ecole.cycles.all()) for ecole in trouvees]
    assert noms == [list(ecole.cycles.all()) for ecole in ecoles]


def test_a_list_is_read_by_pages(ecoles, django_assert_num_queries):
    jour = datetime.date(2026, 9, 1)
    for genre in ("internat", "cantine", "transport"):
        Dotation.objects.create(etablissement=ecoles[0], genre=genre, nombre=1, source="ESISE", releve_le=jour)
    liste = ListePreparee(
        lambda: Dotation.objects.filter(etablissement=Valeur("ecole")).annotate(deux=models.Value(2)).order_by("genre")
    )
    pages = Paginator(liste.avec(ecole=ecoles[0].pk), 2)
    with django_assert_num_queries(3):
        assert [dotation.genre for dotation in pages.get_page(1)] == ["cantine", "internat"]
        assert [dotation.genre for dotation in pages.get_page(9)] == ["transport"]
    vides = Paginator(liste.avec(ecole=ecoles[1].pk), 2)
    assert (vides.count, list(vides.get_page(1))) == (0, [])


@pytest.fixture
def fils_presses() -> Iterator[ThreadPoolExecutor]:
    """Threads that Python changes as often as it can."""
    avant = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    with ThreadPoolExecutor(4) as fils:
        yield fils
    sys.setswitchinterval(avant)


def test_threads_write_it_at_once(fils_presses: ThreadPoolExecutor):
    """Python 3.11 makes them wait by itself; later ones do not."""
    ecoles_ = Etablissement.objects.filter(gresa=Valeur("code")).select_related("commune")
    depart = Barrier(4)

    def ecrire(preparee: Preparee[Etablissement]) -> str:
        depart.wait()
        return preparee._sql[0] if preparee._colonnes else ""

    for _tour in range(100):
        ecrits = set(fils_presses.map(ecrire, [Preparee(ecoles_.all)] * 4))
        assert len(ecrits) == 1
