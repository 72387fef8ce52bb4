"""Every field of every model, as a hostile form would send it, and what a request writes in the database."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.color import no_style
from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    EmailField,
    Field,
    FileField,
    ForeignKey,
    JSONField,
    ManyToManyField,
    Model,
    TextField,
    TimeField,
    URLField,
    UUIDField,
)

IMPOSE = "impose"
# What a view may read under a name that no model has.
AUTRES_NOMS = ("ecole", "school", "school_code", "confirmed_by", "groupe", "permissions", "auteur", "utilisateur_id")
_CLE = "0bad0bad-0bad-4bad-8bad-0bad0bad0bad"
# Kept by Django and Wagtail for themselves: sessions, resized images, forms that are being filled.
_A_PART = ("django_session", "renditionportail", "wagtailadmin_formstate")
# What two requests do not write alike: the moment, and what is drawn by chance (keys, salts, user names, identifiers of
# papers and their sums, tokens, what a storage adds to the name of a file that it has already). What is imposed has
# another form, so that it stays.
_CHANGEANT = re.compile(
    r"datetime\.datetime\(20[2-9]\d, [^)]*\)|20[2-9]\d-\d\d-\d\d[ T][\d:.]+"
    r"|(?!0bad)[0-9a-f]{8}-?([0-9a-f]{4}-?){4}[0-9a-f]{8}"
    r"|(md5|argon2)\$[^']+|'\d{10}'|[/'][0-9A-Z]{26}[.']|'[\w-]{32,43}'|[0-9a-f]{64}|_\w{7}(?=\.\w)"
)


def _dernier(modele: type[Model]) -> Any:
    """The key of the row that was made last: in these tests, something of the other school."""
    ligne = modele._base_manager.order_by("-pk").first()
    return "" if ligne is None else ligne.pk


def _texte(champ: Field) -> str:
    if champ.choices:
        return str([cle for cle, _nom in champ.flatchoices][-1])
    return IMPOSE[: champ.max_length]


# The first that fits: subclasses come before what they extend.
_VALEURS: dict[type[Field], Callable[[Any], Any]] = {
    ForeignKey: lambda champ: _dernier(champ.related_model),
    ManyToManyField: lambda champ: _dernier(champ.related_model),
    BooleanField: lambda champ: "on",
    FileField: lambda champ: SimpleUploadedFile(f"{IMPOSE}.txt", b"impose"),
    EmailField: lambda champ: f"{IMPOSE}@ailleurs.invalid",
    URLField: lambda champ: f"https://{IMPOSE}.invalid/",
    UUIDField: lambda champ: _CLE,
    JSONField: lambda champ: '{"impose": 1}',
    DateTimeField: lambda champ: "2001-01-01 01:01",
    DateField: lambda champ: "2001-01-01",
    TimeField: lambda champ: "01:01",
    CharField: _texte,
    TextField: _texte,
}


def _valeur(champ: Field) -> Any:
    """What may be sent for a field. A box is ticked: left alone, it is not sent at all."""
    return next((valeur(champ) for genre, valeur in _VALEURS.items() if isinstance(champ, genre)), "7")


def noms_et_valeurs() -> dict[str, Any]:
    """Every name of a field of every model, its column's included, and what may be sent under it."""
    tous = dict.fromkeys(AUTRES_NOMS, IMPOSE)
    for modele in apps.get_models(include_auto_created=True):
        for champ in (*modele._meta.concrete_fields, *modele._meta.many_to_many):
            valeur = _valeur(champ)
            tous |= dict.fromkeys((champ.name, champ.attname), valeur)
    return tous


def imposes(tous: dict[str, Any], justes: set[str], siens: tuple[str, ...]) -> dict[str, Any]:
    """A hostile body: every name that the form does not own, alone and under each prefix of the form.

    Args:
        tous: what `noms_et_valeurs` returned.
        justes: the names of the right body.
        siens: patterns of the other names that the form owns.
    """
    prefixes = {nom.rpartition("-")[0] for nom in justes} | {""}
    completes = {f"{prefixe}-{nom}".strip("-"): nom for prefixe in prefixes for nom in tous}
    sien = re.compile("|".join((*map(re.escape, justes), *siens)) or "(?!)")
    return {complet: tous[nom] for complet, nom in completes.items() if not sien.fullmatch(complet)}


@contextmanager
def ecritures() -> Iterator[list[str]]:
    """Gather what is written meanwhile, by ourselves: a sorted list of statements with their values."""
    vues: list[str] = []

    def noter(execute: Any, sql: str, params: Any, many: bool, contexte: dict[str, Any]) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not any(table in sql for table in _A_PART):
            vues.append(_CHANGEANT.sub("", f"{sql} <- {list(map(_dire, params))}"))
        return execute(sql, params, many, contexte)

    with connection.execute_wrapper(noter):
        yield vues
    vues.sort()


def _dire(parametre: Any) -> str:
    """A value as text, whole: psycopg wraps JSON and bytes, and shortens them. Bytes are those of a file."""
    valeur = getattr(parametre, "obj", parametre)
    return "bytes" if isinstance(valeur, bytes) else repr(valeur)


def remettre_les_compteurs() -> None:
    """Give the keys of what was undone again: a sequence of PostgreSQL does not go back with a transaction."""
    ordres = connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True))
    if ordres:
        with connection.cursor() as curseur:
            curseur.execute("\n".join(ordres))
