"""The database search, at the size of a country.

On PostgreSQL, `modelsearch` weighs the title of each entry that it writes by the mean length of all titles: at 190,000
entries, two scans of the index and 175 ms each time somebody publishes or a site is created. Here the mean is that of
the latest entries, and a partial index finds the entry to weigh. `update_index` still measures them all.
"""

from typing import Any

from django.db import connection
from django.db.models import Avg, F
from django.db.models.functions import Length
from modelsearch.backends import database
from modelsearch.backends.base import BaseSearchBackend

ECHANTILLON = 1_000


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """Return the search of the configured database."""
    if connection.vendor != "postgresql":
        return database.SearchBackend(params)
    from modelsearch.backends.database.postgres.postgres import PostgresIndex, PostgresSearchBackend

    class Index(PostgresIndex):
        def _refresh_title_norms(self, full: bool = False) -> None:
            if full:
                super()._refresh_title_norms(full=True)
                return
            titres = self.entries.annotate(longueur=Length("title")).filter(longueur__gt=0)
            moyenne = titres.order_by("-pk")[:ECHANTILLON].aggregate(moyenne=Avg("longueur"))["moyenne"]
            titres.filter(title_norm=1.0).update(title_norm=moyenne / F("longueur"))

    class Moteur(PostgresSearchBackend):
        index_class = Index

    return Moteur(params)
