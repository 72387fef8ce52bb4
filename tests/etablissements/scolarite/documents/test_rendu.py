import io
import shutil
import subprocess
import unicodedata

import pypdfium2
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from etablissements.scolarite.documents import rendu
from etablissements.scolarite.documents.attestation import PapierTropLong, composer_attestation
from etablissements.scolarite.documents.rendu import GabaritEnDefaut, composer
from portal.socle.texte import nettoyer
from tests.fabriques import MIDI
from tests.outils import exiger_programme

ID = "8XY8N049ZERKB0Z0B6CBK1ZXAK"
FAITS = {
    "ministere": {"ar": "وزارة التربية", "fr": "Ministère de l’Éducation"},
    "academie": {"ar": "الأكاديمية الجهوية", "fr": "Académie régionale"},
    "direction": {"ar": "المديرية الإقليمية", "fr": "Direction provinciale"},
    "etablissement": {"gresa": "99500A", "ar": "مدرسة التجارب", "fr": "École des essais"},
    "eleve": {
        "nom": {"ar": "فاطمة الزهراء العلوي", "fr": "Fatima Zahra EL ALAOUI"},
        "code_massar": "Z990000001",
        "sexe": "F",
        "naissance": "2014-08-01",
        "lieu_naissance": {"ar": "تيزنيت", "fr": "Tiznit"},
    },
    "niveau": {"ar": "السنة السادسة ابتدائي", "fr": "6e année primaire"},
    "filiere": None,
    "classe": "6APG-1",
    "annee": "2026/2027",
    "lieu": {"ar": "تيزنيت", "fr": "Tiznit"},
    "directeur": "أمينة الراجي",
    "essai": True,
}


def papier(**faits: object) -> bytes:
    return composer_attestation(
        faits=FAITS | faits, numero="99500A/2026-2027/00012", document_id=ID, emis_le=MIDI, jour=MIDI.date()
    )


def texte(pdf: bytes) -> str:
    ouvert = pypdfium2.PdfDocument(pdf)
    assert len(ouvert) == 1
    return ouvert[0].get_textpage().get_text_range().replace("\r", "")


def eleve(**champs: object) -> dict:
    return {"eleve": FAITS["eleve"] | champs}


def test_tout_ce_que_le_papier_doit_porter() -> None:
    lu = texte(papier())
    for attendu in (
        "المملكة المغربية",
        "Royaume du Maroc",
        "شهادة مدرسية",
        "Attestation de scolarité",
        "99500A/2026-2027/00012",
        "فاطمة الزهراء العلوي",
        "Fatima Zahra EL ALAOUI",
        "Z990000001",
        "1 غشت 2014",
        "1er août 2014",
        "السنة السادسة ابتدائي",
        "6e année primaire",
        "6APG-1",
        "2026/2027",
        "تتابع دراستها",
        "سلمت لها هذه الشهادة بطلب منها",
        "délivrée à sa demande",
        "24 نونبر 2026",
        "Fait à Tiznit, le 24 novembre 2026",
        "أمينة الراجي",
        "8XY8N 049ZE RKB0Z 0B6CB K1ZXAK",
        "/verification",
        "Spécimen de démonstration",
    ):
        assert attendu in lu, attendu


def test_le_genre_s_accorde() -> None:
    lu = texte(papier(**eleve(sexe="M")))
    assert "يتابع دراسته" in lu
    assert "سلمت له هذه الشهادة بطلب منه" in lu
    assert "تتابع دراستها" not in lu


def test_ce_qui_manque_ne_laisse_pas_de_trou() -> None:
    lu = texte(papier(directeur=None, essai=False, **eleve(lieu_naissance=None)))
    assert "None" not in lu
    assert "Spécimen" not in lu
    assert "1er août 2014\n" in lu
    assert "1 غشت 2014\n" in lu


def test_un_nom_latin_inconnu_laisse_le_nom_arabe_seul() -> None:
    nom = "إيدر أمغار"
    assert texte(papier(**eleve(nom={"ar": nom, "fr": nom}))).count(nom) == 1


@pytest.mark.parametrize("longueur", [60, 120, 200])
def test_les_plus_longs_noms_tiennent_sur_une_page(longueur: int) -> None:
    arabe, latin = ("بنعبد القادر " * 20)[:longueur].strip(), ("Benabdelkader " * 20)[:longueur].strip()
    long = {"ar": arabe, "fr": latin}
    lu = texte(
        papier(
            academie=long,
            direction=long,
            etablissement={"gresa": "99500A", **long},
            niveau=long,
            filiere=long,
            lieu={"ar": arabe[:60], "fr": latin[:60]},
            directeur=latin[:150],
            **eleve(nom=long, lieu_naissance={"ar": arabe[:100], "fr": latin[:100]}),
        )
    )
    assert "8XY8N 049ZE RKB0Z 0B6CB K1ZXAK" in lu


def test_ce_qui_ne_tient_pas_est_refuse_plutot_que_coupe() -> None:
    with pytest.raises(PapierTropLong):
        papier(niveau={"ar": "السنة " * 900, "fr": "année " * 900})


def test_une_lettre_que_la_police_ignore_est_refusee_sans_la_citer() -> None:
    with pytest.raises(GabaritEnDefaut) as refus:
        papier(**eleve(nom={"ar": "ⵉⴷⵉⵔ", "fr": "ⵉⴷⵉⵔ"}))
    assert "ⵉ" not in str(refus.value)
    assert "FiraGO" in refus.value.detail


def test_le_meme_papier_au_meme_instant_est_le_meme_fichier() -> None:
    assert papier() == papier()


PRENOMS = ["محمد", "فاطمة الزهراء", "عبد الإله", "إلياس", "آية", "هبة الله", "صلاح الدين", "لالة خديجة", "ملاك", "بلال"]
FAMILLES = ["العلوي", "أمزيان", "الأمين", "آيت الحاج", "الإدريسي", "ولد الشيخ", "أگناو", "لآلئ", "الگراوي", "تؤام"]


def test_mille_noms_se_relisent_lettre_par_lettre(monkeypatch, tmp_path) -> None:
    """On pages of their own, from our fonts and through our corrections; read by PDFium and by Poppler."""
    noms = [f"{prenom} {famille} {suite}" for suite in PRENOMS for prenom in PRENOMS for famille in FAMILLES]
    shutil.copy(rendu.GABARITS / "commun.typ", tmp_path)
    (tmp_path / "mille.typ").write_text(
        '#import "commun.typ": *\n#show: document-portail\n#set page(paper: "a4")\n'
        "#for nom in donnees.noms { par(ar(nom)) }\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(rendu, "GABARITS", tmp_path)
    pdf = composer(gabarit="mille", donnees={"noms": noms}, titre="essai")
    ouvert = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in ouvert]
    assert [ligne.strip() for page in pages for ligne in page.splitlines() if ligne.strip()] == noms
    fichier = tmp_path / "mille.pdf"
    fichier.write_bytes(pdf)
    lu = subprocess.run(
        [exiger_programme("pdftotext"), str(fichier), "-"], capture_output=True, text=True, check=True
    ).stdout
    lignes = [nettoyer(unicodedata.normalize("NFKC", ligne)) for ligne in lu.splitlines()]
    assert [ligne for ligne in lignes if ligne] == noms


def elements(noeud: object) -> list[generic.DictionaryObject]:
    """The elements of the structure tree under `noeud`."""
    noeud = noeud.get_object() if hasattr(noeud, "get_object") else noeud
    if isinstance(noeud, list):
        return [trouve for enfant in noeud for trouve in elements(enfant)]
    if not isinstance(noeud, generic.DictionaryObject):
        return []
    return [noeud, *elements(noeud.get("/K"))]


def test_le_document_dit_ses_langues_et_decrit_ses_images() -> None:
    lecteur = PdfFileReader(io.BytesIO(papier()))
    assert lecteur.root["/Lang"] == "ar-MA"
    assert lecteur.root["/MarkInfo"]["/Marked"]
    assert lecteur.root["/ViewerPreferences"]["/Direction"] == "/L2R"
    arbre = elements(lecteur.root["/StructTreeRoot"])
    assert sum(element.get("/S") == "/H1" for element in arbre) == 1
    assert {element["/Lang"] for element in arbre if "/Lang" in element} == {"ar-MA", "fr-MA"}
    descriptions = [str(element.get("/Alt")) for element in arbre if element.get("/S") == "/Figure"]
    assert len(descriptions) == 2
    assert "خاتم" in descriptions[0]
    assert "8XY8N 049ZE RKB0Z 0B6CB K1ZXAK" in descriptions[1]
    metadonnees = lecteur.root["/Metadata"].data
    for attendu in (b"<pdfaid:part>2", b"<pdfaid:conformance>A", b"<pdfuaid:part>1", ID.encode()):
        assert attendu in metadonnees
