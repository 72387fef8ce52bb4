"""The two codes of a slip, read as people write them: spaces, dashes, lower case, Arabic digits, confused letters."""

import re
import secrets

from django.utils.crypto import salted_hmac

from portal.socle.texte import chiffres_latins

from .models import CODE_MASSAR

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32: no I, L, O, U
LONGUEUR = 10  # 50 random bits, guessed at 20 an hour at most
_FORME_MASSAR = re.compile(CODE_MASSAR)
_FORME_BORDEREAU = re.compile(rf"[{ALPHABET}]{{{LONGUEUR}}}")
_SEPARATEURS = re.compile(r"[\s\-‐‑‒–—·.،,/_]+")
_CONFUSIONS = str.maketrans("OIL", "011")
_SEL = "etablissements.scolarite.bordereau"


def _serrer(texte: str) -> str:
    return _SEPARATEURS.sub("", chiffres_latins(texte)).upper()


def lire_code_massar(texte: str) -> str | None:
    """Return the code Massar meant by `texte`, or None when it cannot be one."""
    serre = _serrer(texte)
    code = serre[:1].replace("0", "O").replace("1", "I") + serre[1:].translate(_CONFUSIONS)
    return code if _FORME_MASSAR.fullmatch(code) else None


def lire_code_bordereau(texte: str) -> str | None:
    """Return the slip code meant by `texte`, or None when it cannot be one (Crockford: O reads 0, I and L read 1)."""
    code = _serrer(texte).translate(_CONFUSIONS)
    return code if _FORME_BORDEREAU.fullmatch(code) else None


def nouveau_code() -> str:
    """Return a new random slip code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LONGUEUR))


def empreinte(code: str) -> str:
    """Return the keyed hash of a slip code, the only trace of it that is kept (HMAC-SHA256, 64 hexadecimal digits)."""
    return salted_hmac(_SEL, code, algorithm="sha256").hexdigest()


def grouper(code: str) -> str:
    """Return a slip code in two groups, easy to read and to type: `7KQ2M-X94TB`."""
    return f"{code[:5]}-{code[5:]}"
