"""Fields that forms of several packages share."""

from typing import Any

from django import forms

from .texte import nettoyer


class ChampEntier(forms.CharField):
    """A text that no browser cuts: what is too long is refused, and shown again whole."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave out `maxlength`, with which a browser cuts what is pasted and says nothing."""
        return {nom: valeur for nom, valeur in super().widget_attrs(widget).items() if nom != "maxlength"}


class ChampTexte(ChampEntier):
    """A few words on one line, cleaned before they are judged: what holds only invisible marks is empty."""

    def to_python(self, value: Any) -> str:
        """Return the text as `nettoyer` writes it."""
        return nettoyer(super().to_python(value) or "")
