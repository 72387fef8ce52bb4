"""Videos of a few providers, loaded only when the reader asks. Nothing is fetched from here, ever."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, StructValue

from .images import GROUPE_MONTRER


@dataclass(frozen=True)
class Fournisseur:
    """A provider of videos.

    Attributes:
        nom: its name.
        hotes: host names of its addresses.
        cadre: origin of its player.
        chemin: what the path of an address looks like, the identifier captured.
        page: address to watch the video there.
        lecteur: address of the player.
    """

    nom: str
    hotes: frozenset[str]
    cadre: str
    chemin: re.Pattern[str]
    page: str
    lecteur: str


FOURNISSEURS = (
    Fournisseur(
        nom="YouTube",
        hotes=frozenset({"www.youtube.com", "youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"}),
        cadre="https://www.youtube-nocookie.com",
        chemin=re.compile(r"/(?:(?:embed|shorts|live|v)/)?([\w-]{11})/?"),
        page="https://www.youtube.com/watch?v={}",
        lecteur="https://www.youtube-nocookie.com/embed/{}?autoplay=1&rel=0",
    ),
    Fournisseur(
        nom="Dailymotion",
        hotes=frozenset({"www.dailymotion.com", "dailymotion.com", "dai.ly"}),
        cadre="https://geo.dailymotion.com",
        chemin=re.compile(r"/(?:(?:embed/)?video/)?([A-Za-z0-9]{5,20})/?"),
        page="https://www.dailymotion.com/video/{}",
        lecteur="https://geo.dailymotion.com/player.html?video={}",
    ),
    Fournisseur(
        nom="Vimeo",
        hotes=frozenset({"vimeo.com", "www.vimeo.com", "player.vimeo.com"}),
        cadre="https://player.vimeo.com",
        chemin=re.compile(r"/(?:video/)?([0-9]{6,12})/?"),
        page="https://vimeo.com/{}",
        lecteur="https://player.vimeo.com/video/{}?autoplay=1&dnt=1",
    ),
)


@dataclass(frozen=True)
class Reference:
    """A video: its provider and its identifier there."""

    fournisseur: Fournisseur
    identifiant: str

    @property
    def page(self) -> str:
        """Where to watch it without a script."""
        return self.fournisseur.page.format(self.identifiant)

    @property
    def lecteur(self) -> str:
        """The player, for a frame."""
        return self.fournisseur.lecteur.format(self.identifiant)


def reconnaitre(adresse: str) -> Reference | None:
    """Return the video that `adresse` names, None when it is not one of the providers'. Nothing is fetched.

    >>> reconnaitre("https://youtu.be/dQw4w9WgXcQ").page
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ'
    >>> reconnaitre("http://169.254.169.254/latest/meta-data/") is None
    True
    """
    try:
        parties = urlsplit(adresse.strip())
        hote, port = parties.hostname, parties.port
    except ValueError:
        return None
    if parties.scheme not in {"http", "https"} or parties.username is not None or port not in {None, 80, 443}:
        return None
    for fournisseur in FOURNISSEURS:
        if hote in fournisseur.hotes:
            chemin = parties.path
            if chemin in {"/watch", "/watch/"}:
                chemin = "/" + parse_qs(parties.query).get("v", [""])[0]
            trouve = fournisseur.chemin.fullmatch(chemin)
            return Reference(fournisseur, trouve[1]) if trouve else None
    return None


def valider_video(adresse: str) -> None:
    """Refuse what is not the address of a video of a known provider."""
    if reconnaitre(adresse) is None:
        raise ValidationError(
            _("Cette adresse n'est pas celle d'une vidéo de %(fournisseurs)s. Copiez-la depuis la page de la vidéo."),
            code="video",
            params={"fournisseurs": ", ".join(fournisseur.nom for fournisseur in FOURNISSEURS)},
        )


class ValeurVideo(StructValue):
    """A video and what is said of it."""

    @property
    def video(self) -> Reference | None:
        """The video, None when the stored address is no provider's."""
        return reconnaitre(self.get("adresse") or "")


class Video(StructBlock):
    """A video."""

    adresse = CharBlock(
        label=_("adresse de la vidéo"),
        max_length=300,
        validators=[valider_video],
        help_text=_("YouTube, Dailymotion ou Vimeo. Elle ne se charge que si le lecteur le demande."),
    )
    titre = CharBlock(label=_("titre"), max_length=160)
    resume = CharBlock(
        label=_("ce que dit la vidéo"),
        max_length=400,
        required=False,
        help_text=_("Pour qui ne peut pas la voir ou l'entendre, ou économise ses données."),
    )

    class Meta:
        label = _("vidéo")
        icon = "media"
        group = GROUPE_MONTRER
        template = "composants/blocs/video.html"
        value_class = ValeurVideo
        label_format = "{titre}"
