"""The search index finds at once the entries whose title is not weighed yet (`portal.socle.moteur`)."""

from typing import Any

from django.db import migrations


def creer(apps: Any, schema_editor: Any) -> None:
    """The columns are those of PostgreSQL's index alone."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX IF NOT EXISTS socle_titres_a_peser ON wagtailsearch_indexentry (id) WHERE title_norm = 1.0"
        )


def supprimer(apps: Any, schema_editor: Any) -> None:
    """Take the index away."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS socle_titres_a_peser")


class Migration(migrations.Migration):
    """The table is of the search, so the state of the models knows nothing of it."""

    dependencies = [("socle", "0003_proprietaires_des_fichiers"), ("wagtailsearch", "0010_add_text_fields")]
    operations = [migrations.RunPython(creer, supprimer)]
