import datetime
import os
import subprocess
import sys

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtensionOID
from django.conf import settings as reglages
from django.core.exceptions import ImproperlyConfigured

from etablissements.scolarite.documents.autorite import SIGNATURE_DE_DOCUMENTS, creer_autorite, materiel


def donner(settings, cle: bytes, certificat: bytes, racine: bytes) -> None:
    settings.SIGNATURE_CLE_PEM = cle.decode()
    settings.SIGNATURE_CERTIFICAT_PEM = certificat.decode()
    settings.SIGNATURE_RACINE_PEM = racine.decode()


def pem(autorite: dict[str, bytes]) -> tuple[bytes, bytes, bytes]:
    return autorite["cle.pem"], autorite["certificat.pem"], autorite["racine.pem"]


def test_l_autorite_de_developpement_naît_une_fois_lisible_par_son_seul_proprietaire(settings, tmp_path) -> None:
    settings.AUTORITE_DIR = tmp_path / "var" / "autorite"
    premiere = materiel()
    assert premiere.developpement
    assert settings.AUTORITE_DIR.stat().st_mode & 0o777 == 0o700
    fichiers = sorted(settings.AUTORITE_DIR.iterdir())
    assert [fichier.name for fichier in fichiers] == ["certificat.pem", "cle.pem", "racine.pem"]
    assert {fichier.stat().st_mode & 0o777 for fichier in fichiers} == {0o600}
    assert sorted(chemin.name for chemin in settings.AUTORITE_DIR.parent.iterdir()) == ["autorite"]
    ailleurs = tmp_path / "copie"
    ailleurs.symlink_to(settings.AUTORITE_DIR)
    settings.AUTORITE_DIR = ailleurs
    assert materiel().certificat == premiere.certificat


def test_deux_processus_qui_demarrent_ensemble_ont_la_meme_autorite(tmp_path) -> None:
    programme = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path\n"
        "from etablissements.scolarite.documents.autorite import _developpement\n"
        "print(_developpement(Path(sys.argv[2]))[1])"
    )
    processus = [
        subprocess.Popen(
            [sys.executable, "-c", programme, str(reglages.BASE_DIR), str(tmp_path / "autorite")],
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    certificats = {fait.communicate(timeout=60)[0] for fait in processus}
    assert len(certificats) == 1
    assert "BEGIN CERTIFICATE" in certificats.pop()
    assert os.listdir(tmp_path) == ["autorite"]


def test_chaque_certificat_ne_sert_qu_a_son_usage() -> None:
    autorite = creer_autorite()
    racine = x509.load_pem_x509_certificate(autorite["racine.pem"])
    feuille = x509.load_pem_x509_certificate(autorite["certificat.pem"])
    feuille.verify_directly_issued_by(racine)

    def extension(certificat, oid):
        return certificat.extensions.get_extension_for_oid(oid).value

    assert extension(racine, ExtensionOID.BASIC_CONSTRAINTS).ca
    assert extension(racine, ExtensionOID.KEY_USAGE).key_cert_sign
    assert not extension(racine, ExtensionOID.KEY_USAGE).digital_signature
    assert not extension(feuille, ExtensionOID.BASIC_CONSTRAINTS).ca
    assert extension(feuille, ExtensionOID.KEY_USAGE).content_commitment
    assert not extension(feuille, ExtensionOID.KEY_USAGE).key_cert_sign
    assert SIGNATURE_DE_DOCUMENTS in extension(feuille, ExtensionOID.EXTENDED_KEY_USAGE)
    assert feuille.not_valid_after_utc - feuille.not_valid_before_utc > datetime.timedelta(days=3650)


def test_la_production_donne_les_trois(settings) -> None:
    autorite = creer_autorite(nom="Production")
    cle, certificat, racine = pem(autorite)
    donner(settings, cle.replace(b"\n", b"\\n"), certificat, racine)
    obtenu = materiel()
    assert not obtenu.developpement
    assert obtenu.racine == x509.load_pem_x509_certificate(racine)


@pytest.mark.parametrize("manquant", [0, 1, 2])
def test_deux_sur_trois_ne_suffisent_pas(settings, manquant: int) -> None:
    donnes = list(pem(creer_autorite()))
    donnes[manquant] = b""
    donner(settings, *donnes)
    with pytest.raises(ImproperlyConfigured):
        materiel()


def test_ce_qui_ne_va_pas_ensemble_est_refuse(settings) -> None:
    cle, certificat, racine = pem(creer_autorite())
    autre_cle, autre_certificat, autre_racine = pem(creer_autorite())
    rsa_pem = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for mauvais in (
        (autre_cle, certificat, racine),
        (cle, certificat, autre_racine),
        (autre_cle, autre_certificat, racine),
        (rsa_pem, certificat, racine),
        (b"clef", certificat, racine),
        (cle, b"certificat", racine),
    ):
        donner(settings, *mauvais)
        with pytest.raises(ImproperlyConfigured):
            materiel()
