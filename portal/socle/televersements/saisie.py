"""The field that takes a file."""

from typing import Any

from django.forms import FileInput
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHOISIR = _("Choisir un fichier")


class SaisieDeFichier(FileInput):
    """A file field with a button in the language of the page: the browser writes its own in that of the machine.

    Without scripts, which say what was chosen (`socle/fichier.js`, that the page brings), the browser's own button
    stays: `bureau.css` and `formulaire.css` show one or the other.
    """

    template_name = "socle/fichier.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, bouton: str | Promise = CHOISIR) -> None:
        super().__init__(attrs)
        self.bouton = bouton

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add what the button says."""
        contexte: dict[str, Any] = super().get_context(name, value, attrs)
        contexte["widget"]["bouton"] = self.bouton
        return contexte
