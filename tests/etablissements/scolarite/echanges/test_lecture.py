"""What is refused before the parser sees it: other formats, bombs, giants, liars."""

import io
import struct
import zipfile
import zlib

import pytest
import xlsxwriter
from django.conf import settings

from etablissements.scolarite.echanges import lecture
from etablissements.scolarite.echanges.lecture import ClasseurRefuse, lire_classeur
from tests.fabriques.classeurs import FeuilleListe, classeur

ABIME = "Ce n'est pas un classeur entier : le fichier est abîmé ou tronqué."
COMPRESSE = "Le classeur est anormalement compressé"
ETENDU = "Une feuille dépasse 9999 lignes ou 52 colonnes"
AUTRE = "Ce n'est pas un classeur .xlsx"
FEUILLE = "xl/worksheets/sheet1.xml"


def refait(contenu: bytes, *, sans: str = "", compression: int = zipfile.ZIP_DEFLATED, **membres: bytes) -> bytes:
    """A workbook with members replaced or added (`xl__x_xml` is `xl/x.xml`), and one left out."""
    nouveaux = {nom.replace("__", "/").replace("_xml", ".xml"): octets for nom, octets in membres.items()}
    sortie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(contenu)) as avant, zipfile.ZipFile(sortie, "w", compression) as apres:
        for nom in avant.namelist():
            if nom != sans:
                apres.writestr(nom, nouveaux.pop(nom, None) or avant.read(nom))
        for nom, octets in nouveaux.items():
            apres.writestr(nom, octets)
    return sortie.getvalue()


def motif(contenu: bytes) -> str:
    with pytest.raises(ClasseurRefuse) as refus:
        lire_classeur(contenu)
    return str(refus.value)


@pytest.fixture(scope="module")
def sain() -> bytes:
    return classeur(FeuilleListe())


def test_un_classeur_sain_se_lit_depuis_a1(sain) -> None:
    feuille = lire_classeur(sain)[0]
    assert (feuille.nom, feuille.visible) == ("1APIC-1", True)
    assert feuille.lignes[9][1] == "الرمز"
    assert feuille.lignes[10][1] == "W990000001"


def test_un_classeur_non_compresse_se_lit(sain) -> None:
    assert lire_classeur(refait(sain, compression=zipfile.ZIP_STORED))[0].lignes[10][1] == "W990000001"


@pytest.mark.parametrize(
    ("contenu", "attendu"),
    [
        (b"", "Le fichier est vide."),
        (b"code;nom\n", AUTRE),
        (b"%PDF-1.7", AUTRE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "C'est un classeur .xls ancien ou protégé"),
        (b"PK\x03\x04", ABIME),
        (b"PK\x05\x06" + b"\0" * 18, AUTRE),
    ],
    ids=["vide", "texte", "pdf", "xls", "début de zip", "zip vide"],
)
def test_un_autre_fichier_est_nomme(contenu: bytes, attendu: str) -> None:
    assert motif(contenu).startswith(attendu)


def test_le_classeur_tronque_de_l_echantillon_est_refuse() -> None:
    chemin = settings.BASE_DIR / "tests/donnees/massar/broken6_truncated_zip_export_notesCC_2APIC-1_0030.xlsx"
    assert motif(chemin.read_bytes()).startswith(ABIME)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_un_classeur_tronque_n_importe_ou_est_refuse(sain, part: float) -> None:
    assert motif(sain[: int(len(sain) * part)]).startswith(ABIME)


def test_un_octet_change_dans_une_feuille_est_vu(sain) -> None:
    with zipfile.ZipFile(io.BytesIO(sain)) as archive:
        debut = archive.getinfo(FEUILLE).header_offset + 80
    abime = bytearray(sain)
    abime[debut] ^= 0xFF
    assert motif(bytes(abime)).startswith(ABIME)


def test_un_zip_qui_n_est_pas_un_classeur(sain) -> None:
    assert motif(refait(sain, sans="xl/workbook.xml")).startswith(AUTRE)
    assert motif(refait(sain, content_xml=b"<x/>")).startswith(AUTRE)


def test_un_fichier_trop_gros_n_est_pas_ouvert(sain, monkeypatch) -> None:
    monkeypatch.setattr(lecture, "TAILLE_MAXIMALE", len(sain) - 1)
    assert motif(sain) == "Le fichier est trop gros : au plus 20 Mo."


def test_une_bombe_n_est_pas_decompressee(sain, monkeypatch) -> None:
    """60 MB of zeros in a few kB: refused on what the directory says, without touching a member."""
    bombe = refait(sain, xl__bombe_xml=b"0" * 60_000_000)
    monkeypatch.setattr(lecture, "_decompresser", lambda *_: pytest.fail("a member was decompressed"))
    assert len(bombe) < 100_000
    assert motif(bombe).startswith(COMPRESSE)


def test_un_rapport_de_compression_trop_fort_est_refuse(sain, monkeypatch) -> None:
    monkeypatch.setattr(lecture, "_decompresser", lambda *_: pytest.fail("a member was decompressed"))
    dense = refait(sain, xl__dense_xml=b"0" * 2_000_000)
    assert lecture.RAPPORT_MAXIMAL * len(dense) < 2_000_000
    assert motif(dense).startswith(COMPRESSE)


def test_trop_de_membres_est_refuse(sain) -> None:
    assert motif(refait(sain, **{f"xl__m{rang}_xml": b"<x/>" for rang in range(1001)})).startswith(COMPRESSE)


def test_une_taille_annoncee_fausse_est_vue(sain) -> None:
    """A member that announces 100 bytes and holds 40 MB passes every sum; its real size is measured."""
    menteur = refait(sain, xl__menteur_xml=b"0" * 40_000_000)
    court = zlib.crc32(b"0" * 100)
    octets = bytearray(menteur)
    with zipfile.ZipFile(io.BytesIO(menteur)) as archive:
        entete = archive.getinfo("xl/menteur.xml").header_offset
        repertoire = archive.start_dir
    struct.pack_into("<L", octets, entete + 14, court)
    struct.pack_into("<L", octets, entete + 22, 100)
    place = octets.index(b"xl/menteur.xml", repertoire) - 46
    struct.pack_into("<L", octets, place + 16, court)
    struct.pack_into("<L", octets, place + 24, 100)
    with zipfile.ZipFile(io.BytesIO(bytes(octets))) as archive:
        assert archive.read("xl/menteur.xml") == b"0" * 100, "Python itself believes the announced size"
    assert motif(bytes(octets)).startswith(ABIME)


def loin(ligne: int, colonne: int) -> bytes:
    sortie = io.BytesIO()
    with xlsxwriter.Workbook(sortie, {"in_memory": True}) as livre:
        page = livre.add_worksheet()
        page.write(0, 0, "x")
        page.write(ligne - 1, colonne - 1, "y")
    return sortie.getvalue()


@pytest.mark.parametrize(("ligne", "colonne"), [(9_999, 52), (9_999, 1), (1, 52)])
def test_une_feuille_dans_les_limites_se_lit(ligne: int, colonne: int) -> None:
    assert len(lire_classeur(loin(ligne, colonne))[0].lignes) == ligne


@pytest.mark.parametrize(("ligne", "colonne"), [(10_000, 1), (1, 53), (1_048_576, 16_384), (2, 703)])
def test_deux_cellules_eloignees_sont_refusees_avant_le_lecteur(ligne: int, colonne: int, monkeypatch) -> None:
    """The parser would lay out the whole rectangle: 5 kB of file, 400 GB of memory, the process ended."""
    monkeypatch.setattr(lecture, "CalamineWorkbook", None)
    contenu = loin(ligne, colonne)
    assert len(contenu) < 6_000
    assert motif(contenu).startswith(ETENDU)


@pytest.mark.parametrize(
    "lignes",
    [
        b'<row r="1"><c><v>1</v></c></row><row r="9000000"><c><v>1</v></c></row>',
        b'<row r="9000000"><c s="r=&quot;A1" x:r="A1" t=\' r="A1"\'><v>1</v></c></row>',
        b"<row r='1'><c r='ZZZ1'><v>1</v></c></row>",
        b'<x:row><x:c t="n" r="A1048576"><x:v>1</x:v></x:c></x:row>',
    ],
    ids=["sans position", "position feinte", "guillemets simples", "préfixe"],
)
def test_les_positions_cachees_sont_refusees(sain, lignes: bytes) -> None:
    feuille = b"<worksheet><sheetData>" + lignes + b"</sheetData></worksheet>"
    assert motif(refait(sain, xl__worksheets__sheet1_xml=feuille)).startswith(ETENDU)


def test_une_feuille_rangee_sous_un_autre_nom_est_verifiee(sain) -> None:
    etendue = b'<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>'
    assert motif(refait(sain, xl__media__image1=etendue)).startswith(ETENDU)


def test_trop_de_feuilles_est_refuse(sain, monkeypatch) -> None:
    monkeypatch.setattr(lecture, "FEUILLES_MAXIMALES", 1)
    deux = classeur(FeuilleListe(), FeuilleListe(classe="2APIC-1"))
    assert motif(deux).startswith("Le classeur a plus de 1 feuilles")


def test_un_membre_chiffre_est_refuse(sain) -> None:
    octets = bytearray(sain)
    with zipfile.ZipFile(io.BytesIO(sain)) as archive:
        place = octets.index(FEUILLE.encode(), archive.start_dir) - 46
    octets[place + 8] |= 1
    assert motif(bytes(octets)).startswith(ABIME)


def test_une_panique_du_lecteur_est_un_refus(sain, monkeypatch) -> None:
    class Panique(BaseException):
        pass

    class Lecteur:
        @staticmethod
        def from_filelike(_source) -> None:
            raise Panique

    monkeypatch.setattr(lecture, "CalamineWorkbook", Lecteur)
    assert motif(sain).startswith(ABIME)


def test_une_interruption_n_est_pas_un_refus(sain, monkeypatch) -> None:
    class Lecteur:
        @staticmethod
        def from_filelike(_source) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(lecture, "CalamineWorkbook", Lecteur)
    with pytest.raises(KeyboardInterrupt):
        lire_classeur(sain)
