"""The signing key of the papers, its certificate and the root that verification pins.

In production they come from the environment (`SIGNATURE_*_PEM`). Without them a development authority is made on first
use in `settings.AUTORITE_DIR`: it makes the whole path real on a laptop and proves nothing to anybody else.
"""

import datetime
import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SIGNATURE_DE_DOCUMENTS = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # id-kp-documentSigning, RFC 9336
DUREE_RACINE = datetime.timedelta(days=365 * 20)
DUREE_FEUILLE = datetime.timedelta(days=365 * 15)  # longer than the ten years a paper is kept


@dataclass(frozen=True, eq=False)
class Materiel:
    """What signs and what is trusted.

    Attributes:
        cle: the P-256 private key.
        certificat: its certificate.
        intermediaires: the certificates between it and the root, nearest first.
        racine: the only root that verification trusts.
        developpement: True when it was made here and proves nothing.
    """

    cle: ec.EllipticCurvePrivateKey
    certificat: x509.Certificate
    intermediaires: tuple[x509.Certificate, ...]
    racine: x509.Certificate
    developpement: bool


def materiel() -> Materiel:
    """Return the signing material of this deployment, loaded once per process.

    Raises:
        ImproperlyConfigured: only some of the three settings are given, or they do not belong together.
    """
    return _charger(
        settings.SIGNATURE_CLE_PEM,
        settings.SIGNATURE_CERTIFICAT_PEM,
        settings.SIGNATURE_RACINE_PEM,
        str(settings.AUTORITE_DIR),
    )


@cache
def _charger(cle_pem: str, certificat_pem: str, racine_pem: str, dossier: str) -> Materiel:
    donnes = (cle_pem, certificat_pem, racine_pem)
    developpement = not any(donnes)
    if developpement:
        donnes = _developpement(Path(dossier))
    elif not all(donnes):
        raise ImproperlyConfigured(
            "SIGNATURE_CLE_PEM, SIGNATURE_CERTIFICAT_PEM and SIGNATURE_RACINE_PEM go together: give all three or none."
        )
    # An environment file often keeps a PEM on one line, with `\n` written out.
    cle_lue, certificats_lus, racine_lue = (pem.replace("\\n", "\n").encode() for pem in donnes)
    try:
        cle = serialization.load_pem_private_key(cle_lue, password=None)
        certificat, *intermediaires = x509.load_pem_x509_certificates(certificats_lus)
        racine = x509.load_pem_x509_certificate(racine_lue)
    except (ValueError, TypeError):
        raise ImproperlyConfigured("SIGNATURE_*_PEM: not readable as PEM.") from None
    if not isinstance(cle, ec.EllipticCurvePrivateKey) or not isinstance(cle.curve, ec.SECP256R1):
        raise ImproperlyConfigured("SIGNATURE_CLE_PEM: a P-256 private key is expected.")
    if certificat.public_key() != cle.public_key():
        raise ImproperlyConfigured("SIGNATURE_CERTIFICAT_PEM is not the certificate of SIGNATURE_CLE_PEM.")
    chaine = [certificat, *intermediaires, racine]
    try:
        for emis, emetteur in pairwise(chaine):
            emis.verify_directly_issued_by(emetteur)
    except (InvalidSignature, ValueError, TypeError):
        raise ImproperlyConfigured("SIGNATURE_CERTIFICAT_PEM does not chain to SIGNATURE_RACINE_PEM.") from None
    return Materiel(cle, certificat, tuple(intermediaires), racine, developpement)


def _developpement(dossier: Path) -> tuple[str, str, str]:
    """Return key, certificate and root (PEM) of the development authority, made on first use.

    The files are made in a folder beside and the whole folder is renamed into place: of two processes that start
    together one wins, the other finds the folder there and reads it.
    """
    if not (dossier / "cle.pem").exists():
        dossier.parent.mkdir(parents=True, exist_ok=True)
        provisoire = Path(tempfile.mkdtemp(dir=dossier.parent, prefix=".autorite-"))  # mode 0700
        try:
            for nom, contenu in creer_autorite().items():
                descripteur = os.open(provisoire / nom, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(descripteur, "wb") as sortie:
                    sortie.write(contenu)
            try:
                provisoire.rename(dossier)
            except OSError:
                if not (dossier / "cle.pem").exists():
                    raise
        finally:
            shutil.rmtree(provisoire, ignore_errors=True)
    cle, certificat, racine = (
        (dossier / nom).read_text(encoding="ascii") for nom in ("cle.pem", "certificat.pem", "racine.pem")
    )
    return cle, certificat, racine


def creer_autorite(
    *, nom: str = "Portail des établissements", debut: datetime.datetime | None = None
) -> dict[str, bytes]:
    """Make a root and a signing certificate on P-256; return `cle.pem`, `certificat.pem`, `racine.pem`.

    Both are valid from `debut`, by default a few minutes ago: clocks differ.

    The private key of the root is forgotten as soon as it has signed: nothing else can ever be issued under it.
    """
    debut = debut or datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=5)
    cle_racine, cle = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    nom_racine, nom_feuille = (
        x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "MA"),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"{nom} (développement)"),
                x509.NameAttribute(NameOID.COMMON_NAME, role),
            ]
        )
        for role in ("Racine de développement", "Scellement des papiers (développement)")
    )
    cle_identifiee = x509.SubjectKeyIdentifier.from_public_key(cle_racine.public_key())
    racine = (
        _certificat(nom_racine, nom_racine, cle_racine, debut, debut + DUREE_RACINE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usages(certificats=True), critical=True)
        .add_extension(cle_identifiee, critical=False)
        .sign(cle_racine, hashes.SHA256())
    )
    feuille = (
        _certificat(nom_feuille, nom_racine, cle, debut, debut + DUREE_FEUILLE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usages(certificats=False), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([SIGNATURE_DE_DOCUMENTS, ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(cle.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(cle_identifiee), critical=False)
        .sign(cle_racine, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    return {
        "cle.pem": cle.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
        "certificat.pem": feuille.public_bytes(pem),
        "racine.pem": racine.public_bytes(pem),
    }


def _certificat(
    sujet: x509.Name,
    emetteur: x509.Name,
    cle: ec.EllipticCurvePrivateKey,
    debut: datetime.datetime,
    fin: datetime.datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(sujet)
        .issuer_name(emetteur)
        .public_key(cle.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(debut)
        .not_valid_after(fin)
    )


def _usages(*, certificats: bool) -> x509.KeyUsage:
    """Key usage of a root (signs certificates) or of a leaf (signs and commits to content)."""
    return x509.KeyUsage(
        digital_signature=not certificats,
        content_commitment=not certificats,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificats,
        crl_sign=certificats,
        encipher_only=False,
        decipher_only=False,
    )
