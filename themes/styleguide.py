"""The pattern library: every component and every block, in each language and under each cycle, nothing of it stored."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.blocks import StreamValue
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition, Filter
from wagtail.models import Page

from portal.socle.blocs.chargement import Charge, prete
from portal.socle.blocs.corps import Corps
from portal.socle.blocs.echantillons import Bibliotheque, echantillon
from portal.socle.blocs.images import FORMATS

CYCLES = ("national", "primaire", "college", "lycee")
EXEMPLE = Bibliotheque(image=1, document=1, page=1)
_FICHIER, _LARGEUR, _HAUTEUR = "themes/exemple.svg", 960, 640


class FormulaireExemple(forms.Form):
    """One field of each kind, one of them wrong."""

    nom = forms.CharField(label=_("Nom de l'établissement"), help_text=_("Tel qu'il est au registre."))
    code = forms.RegexField(
        r"^\d{5}[A-Z]$", label=_("Code GRESA"), error_messages={"invalid": _("Cinq chiffres, une lettre.")}
    )
    accord = forms.BooleanField(label=_("J'ai vérifié ces informations."), required=False)


@dataclass(frozen=True)
class Exemple:
    """A block in one language.

    Attributes:
        genre: the name of the block.
        libelle: what the editor calls it.
        langue: language of the example.
        sens: its direction.
        html: the block as a page shows it.
    """

    genre: str
    libelle: str
    langue: str
    sens: str
    html: SafeString


@login_not_required
@never_cache
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the library under the theme of `?cycle=`, to who enters the back office; to others there is nothing here."""
    if not settings.STYLEGUIDE_OUVERT and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    cycle = request.GET.get("cycle", "")
    return render(
        request,
        "themes/styleguide.html",
        {
            "cycle": cycle if cycle in CYCLES else CYCLES[0],
            "cycles": CYCLES,
            "niveaux": ("success", "info", "warning", "error"),
            "etats": ("valide", "remplace", "revoque", "inconnu"),
            "exemples": list(exemples(request)),
            "form": FormulaireExemple({"nom": "", "code": "1234"}),
        },
    )


def exemples(request: HttpRequest) -> Iterable[Exemple]:
    """Render every block in every language, its media drawn from memory."""
    with prete(_charge()):
        for langue, _nom in settings.LANGUES_DU_CADRE:
            sens = "rtl" if get_language_info(langue)["bidi"] else "ltr"
            corps: StreamValue = Corps().to_python(echantillon(langue, EXEMPLE))
            for bloc in corps:
                html = bloc.block.render(bloc.value, context={"request": request})
                yield Exemple(bloc.block_type, str(bloc.block.label), langue, sens, html)


def _charge() -> Charge:
    """What the examples show: an image, a document and a page that no database holds."""
    modele_image, modele_document = get_image_model(), get_document_model()
    image = modele_image(pk=EXEMPLE.image, title="", collection_id=1, width=_LARGEUR, height=_HAUTEUR)
    image.prefetched_renditions = [_rendition(image, spec) for spec in FORMATS]
    document = modele_document(pk=EXEMPLE.document, title="", collection_id=1, file="exemple.pdf", file_size=184_320)
    return Charge(
        objets={
            modele_image: {EXEMPLE.image: image},
            modele_document: {EXEMPLE.document: document},
            Page: {EXEMPLE.page: Page(pk=EXEMPLE.page, title="")},
        },
        adresses={EXEMPLE.page: f"/{get_language()}/"},
    )


def _rendition(image: AbstractImage, spec: str) -> AbstractRendition:
    modele = image.get_rendition_model()
    cle = Filter(spec=spec).get_cache_key(image)
    rendition = modele(image=image, filter_spec=spec, width=_LARGEUR, height=_HAUTEUR, focal_point_key=cle)
    rendition.file.name, rendition.file.storage = _FICHIER, staticfiles_storage
    return rendition
