"""Queries written once: Django makes the SQL at the first call, later calls bind values and read rows (ADR 26).

Django writes the SQL of a query again each time, which costs a page more than asking for the answer does. A query whose
shape never changes is kept instead: it stays the queryset that it was, with `Valeur` where its values go.

    ouvertes = Preparee(lambda: Classe.objects.filter(etablissement=Valeur("ecole")).select_related("niveau"))
    ouvertes.objets(ecole=12)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import RLock
from typing import Any, Generic, TypeVar

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

TRANCHES_GARDEES = 32  # pages of a list whose SQL is kept: readers ask for the first ones
_ECRITURE = RLock()  # since Python 3.12, `cached_property` has none of its own
_Modele = TypeVar("_Modele", bound=models.Model)


class Valeur(Expression):
    """The place of a value that each call gives.

    Args:
        nom: name under which the call gives it.
        champ: field that turns it into what the database takes; needed where Python and SQL differ (dates on SQLite).
    """

    def __init__(self, nom: str, champ: models.Field | None = None) -> None:
        super().__init__(output_field=champ)
        self.nom, self.champ = nom, champ

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """Leave itself among the parameters: `lier` replaces it."""
        return "%s", [self]

    def lier(self, valeurs: dict[str, Any], connexion: BaseDatabaseWrapper) -> Any:
        """Return the value as the database takes it. Raises `KeyError` when the call does not give it."""
        valeur = valeurs[self.nom]
        return self.champ.get_db_prep_value(valeur, connexion) if self.champ else valeur


class Preparee(Generic[_Modele]):
    """A query of one shape.

    Args:
        ecrire: makes the queryset, with `Valeur` for what changes.
    """

    def __init__(self, ecrire: Callable[[], "models.QuerySet[_Modele]"]) -> None:
        self._ecrire = ecrire

    @cached_property
    def _requete(self) -> "models.QuerySet[_Modele]":
        return self._ecrire()

    @cached_property
    def _ecrite(self) -> tuple[SQLCompiler, str, tuple[Any, ...]]:
        """The compiler, once it wrote, and what it wrote. Writing changes the query: no two threads do it at once."""
        with _ECRITURE:
            compilateur = self._requete.query.get_compiler(using=self._requete.db)
            return compilateur, *compilateur.as_sql()

    @cached_property
    def _compilateur(self) -> SQLCompiler:
        return self._ecrite[0]

    @cached_property
    def _sql(self) -> tuple[str, tuple[Any, ...]]:
        return self._ecrite[1:]

    @cached_property
    def _convertisseurs(self) -> Any:
        ecrit = self._compilateur
        return ecrit.get_converters([colonne[0] for colonne in ecrit.select[: ecrit.col_count]])

    @cached_property
    def _peupleurs(self) -> Any:
        ecrit = self._compilateur
        return get_related_populators(ecrit.klass_info, ecrit.select, ecrit.using)

    @cached_property
    def _colonnes(self) -> tuple[int, int, list[str]]:
        rangs = self._compilateur.klass_info["select_fields"]
        debut, fin = rangs[0], rangs[-1] + 1
        return debut, fin, [colonne[0].target.attname for colonne in self._compilateur.select[debut:fin]]

    def lignes(self, **valeurs: Any) -> Iterator[Any]:
        """Return the rows: those of `values_list`. One query.

        Raises:
            KeyError: a value is missing.
        """
        sql, parametres = self._sql
        connexion = connections[self._compilateur.using]
        lies = [
            parametre.lier(valeurs, connexion) if isinstance(parametre, Valeur) else parametre
            for parametre in parametres
        ]
        with connexion.cursor() as curseur:
            curseur.execute(sql, lies)
            lignes = curseur.fetchall()
        convertisseurs = self._convertisseurs
        return (
            map(tuple, self._compilateur.apply_converters(lignes, convertisseurs)) if convertisseurs else iter(lignes)
        )

    def objets(self, **valeurs: Any) -> list[_Modele]:
        """Return the objects, as the queryset would. One query, and those of `prefetch_related`.

        Raises:
            KeyError: a value is missing.
        """
        lignes = self.lignes(**valeurs)
        ecrit = self._compilateur
        debut, fin, noms = self._colonnes
        objets = []
        for ligne in lignes:
            objet = ecrit.klass_info["model"].from_db(ecrit.using, noms, ligne[debut:fin])
            for peupleur in self._peupleurs:
                peupleur.populate(ligne, objet)
            for nom, rang in ecrit.annotation_col_map.items():
                setattr(objet, nom, ligne[rang])
            objets.append(objet)
        if prechargements := self._requete._prefetch_related_lookups:  # type: ignore[attr-defined]
            models.prefetch_related_objects(objets, *prechargements)
        return objets


class ListePreparee(Generic[_Modele]):
    """A list of one shape that is read by pages: `Paginator(liste.avec(ecole=12), 20)`.

    Args:
        ecrire: makes the ordered queryset, with `Valeur` for what changes.
    """

    def __init__(self, ecrire: Callable[[], "models.QuerySet[_Modele]"]) -> None:
        tous = models.Value(1)
        self.nombre: Preparee[_Modele] = Preparee(
            lambda: ecrire().order_by().values(tous=tous).annotate(nombre=models.Count("pk")).values_list("nombre")
        )
        self.tranche: Callable[[int, int], Preparee[_Modele]] = lru_cache(maxsize=TRANCHES_GARDEES)(
            lambda debut, fin: Preparee(lambda: ecrire()[debut:fin])
        )

    def avec(self, **valeurs: Any) -> "Pages[_Modele]":
        """Return the list for these values. No query yet."""
        return Pages(self, valeurs)


@dataclass(frozen=True)
class Pages(Generic[_Modele]):
    """What Django's `Paginator` asks of a list."""

    liste: ListePreparee[_Modele]
    valeurs: dict[str, Any]

    def count(self) -> int:
        """Return the number of objects. One query."""
        return next((ligne[0] for ligne in self.liste.nombre.lignes(**self.valeurs)), 0)

    def __getitem__(self, tranche: slice) -> list[_Modele]:
        if tranche.start == tranche.stop:  # the first page of an empty list
            return []
        return self.liste.tranche(tranche.start, tranche.stop).objets(**self.valeurs)
