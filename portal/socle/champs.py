"""Stream fields whose block definitions stay out of migrations: adding a block is not a schema change."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock


class CorpsField(StreamField):
    """The body of a page, made of the blocks `CORPS`; a migration records only that there is one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if not args:
            args = (CORPS,)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Forget the blocks, which belong to the code."""
        nom, chemin, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return nom, chemin, [], kwargs


CORPS = [
    (
        "texte",
        RichTextBlock(
            label=_("texte"),
            features=["h3", "bold", "italic", "ol", "ul", "link"],
            template="composants/blocs/texte.html",
        ),
    ),
    ("image", ImageBlock(label=_("image"), template="composants/blocs/image.html")),
]
