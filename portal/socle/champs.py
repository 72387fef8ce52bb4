"""Stream fields whose block definitions stay out of migrations: adding a block is not a schema change."""

from typing import Any

from wagtail.fields import StreamField

from .blocs.corps import Corps


class CorpsField(StreamField):
    """The body of a page, made of the blocks of `portal.socle.blocs`; a migration records only that there is one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*(args or (Corps,)), **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Forget the blocks, which belong to the code."""
        nom, chemin, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return nom, chemin, [], kwargs
