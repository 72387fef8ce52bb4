"""Documents are examined by their content, whatever their name."""

import contextlib
import io
import tracemalloc
import zipfile
import zlib

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.documents import get_document_model

from portal.socle.televersements.documents import examiner
from tests.fabriques import creer_utilisateur
from tests.fabriques.mediatheque import PDF

TYPES = '<Types><Override PartName="/word/document.xml" ContentType="{}"/></Types>'
ORDINAIRE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def sac(entrees: dict[str, str | bytes], commentaire: bytes = b"") -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in entrees.items():
            archive.writestr(nom, contenu)
        archive.comment = commentaire
    return sortie.getvalue()


def relation(genre: str) -> str:
    return f'<Relationship Type="…/{genre}" Target="https://ailleurs.example/" TargetMode="External"/>'


def docx(types: str = ORDINAIRE, **autres: str) -> bytes:
    return sac({"[Content_Types].xml": TYPES.format(types), "word/document.xml": "<w:document/>", **autres})


def odt(mimetype: bytes = b"application/vnd.oasis.opendocument.text", **autres: str) -> bytes:
    return sac({"mimetype": mimetype, "content.xml": "<office/>", **autres})


def xlsx() -> bytes:
    sortie = io.BytesIO()
    with xlsxwriter.Workbook(sortie, {"in_memory": True}) as classeur:
        feuille = classeur.add_worksheet()
        feuille.write_row(0, 0, [1, 2, 3])
        graphe = classeur.add_chart({"type": "column"})
        graphe.add_series({"values": "=Sheet1!$A$1:$C$1"})
        feuille.insert_chart("A3", graphe)
    return sortie.getvalue()


def pdf(objet: bytes) -> bytes:
    return PDF.replace(b"trailer", b"3 0 obj" + objet + b"endobj\ntrailer")


def objets(contenu: bytes, fois: int = 1) -> bytes:
    """Objects in a compressed stream, where a search for words does not see them."""
    comprime = zlib.compress(contenu)
    entete = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>" % len(comprime)
    return pdf((entete + b"stream\n%s\nendstream\n" % comprime) * fois)


SAINS = {
    "pdf": PDF,
    "pdf à flux d'objets": objets(b"1 0 <</Type/Font>>"),
    "pdf de flux qui ne finissent pas": pdf(b"stream\n" * 100_000),  # read once, not once for each of them
    "pdf dont une photo épelle /JS ": pdf(b"<</Length 9>>stream\n\x00/JS \xff/JS(\nendstream\n"),
    "docx": docx(),
    "docx avec un lien": docx(**{"word/_rels/document.xml.rels": relation("hyperlink")}),
    "xlsx avec un graphe": xlsx(),
    "odt": odt(),
}
REFUSES = {
    ("docx", "macros"): docx(**{"word/vbaProject.bin": "x"}),
    ("docx", "macros sous un autre nom"): docx("application/vnd.ms-word.document.macroEnabled.main+xml"),
    ("docx", "modèle pris ailleurs"): docx(**{"word/_rels/settings.xml.rels": relation("attachedTemplate")}),
    ("docx", "objet OLE"): docx(**{"word/embeddings/oleObject1.bin": "x"}),
    ("odt", "macros Basic"): odt(**{"Basic/Standard/Module1.xml": "x"}),
    ("odt", "un autre genre"): odt(b"application/vnd.oasis.opendocument.spreadsheet"),
    ("docx", "une archive quelconque"): sac({"page.html": "<script>alert(1)</script>"}),
    ("docx", "une page"): b"<html><script>alert(1)</script></html>",
    ("docx", "suivi d'une page"): docx() + b"<script>alert(1)</script>",
    ("docx", "précédé d'une page"): b"<script>alert(1)</script>" + docx(),
    ("docx", "commentaire"): sac({"[Content_Types].xml": "x", "word/document.xml": "x"}, b"<script>alert(1)</script>"),
    ("docx", "bombe"): docx(**{"word/media/zero.bin": "\0" * (201 * 1024 * 1024)}),
    ("docx", "coupé"): docx()[:-40],
    ("xlsx", "un docx"): docx(),
    ("pdf", "une page"): b"<html>%PDF-1.7</html>",
    ("pdf", "précédé d'une page"): b"<script>alert(1)</script>" + PDF,
    ("pdf", "suivi d'une archive"): PDF + sac({"a": "b"}),
    ("pdf", "suivi d'une page"): PDF + b"<html><script>alert(1)</script></html>",
    ("pdf", "script"): pdf(b"<</S/JavaScript/JS(app.alert\\(1\\))>>"),
    ("pdf", "script masqué"): pdf(b"<</S/J#61vaScript/#4aS(app.alert\\(1\\))>>"),
    ("pdf", "script comprimé"): objets(b"1 0 <</S/JavaScript/JS(app.alert\\(1\\))>>"),
    ("pdf", "script comprimé, somme fausse"): objets(b"1 0 <</S/JavaScript>>").replace(
        zlib.compress(b"1 0 <</S/JavaScript>>")[-4:], b"\0\0\0\0"
    ),
    ("pdf", "bombe"): objets(b"\0" * (4 * 1024 * 1024), fois=60),
    ("pdf", "trop de flux"): pdf(b"<</Type/ObjStm>>" * 6_000),
    ("pdf", "lancement"): pdf(b"<</S/Launch/F(cmd.exe)>>"),
    ("pdf", "fichier joint"): pdf(b"<</Type/EmbeddedFile>>"),
    ("pdf", "coupé"): PDF[:-10],
}


@pytest.mark.parametrize("nom", SAINS)
def test_un_document_ordinaire_passe(nom: str) -> None:
    examiner(io.BytesIO(SAINS[nom]), nom.split()[0])


@pytest.mark.parametrize("cle", REFUSES, ids=" ".join)
def test_un_document_douteux_est_refuse(cle: tuple[str, str]) -> None:
    with pytest.raises(ValidationError):
        examiner(io.BytesIO(REFUSES[cle]), cle[0])


@pytest.mark.parametrize(
    ("extension", "contenu"),
    [
        ("pdf", objets(b"\0" * (4 * 1024 * 1024), fois=40)),
        ("odt", odt(b"\0" * (190 * 1024 * 1024))),
    ],
)
def test_une_bombe_ne_remplit_pas_la_memoire(extension: str, contenu: bytes) -> None:
    assert len(contenu) < 200_000
    tracemalloc.start()
    with contextlib.suppress(ValidationError):
        examiner(io.BytesIO(contenu), extension)
    _courant, sommet = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sommet < 30_000_000


def envoyer(client: Client, porte: str, contenu: bytes, langue: str) -> str:
    fichier = SimpleUploadedFile("circulaire.docx", contenu)
    if porte == "plusieurs":
        donnees = {"title": "x", "files[]": fichier, "collection": 1}
        reponse = client.post(f"/{langue}/gestion/documents/multiple/add/", donnees)
        return reponse.json().get("error_message", "")
    prefixe, adresse = {
        "ajouter": ("", "documents/add/"),
        "choisir": ("document-chooser-upload-", "documents/chooser/create/"),
    }[porte]
    donnees = {f"{prefixe}title": "x", f"{prefixe}file": fichier, f"{prefixe}collection": 1, f"{prefixe}tags": ""}
    reponse = client.post(f"/{langue}/gestion/{adresse}", donnees)
    return str(reponse.json()) if reponse["Content-Type"] == "application/json" else reponse.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("langue", "motif"), [("fr", "contient un programme"), ("ar", "يتضمن برنامجا")])
@pytest.mark.parametrize("porte", ["ajouter", "plusieurs", "choisir"])
def test_chaque_porte_examine_et_dit_pourquoi(
    client: Client, settings, tmp_path, porte: str, langue: str, motif: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(creer_utilisateur(is_superuser=True, is_staff=True))
    refus = envoyer(client, porte, REFUSES[("docx", "macros")], langue)
    assert motif in refus
    assert "pdf, docx" not in refus, "and for this reason alone: the extension is good"
    assert not get_document_model().objects.exists()
    envoyer(client, porte, docx(), langue)
    assert get_document_model().objects.count() == 1
