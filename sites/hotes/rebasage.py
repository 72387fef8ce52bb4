"""The pages of a school are written for the portal's own host; on the school's host their links are put right."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse

_LIENS = re.compile(r'(\s(?:href|src|action|poster)=")(/[^/"][^"]*|/)(?=")')
_TEXTES = ("text/", "application/xml", "application/rss+xml", "application/atom+xml", "application/json")


def langues() -> str:
    """Return the codes of the languages as an alternative of a regular expression."""
    return "|".join(re.escape(code) for code, _nom in settings.LANGUAGES)


def communs() -> tuple[str, ...]:
    """Return the beginnings of the paths that answer the same on every host: files."""
    return (settings.STATIC_URL, settings.MEDIA_URL, "/fichiers/")


@dataclass(frozen=True)
class Rebasage:
    """How the addresses of one school read on its own host.

    Attributes:
        code: GRESA code of the school.
        base: scheme, host and port of the school's host.
    """

    code: str
    base: str

    def chemin(self, chemin: str) -> str:
        """Return a path of the portal as the school's host has it: its own pages short, files alike, the rest afar."""
        propre = re.match(rf"/({langues()})/ecoles/{self.code.lower()}(?:-[^/?#]*)?(?:/(.*))?$", chemin, re.DOTALL)
        if propre:
            return f"/{propre[1]}/{propre[2] or ''}"
        return chemin if chemin.startswith(communs()) else f"{settings.URL_PUBLIQUE}{chemin}"

    def texte(self, texte: str, *, html: bool) -> str:
        """Return a page, a feed or a calendar with the school's addresses as its host has them."""
        absolues = re.compile(
            rf"{re.escape(settings.URL_PUBLIQUE)}(/(?:{langues()}))/ecoles/{self.code.lower()}(?:-[\w-]*)?/"
        )
        rendu = absolues.sub(rf"{self.base}\1/", texte)
        if not html:
            return rendu
        return _LIENS.sub(lambda lien: lien[1] + self.chemin(lien[2]), rendu)

    def reponse(self, reponse: HttpResponse, *, demande: str) -> None:
        """Put an answer right, redirections included.

        Args:
            reponse: the answer, changed in place.
            demande: the path that was asked. A redirection to itself comes from a view that wants the school's whole
                address, such as a form: it is read on the portal's host.
        """
        if (lieu := reponse.get("Location", "")) and lieu.startswith("/") and not lieu.startswith("//"):
            voulu = self.chemin(lieu)
            reponse["Location"] = voulu if voulu != demande else f"{settings.URL_PUBLIQUE}{lieu}"
        genre = reponse.get("Content-Type", "")
        if reponse.streaming or not genre.startswith(_TEXTES) or reponse.get("Content-Encoding"):
            return
        texte = reponse.content.decode(reponse.charset)
        reponse.content = self.texte(texte, html=genre.startswith("text/html")).encode(reponse.charset)
        if reponse.has_header("Content-Length"):
            reponse["Content-Length"] = str(len(reponse.content))
