"""Looks at the whole database, so that a test can say that nothing at all was written."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection


def _tables() -> Iterator[str]:
    presentes = set(connection.introspection.table_names())
    for modele in apps.get_models(include_auto_created=True):
        if modele._meta.managed and not modele._meta.proxy and modele._meta.db_table in presentes:
            yield modele._meta.db_table


def contenu_de_la_base() -> dict[str, list[tuple]]:
    """Return every row of every table, sorted, by table."""
    contenu = {}
    with connection.cursor() as curseur:
        for table in sorted(set(_tables())):
            curseur.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            contenu[table] = sorted(map(repr, curseur.fetchall()))
    return contenu
