"""Fields that forms of several packages share."""

from typing import Any

from django import forms

from .texte import nettoyer


class ChampTexte(forms.CharField):
    """A few words on one line, cleaned before they are judged: what holds only invisible marks is empty."""

    def to_python(self, value: Any) -> str:
        """Return the text as `nettoyer` writes it."""
        return nettoyer(super().to_python(value) or "")
