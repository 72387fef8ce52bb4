"""The door of the store: `garder` marks an answer as storable, `perimer` says what changed."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from django.db import transaction
from django.http import HttpResponseBase

from .cles import verifier
from .magasin import courant
from .models import Peremption

LOT = 500  # keys in one line of the outbox

Reponse = TypeVar("Reponse", bound=HttpResponseBase)


@dataclass(frozen=True)
class Marque:
    """What `garder` says of an answer.

    Attributes:
        cles: what the copy depends on.
        jusqu_a: when it stops being true, None when only a change can make it false.
        page: number of the page of a list that it shows: `?page=2` is stored only if it really is the second.
    """

    cles: frozenset[str]
    jusqu_a: datetime.datetime | None
    page: int


def garder(
    reponse: Reponse, *, cles: Iterable[str], jusqu_a: datetime.datetime | None = None, page: int = 1
) -> Reponse:
    """Mark an answer as the same for every reader, and return it.

    The copy is dropped when one of its keys is outdated (`perimer`) or when `jusqu_a` has come. Without keys nothing is
    marked: that is how a page with a form stays out of the store.

    Args:
        reponse: the answer of a view, rendered or not yet.
        cles: keys built by `portal.diffusion.cles`.
        jusqu_a: aware datetime from which the answer is no longer true.
        page: number of the page of a list that the answer shows.

    Raises:
        ValueError: one of the keys is malformed.
    """
    if voulues := verifier(set(cles)):
        reponse.marque_de_diffusion = Marque(frozenset(voulues), jusqu_a, page)  # type: ignore[attr-defined]
    return reponse


def marque_de(reponse: HttpResponseBase) -> Marque | None:
    """Return what `garder` said of this answer, None when it was not called."""
    return getattr(reponse, "marque_de_diffusion", None)


def perimer(*cles: str) -> None:
    """Say that what these keys name changed: the copies that depend on them are dropped once this is committed.

    Call it in the transaction of the change: it writes the keys down there, so that a crash right after the commit
    forgets nothing and a rollback drops nothing.

    Raises:
        ValueError: one of the keys is malformed.
    """
    voulues = sorted(verifier(set(cles)))
    lots = [" ".join(voulues[debut : debut + LOT]) for debut in range(0, len(voulues), LOT)]
    lignes = Peremption.objects.bulk_create([Peremption(cles=lot) for lot in lots])
    if magasin := courant():
        # What fails here is done by the follower, which reads the outbox.
        faire = partial(magasin.perimer, voulues, lignes=[ligne.pk for ligne in lignes])
        transaction.on_commit(faire, robust=True)
