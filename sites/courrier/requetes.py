"""Reading side of the inbox. The caller says of which schools: those that the person may read."""

from collections.abc import Iterable

from django.db.models import QuerySet

from ..models.contact import MessageRecu


class MessageIntrouvable(Exception):
    """No such message, or one of a school outside the scope."""


def messages_de(
    *, etablissements: Iterable[int] | QuerySet, a_traiter: bool = False
) -> QuerySet[MessageRecu, MessageRecu]:
    """Return the messages of these schools, latest first; only those that wait when `a_traiter`."""
    messages = MessageRecu.objects.des_ecoles(etablissements).select_related("etablissement", "traite_par")
    return messages.a_traiter() if a_traiter else messages


def nombre_a_traiter(*, etablissements: Iterable[int] | QuerySet) -> int:
    """Return how many messages of these schools wait."""
    return MessageRecu.objects.des_ecoles(etablissements).a_traiter().count()


def acceder_message(*, identifiant: int, etablissements: Iterable[int] | QuerySet) -> MessageRecu:
    """Return a message of one of these schools, or raise `MessageIntrouvable`."""
    try:
        return messages_de(etablissements=etablissements).get(pk=identifiant)
    except MessageRecu.DoesNotExist as absent:
        raise MessageIntrouvable from absent
