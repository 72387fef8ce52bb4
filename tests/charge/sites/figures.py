"""Figures, one JSON object a line."""

import json


def figure(nom: str, valeur: float, unite: str, n: int, *, tenu: bool | None = None, **reste: object) -> None:
    """Print one figure; `tenu` says whether it is within its budget."""
    objet = {"figure": nom, "value": round(valeur, 1), "unit": unite, "n": n, **reste}
    if tenu is not None:
        objet["held"] = tenu
    print(json.dumps(objet, ensure_ascii=False), flush=True)
