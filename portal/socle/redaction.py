"""What of a written HTML reaches a page: a few elements, and links that lead somewhere harmless.

The editor already writes nothing else. This is the second lock, for what came in by another way (an import, a
translation, the database): it does not count on the content security policy.
"""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import expand_db_html
from wagtail.whitelist import Whitelister, allow_without_attributes, attribute_rule

CHIFFRES_D_UNE_CLE = 18  # a database looks for no longer a number
SCHEMAS = frozenset({"http", "https", "mailto", "tel"})
# Browsers drop these from an address before they read its scheme.
_EFFACES = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff\ufffd\s]+")


def lien_sur(adresse: str) -> str | None:
    """Return `adresse` when a page may lead there, None otherwise: http, https, mailto, tel, or a path of this portal.

    >>> lien_sur("https://www.men.gov.ma/")
    'https://www.men.gov.ma/'
    >>> lien_sur("java\\tscript:alert(1)") is None
    True
    """
    serree = _EFFACES.sub("", adresse)
    if serree.startswith("/") and not serree.startswith(("//", "/\\")):
        return serree
    try:
        parties = urlsplit(serree)
        _port = parties.port
    except ValueError:
        return None
    if parties.scheme.lower() not in SCHEMAS or "\\" in serree:
        return None
    if parties.scheme.lower() in {"http", "https"} and (not parties.hostname or parties.username is not None):
        return None
    return serree


def valider_lien(adresse: str) -> None:
    """Refuse an address that `lien_sur` does not allow."""
    if lien_sur(adresse) is None:
        raise ValidationError(
            _("Cette adresse n'est pas acceptée. Écrivez une adresse complète : https://…, mailto:… ou tel:…"),
            code="lien",
        )


def _lien(balise: object) -> None:
    """Keep the `href` of a link when it is harmless, or the number of the page that it names."""
    attributs = balise.attrs  # type: ignore[attr-defined]
    gardes = {}
    cle = str(attributs.get("id", ""))
    if attributs.get("linktype") == "page" and cle.isdecimal() and len(cle) <= CHIFFRES_D_UNE_CLE:
        gardes = {"linktype": "page", "id": cle}
    elif (href := lien_sur(str(attributs.get("href", "")))) is not None:
        gardes = {"href": href}
    balise.attrs = gardes  # type: ignore[attr-defined]


class _Nettoyeur(Whitelister):
    element_rules = {
        "[document]": allow_without_attributes,
        "a": _lien,
        **dict.fromkeys(("p", "br", "b", "strong", "i", "em", "h3", "h4", "ul", "ol", "li"), attribute_rule({})),
    }
    # Their content is not text: it goes with them.
    EFFACES = frozenset(
        {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "xmp", "noembed"}
    )

    def clean_tag_node(self, doc: object, tag: object) -> None:
        """Drop an element whose content a reader must not see; unwrap the others that are not allowed."""
        if tag.name in self.EFFACES:  # type: ignore[attr-defined]
            tag.decompose()  # type: ignore[attr-defined]
            return
        super().clean_tag_node(doc, tag)

    def clean_string_node(self, doc: object, node: object) -> None:
        """Drop comments, declarations, processing instructions and CDATA; keep text."""
        if type(node).__name__ != "NavigableString":
            node.extract()  # type: ignore[attr-defined]


def nettoyer_html(html: str) -> str:
    """Return `html`, as stored by the editor, without anything that a text does not need."""
    if "<" not in html:
        return html
    # A processing instruction is text here; BeautifulSoup would take the whole for XML.
    return _Nettoyeur().clean(html.replace("<?", "&lt;?"))


def rediger(html: str) -> SafeString:
    """Return the HTML to show: cleaned, and its internal links led to where their pages are."""
    return mark_safe(expand_db_html(nettoyer_html(html)))  # noqa: S308 - cleaned on the same line
