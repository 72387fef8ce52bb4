"""What machines read at the head of a page: structured data (schema.org) and the image shown when it is shared."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from etablissements.registre.models import Etablissement
from portal.socle.models import ImagePortail
from portal.socle.telephones import a_composer

from .models.actualites import PageActualite
from .models.agenda import PageEvenement
from .models.images import LOGO_PARTAGE, PARTAGE
from .models.reglages import ReglagesEcole
from .variantes import theme_de, variante_de

# A tag that ends the script, or anything that starts one, is data like the rest.
_ECHAPPES = {ord(signe): f"\\u{ord(signe):04x}" for signe in "<>&\u2028\u2029"}
TAILLE_PARTAGE = (1200, 630)


@dataclass(frozen=True, slots=True)
class Apercu:
    """The picture shown with a shared link.

    Attributes:
        url: its whole address.
        largeur: its width, in pixels.
        hauteur: its height.
        alt: what it shows, empty when nobody said it.
    """

    url: str
    largeur: int
    hauteur: int
    alt: str


def absolue(chemin: str) -> str:
    """Return an address with the public scheme and host."""
    return chemin if chemin.startswith(("https://", "http://")) else f"{settings.URL_PUBLIQUE}{chemin}"


def en_json(donnees: dict[str, Any]) -> SafeString:
    """Return JSON that can stand in a `script` element: nothing in it closes the element."""
    return mark_safe(json.dumps(donnees, ensure_ascii=False).translate(_ECHAPPES))  # noqa: S308 - escaped above


def _nommee(ecole: Etablissement) -> dict[str, Any]:
    """Return which school is meant: one node, whatever the language and the page that speak of it."""
    return {
        "@type": variante_de(ecole).type_schema,
        "@id": f"{settings.URL_PUBLIQUE}/ecoles/{ecole.gresa.lower()}/#ecole",
        "name": ecole.nom_public,
    }


def ecole_schema(ecole: Etablissement, *, url: str, image: str) -> dict[str, Any]:
    """Return a school for schema.org, out of the registry: what it does not know is left out."""
    fr = get_language() == "fr"
    adresse = {
        "@type": "PostalAddress",
        "streetAddress": ecole.adresse_fr if fr else ecole.adresse_ar,
        "addressLocality": ecole.commune.nom,
        "addressRegion": ecole.direction.academie.nom,
        "addressCountry": "MA",
    }
    faits = {
        "@context": "https://schema.org",
        **_nommee(ecole),
        "alternateName": ecole.nom_public_ar if fr else ecole.nom_public_fr,
        "identifier": {"@type": "PropertyValue", "propertyID": "GRESA", "value": ecole.gresa},
        "url": url,
        "image": image,
        "telephone": a_composer(ecole.telephone),
        "email": ecole.courriel,
        "address": {nom: valeur for nom, valeur in adresse.items() if valeur},
        "parentOrganization": {"@type": "GovernmentOrganization", "name": ecole.direction.nom_long},
    }
    return {nom: valeur for nom, valeur in faits.items() if valeur}


def actualite_schema(page: PageActualite, *, url: str, image: str) -> dict[str, Any]:
    """Return a piece of news for schema.org."""
    faits = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title[:110],
        "description": page.chapo,
        "datePublished": page.date.isoformat(),
        "dateModified": page.last_published_at and page.last_published_at.isoformat(),
        "inLanguage": page.langue_contenu,
        "image": image,
        "mainEntityOfPage": url,
        "author": _nommee(page.etablissement),
        "publisher": _nommee(page.etablissement),
    }
    return {nom: valeur for nom, valeur in faits.items() if valeur}


def evenement_schema(page: PageEvenement, *, url: str, image: str) -> dict[str, Any]:
    """Return an event for schema.org; it happens at the school unless it says where."""
    ecole = page.etablissement
    fin = page.fin or page.jour_fin
    faits = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": page.title,
        "description": page.chapo,
        "startDate": page.debut.isoformat(),
        "endDate": fin and fin.isoformat(),
        "inLanguage": page.langue_contenu,
        "image": image,
        "url": url,
        "location": {
            "@type": "Place",
            "name": page.lieu or ecole.nom_public,
            "address": {"@type": "PostalAddress", "addressLocality": ecole.commune.nom, "addressCountry": "MA"},
        },
        "organizer": _nommee(ecole),
    }
    return {nom: valeur for nom, valeur in faits.items() if valeur}


def image_partagee(ecole: Etablissement, *, image: ImagePortail | None, alt: str, reglages: ReglagesEcole) -> Apercu:
    """Return the picture shown with a shared link: the page's, which `alt` describes, the logo, or the cycle's."""
    if image is None and reglages.logo is None:
        return Apercu(absolue(static(f"themes/partage-{theme_de(ecole)}.png")), *TAILLE_PARTAGE, "")
    rendue = image.get_rendition(PARTAGE) if image else reglages.logo.get_rendition(LOGO_PARTAGE)
    return Apercu(absolue(rendue.url), rendue.width, rendue.height, alt if image else "")
