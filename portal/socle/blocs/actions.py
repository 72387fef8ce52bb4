"""What asks the reader for something: a notice to read, a thing to do."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock

from .liens import Lien
from .texte import TexteRiche

GROUPE_SIGNALER = _("Signaler")
NIVEAUX = (("info", _("information")), ("warning", _("attention")), ("error", _("urgent")))


class Avis(StructBlock):
    """A notice."""

    niveau = ChoiceBlock(label=_("importance"), choices=NIVEAUX, default="info")
    titre = CharBlock(label=_("titre"), max_length=120)
    texte = TexteRiche(label=_("texte"), features=["bold", "ul", "link"], required=False)

    class Meta:
        label = _("avis")
        icon = "warning"
        group = GROUPE_SIGNALER
        template = "composants/blocs/avis.html"
        label_format = "{titre}"


class Appel(StructBlock):
    """A call to action: one button."""

    texte = CharBlock(label=_("texte du bouton"), max_length=60)
    phrase = CharBlock(label=_("phrase d'introduction"), max_length=200, required=False)
    lien = Lien(label=_("lien"))

    class Meta:
        label = _("bouton")
        icon = "arrow-right"
        group = GROUPE_SIGNALER
        template = "composants/blocs/appel.html"
        label_format = "{texte}"
