"""The list of blocks, in the order in which somebody who writes on a telephone looks for them."""

from typing import Any

from wagtail.blocks import Block, StreamBlock

from .actions import Appel, Avis
from .donnees import Chiffres, Horaires
from .fichiers import Fichier
from .images import Galerie, Image, Personnel
from .tableau import Tableau
from .texte import Citation, Texte
from .video import Video

BLOCS_AU_PLUS = 60


def blocs_du_corps() -> list[tuple[str, Block]]:
    """Return the blocks of a body, made anew: Wagtail binds a block to the field that holds it."""
    return [
        ("texte", Texte()),
        ("image", Image()),
        ("document", Fichier()),
        ("galerie", Galerie()),
        ("video", Video()),
        ("avis", Avis()),
        ("appel", Appel()),
        ("citation", Citation()),
        ("chiffres", Chiffres()),
        ("tableau", Tableau()),
        ("horaires", Horaires()),
        ("personnel", Personnel()),
    ]


class Corps(StreamBlock):
    """What somebody writes, block after block."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks or blocs_du_corps(), **kwargs)

    class Meta:
        max_num = BLOCS_AU_PLUS
