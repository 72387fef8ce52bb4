"""Reads our pages as a strict reader: what a browser would silently repair is an error here."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VIDES = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
AUTOFERMES = {"rect", "path"}  # SVG


@dataclass
class Element:
    """A start tag."""

    nom: str
    attributs: dict[str, str | None]


@dataclass
class PageLue(HTMLParser):
    """A page: its elements in order, its text, and its faults."""

    elements: list[Element] = field(default_factory=list)
    textes: list[str] = field(default_factory=list)
    fautes: list[str] = field(default_factory=list)
    _ouverts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))
        noms = [nom for nom, _valeur in attrs]
        if len(noms) != len(set(noms)):
            self.fautes.append(f"<{tag}> says an attribute twice")
        if tag not in VIDES:
            self._ouverts.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))
        if tag not in AUTOFERMES:
            self.fautes.append(f"<{tag}/>")

    def handle_endtag(self, tag: str) -> None:
        if not self._ouverts or self._ouverts[-1] != tag:
            self.fautes.append(f"</{tag}> closes {self._ouverts[-1:]}")
            return
        self._ouverts.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self._ouverts[-1:] != ["script"]:
            self.textes.append(data.strip())

    def tous(self, nom: str) -> list[Element]:
        """The elements of one name."""
        return [element for element in self.elements if element.nom == nom]

    @property
    def texte(self) -> str:
        """All the text, on one line."""
        return " ".join(" ".join(self.textes).split())


def lire_page(html: str) -> PageLue:
    """Parse a page and note what is wrong in it."""
    page = PageLue()
    page.feed(html)
    page.close()
    page.fautes += [f"<{nom}> never closed" for nom in page._ouverts]
    return page


def exiger_page_saine(html: str, *, langue: str) -> PageLue:
    """Assert what every page of the portal owes its readers, and return it."""
    page = lire_page(html)
    assert page.fautes == []
    (racine,) = page.tous("html")
    assert racine.attributs == {"lang": langue, "dir": "rtl" if langue == "ar" else "ltr"}
    assert len(page.tous("h1")) == len(page.tous("main")) == len(page.tous("title")) == 1
    assert {script.attributs.get("type") for script in page.tous("script")} <= {"application/ld+json"}, (
        "data, no script"
    )
    assert not page.tous("style")
    for element in page.elements:
        interdits = [nom for nom in element.attributs if nom == "style" or nom.startswith("on")]
        assert interdits == [], element
    assert all("alt" in image.attributs for image in page.tous("img"))
    ids = [element.attributs["id"] for element in page.elements if "id" in element.attributs]
    assert len(ids) == len(set(ids))
    for element in page.elements:
        for nom in ("aria-labelledby", "aria-describedby", "for"):
            assert set((element.attributs.get(nom) or "").split()) <= set(ids), element
    return page
