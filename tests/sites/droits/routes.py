"""Every address of the admin, from the URL resolver: never a list kept by hand."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from .monde import Ecole

# What arguments that name nothing of a school may be; an unknown argument fails the test.
DIVERS: dict[str, list[Any]] = {
    "app_label": ["portail_sites", "socle"],
    "model_name": ["pageactualite", "imageportail"],
    "app_name": ["taggit", "portail_sites"],
    "content_type_app_name": ["portail_sites"],
    "content_type_model_name": ["pageactualite"],
    "action": ["delete", "publish"],
    "action_name": ["approve", "reject", "publish", "copy", "delete"],
    "filter_spec": ["max-165x165"],
    "mode": ["default"],
    "uidb64": ["MQ"],
    "token": ["x"],
    "collection_id": [1],
    "workflow_id": [1],
    "string_segment_id": [1],
    "overridable_segment_id": [1],
    "cle": ["00000000-0000-0000-0000-000000000000"],
}


def routes(
    resolveur: URLResolver, espaces: tuple[str, ...] = (), noms: frozenset[str] = frozenset()
) -> Iterator[tuple]:
    """Every named route: full name, names of its arguments, pattern."""
    for motif in resolveur.url_patterns:
        regex = getattr(motif.pattern, "regex", None)
        siens = noms | set(motif.pattern.converters) | set(regex.groupindex if regex else ())
        if isinstance(motif, URLResolver):
            yield from routes(motif, (*espaces, motif.namespace) if motif.namespace else espaces, siens)
        elif motif.name:
            yield ":".join((*espaces, motif.name)), siens, motif


def routes_de_gestion() -> dict[str, list[frozenset[str]]]:
    """The routes under the admin: arguments by name; a name may have several forms."""
    gestion: dict[str, list[frozenset[str]]] = {}
    for nom, arguments, motif in routes(get_resolver()):
        if any(adresse.startswith("/ar/gestion/") for adresse in _essais(nom, arguments, motif)):
            formes = gestion.setdefault(nom, [])
            if arguments not in formes:
                formes.append(frozenset(arguments))
    return gestion


def _essais(nom: str, arguments: frozenset[str], motif: URLPattern) -> Iterator[str]:
    with suppress(NoReverseMatch):
        yield reverse(nom, kwargs={argument: DIVERS["cle"][0] if argument == "cle" else 1 for argument in arguments})


def _valeurs(argument: str, nom: str, ecole: Ecole) -> list[Any]:
    if argument in {"pk", "object_id"}:
        cles = ecole.cles
        return [*cles["page_id"], *cles["image_id"], *cles["document_id"], *cles["user_id"]]
    if argument in ecole.cles:
        return ecole.cles[argument]
    return DIVERS[argument]


def adresses(nom: str, arguments: frozenset[str], ecole: Ecole, autre: Ecole | None = None) -> Iterator[str]:
    """The addresses of a route with the keys of `ecole`; then each key alone among those of `autre`."""
    listes = {argument: _valeurs(argument, nom, ecole) for argument in sorted(arguments)}
    rondes = [
        {argument: valeurs[rang % len(valeurs)] for argument, valeurs in listes.items()}
        for rang in range(max((len(valeurs) for valeurs in listes.values()), default=1))
    ]
    if autre is not None:
        chez_moi = {argument: _valeurs(argument, nom, autre)[0] for argument in arguments}
        for argument in sorted(set(arguments) - set(DIVERS)):
            rondes.extend({**chez_moi, argument: valeur} for valeur in listes[argument][:1])
    vues = set()
    for valeurs in rondes:
        try:
            adresse = reverse(nom, kwargs=valeurs)
        except NoReverseMatch:
            continue
        if adresse not in vues:
            vues.add(adresse)
            yield adresse
