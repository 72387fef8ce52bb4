"""Scripts in the place of every text of the database, past every form."""

import json
import re
from collections.abc import Iterator
from html import unescape
from itertools import cycle
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, Field, FileField, JSONField, Model, SlugField, TextField, URLField
from django.utils.html import escape
from wagtail.models import Page

from portal.socle.blocs.echantillons import Bibliotheque, echantillon
from portal.socle.champs import CorpsField
from portal.socle.models import DocumentPortail, ImagePortail
from sites.models.reglages import RESEAUX

FAMILLES: dict[str, list[str]] = json.loads((settings.BASE_DIR / "tests/donnees/xss.json").read_text(encoding="utf-8"))
# An element and an attribute that no page has: where one is found, a text was taken for HTML.
CANARI = "zorglub"
MARQUE = f"\"'><{CANARI}-x {CANARI}-y>"
TOUT = " ".join(charge.replace("\0", "") for famille in FAMILLES.values() for charge in famille)
# The addresses of the corpus that run a script: they are dangerous where a text is an address.
ADRESSES = sorted(
    {
        unescape(adresse.strip("\"'").replace("\0", ""))
        for charge in FAMILLES["adresse"]
        for adresse in re.findall(r"""(?:href|action|src|data)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", charge)
    }
)
# What names something for the machine and is never shown as text, or is not text: keys, codes, kinds, sums.
EXCLUS = {
    *("path", "url_path", "slug", "gresa", "langue", "language_code", "codename", "app_label", "model", "code"),
    *("action", "contentpath", "content_path", "model_path", "filter_spec", "focal_point_key", "session_key"),
    *("session_data", "password", "proprietaire", "fichier", "object_id", "to_object_id", "rubrique", "hash"),
    *(
        "file_hash",
        "hostname",
        "sha256",
        "empreinte",
        "empreinte_faits",
        "index_recherche",
        "code_massar",
        "key",
        "cle",
        "cles",
    ),
}
# In what is stored as JSON: what is not text.
INTOUCHABLES = {"type", "id", "jour", "debut", "fin", "image", "photo", "document", "page", "status", "task_state_id"}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d.*|\d\d:\d\d.*")


def charges(nom: str, place: int) -> Iterator[str]:
    """Without end, what fits in the text called `nom`: everything at once, or one packet after the other."""
    debut = f"{MARQUE}§{nom}§ "
    if place >= len(debut) + len(TOUT):
        return cycle([debut + TOUT])
    pas = max(place - len(debut), 1)
    return cycle([f"{debut}{TOUT[rang : rang + pas]}"[:place] for rang in range(0, len(TOUT), pas)])


def _est_un_texte(champ: Field) -> bool:
    return (
        isinstance(champ, CharField | TextField)
        and not isinstance(champ, SlugField | FileField)
        and not (champ.choices or champ.primary_key or champ.name in EXCLUS)
    )


def place_de(champ: Field) -> int:
    """The room in a column: SQLite has no limit, so that everything may fit in each text."""
    return (connection.vendor == "postgresql" and champ.max_length) or 20_000


def empoisonner(valeur: Any, charge: str) -> Any:
    """Put `charge` in the place of every text of a stored body or of the data of a journal.

    A written text holds it as its editor would: a script in clear there is for `test_xss.py`.
    """
    if isinstance(valeur, list):
        return [empoisonner(une, charge) for une in valeur]
    if isinstance(valeur, dict):
        return {nom: une if nom in INTOUCHABLES else empoisonner(une, charge) for nom, une in valeur.items()}
    if isinstance(valeur, str) and not _INSTANT.fullmatch(valeur):
        return f"<p>{escape(charge)}</p>" if valeur.startswith("<") else charge
    return valeur


def empoisonner_la_base(place: int = 20_000) -> set[str]:
    """Write scripts in every text of every row; return the names of the texts that the database refused."""
    refuses = set()
    for modele in apps.get_models(include_auto_created=True):
        if modele._meta.managed and not modele._meta.proxy and modele._meta.app_label not in {"contenttypes", "auth"}:
            for champ in modele._meta.local_concrete_fields:
                if (
                    sum(_empoisonner_une_ligne(cle, champ, place) for cle in _cles(modele))
                    < modele._base_manager.count()
                ):
                    refuses.add(f"{modele.__name__}.{champ.name}")
    for page in Page.objects.exclude(depth=1).specific():
        # What the editor shows, and what a proposal holds.
        page.revisions.update(content=page.serializable_data())
    return refuses


def _cles(modele: type[Model]) -> list[Any]:
    return list(modele._base_manager.values_list("pk", flat=True))


def _bibliotheque() -> Bibliotheque:
    image, document = (modele.objects.values_list("pk", flat=True)[0] for modele in (ImagePortail, DocumentPortail))
    return Bibliotheque(image, document, Page.objects.filter(depth=2)[0].pk)


def _empoisonner_une_ligne(cle: Any, champ: Field, place: int) -> bool:
    """Write scripts in one field of one row, if it is a text; return False when a constraint refuses them."""
    lignes = champ.model._base_manager.filter(pk=cle)
    nom = f"{champ.model.__name__}.{champ.name}"
    if isinstance(champ, CorpsField):
        valeur = json.dumps(empoisonner(echantillon("fr", _bibliotheque()), next(charges(nom, 600))))
    elif isinstance(champ, JSONField):
        if champ.name == "content":
            return True
        valeur = empoisonner(lignes.values_list(champ.name, flat=True).get(), next(charges(nom, 600)))
    elif not _est_un_texte(champ):
        return True
    elif isinstance(champ, URLField) or champ.name in RESEAUX:
        valeur = ADRESSES[len(champ.name) % len(ADRESSES)][: place_de(champ)]
    else:
        valeur = next(charges(nom, min(place, place_de(champ)) - 8 * champ.unique))
        valeur = f"{valeur}{cle}" if champ.unique else valeur
    try:
        with transaction.atomic():
            return bool(lignes.update(**{champ.name: valeur}))
    except IntegrityError:
        return False
