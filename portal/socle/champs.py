"""Stream fields whose block definitions stay out of migrations: adding a block is not a schema change."""

import json
from typing import Any

from django import forms
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks.base import BlockWidget, get_error_json_data
from wagtail.fields import StreamField

from .blocs.corps import Corps


def _attribut(valeur: Any) -> SafeString:
    """Return a value as JSON for an attribute between single quotes: there, double quotes may stay as they are."""
    compact = json.dumps(valeur, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(escape(compact).replace("&quot;", '"'))  # noqa: S308 - escaped on the same line


class SaisieDuCorps(BlockWidget):
    """Wagtail's own editor of blocks; what it sends to the browser weighs half.

    Wagtail writes the definition of the twelve blocks with an entity for each quote and six characters for each Arabic
    letter: 75 kB of a form whose whole may weigh 200. The browser reads the same value out of both attributes.
    """

    def render_with_errors(
        self, name: str, value: Any, attrs: Any = None, errors: Any = None, renderer: Any = None
    ) -> SafeString:
        """Write the element that Wagtail's script turns into the editor."""
        faute = get_error_json_data(errors.as_data()[0]) if errors else None
        return format_html(
            '<div id="{}" data-block data-controller="w-block" data-w-block-data-value=\'{}\''
            " data-w-block-arguments-value='{}'></div>",
            name,
            _attribut(json.loads(self.block_json)),
            _attribut([self.block_def.get_form_state(value), faute]),
        )


class CorpsField(StreamField):
    """The body of a page, made of the blocks of `portal.socle.blocs`; a migration records only that there is one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*(args or (Corps,)), **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Return the field of a form, with the light editor."""
        champ: forms.Field = super().formfield(**{"widget": SaisieDuCorps(self.stream_block), **kwargs})
        return champ

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Forget the blocks, which belong to the code."""
        nom, chemin, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return nom, chemin, [], kwargs
