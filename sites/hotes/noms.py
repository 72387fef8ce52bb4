"""What a host name of a school may be, and the address that it gives."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http.request import validate_host
from django.utils.translation import gettext_lazy as _

from etablissements.registre.gresa import code_valide
from etablissements.registre.models import Etablissement

from ..models.hotes import HoteEcole

_ETIQUETTE = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# The last label is a letter domain, or one in another script, `xn--…`: no IP address is a name.
_HOTE = re.compile(rf"(?:{_ETIQUETTE}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,59}})")
_RESERVES = ("localhost", "local", "internal", "intranet", "lan", "home", "arpa", "test", "invalid", "onion")
LONGUEUR_MAX = 253


def lire_hote(texte: str) -> str:
    """Return the host name that somebody typed, in the form browsers send: lower case, IDNA, no final dot.

    Raises:
        ValidationError: not a public host name, or one of the portal's own.
    """
    refus = ValidationError(_("Donnez un nom de domaine, par exemple ecole-argane.ma, sans http ni barre oblique."))
    try:
        hote = texte.strip().rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise refus from None
    if len(hote) > LONGUEUR_MAX or not _HOTE.fullmatch(hote) or hote.rpartition(".")[2] in _RESERVES:
        raise refus
    domaine = settings.DOMAINE_ECOLES
    du_portail = validate_host(hote, settings.HOTES_PRINCIPAUX) or (
        domaine and (hote == domaine or hote.endswith(f".{domaine}"))
    )
    if du_portail:
        raise ValidationError(_("Ce nom appartient au portail."))
    return hote


def code_du_sous_domaine(hote: str) -> str | None:
    """Return the GRESA code that names a host under `DOMAINE_ECOLES`, None for any other host."""
    code, point, domaine = hote.partition(".")
    if not point or not settings.DOMAINE_ECOLES or domaine != settings.DOMAINE_ECOLES:
        return None
    return code.upper() if code_valide(code.upper()) else None


def base_de(hote: str) -> str:
    """Return the scheme, host and port of a host of ours, `https://ecole-argane.ma`: those of the portal."""
    publique = urlsplit(settings.URL_PUBLIQUE)
    return f"{publique.scheme}://{hote}" + (f":{publique.port}" if publique.port else "")


def base_de_l_ecole(etablissement: Etablissement) -> str:
    """Return where a school's pages live: its own host if proved, its code's under the country's domain, or "".

    Costs no query when the school was read with `select_related("hote")`.
    """
    propre = getattr(etablissement, "hote", None)
    if propre is not None and propre.verifie_le:
        return base_de(propre.hote)
    return base_du_code(etablissement.gresa)


def base_du_code(code: str) -> str:
    """Return where the pages of a school without a host of its own live: under the country's domain, or ""."""
    return base_de(f"{code.lower()}.{settings.DOMAINE_ECOLES}") if settings.DOMAINE_ECOLES else ""


def est_a_une_ecole(hote: str) -> bool:
    """Tell whether a host is a school's, as the database says it now: a copy written under it would stay."""
    return code_du_sous_domaine(hote) is not None or HoteEcole.objects.verifies().filter(hote=hote).exists()
