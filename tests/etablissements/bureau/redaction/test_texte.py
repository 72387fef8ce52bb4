"""Plain text into a body and back: what is typed is what is read, and nothing typed is markup."""

import pytest
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from etablissements.bureau.redaction.texte import en_corps, en_texte, langue_de
from sites.models import PageActualite


def corps(blocs):
    return StreamValue(PageActualite._meta.get_field("corps").stream_block, blocs)


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "نظمت المؤسسة حملة نظافة.",
        "Un paragraphe.\n\nUn autre.",
        "Une ligne\nl'autre",
        "5 < 6 & \"7\" > 'x'",
        "<script>alert(1)</script> <b>gras</b>",
        "&lt;p&gt;",
        "</p><p>",
    ],
)
def test_aller_et_retour(texte: str) -> None:
    assert en_texte(corps(en_corps(texte))) == texte


def test_rien_de_tape_n_est_du_balisage() -> None:
    ((_nom, valeur),) = en_corps("<img src=x onerror=alert(1)>")
    assert "<img" not in valeur.source


def test_le_texte_de_l_editeur_complet_revient_aussi() -> None:
    assert en_texte(
        corps([("texte", RichText('<p data-block-key="a1b2c">Un</p><p data-block-key="d">d<br/>x</p>'))])
    ) == ("Un\n\nd\nx")


@pytest.mark.parametrize(
    "blocs",
    [
        [("texte", RichText("<p>un <b>mot</b></p>"))],
        [("texte", RichText("<h3>Titre</h3><p>un</p>"))],
        [("texte", RichText('<p><a href="https://example.org">lien</a></p>'))],
        [("texte", RichText("<p>un</p>")), ("texte", RichText("<p>deux</p>"))],
    ],
)
def test_ce_que_le_texte_nu_perdrait_ne_passe_pas(blocs) -> None:
    assert en_texte(corps(blocs)) is None


@pytest.mark.parametrize(
    ("texte", "langue"),
    [
        ("حملة نظافة", "ar"),
        ("Journée portes ouvertes", "fr"),
        ("نتائج مباراة Robotique", "ar"),
        ("Sortie à شفشاون samedi", "fr"),
        ("ⵜⴰⵎⵖⵔⴰ ⵏ ⵓⵙⴳⴳⵯⴰⵙ 2026", "zgh"),
        ("مباراة في Programmation Robotique", "ar"),
        ("شاهدوا الصور: https://www.facebook.com/college.azzaytoune/photos/albums/rentree-2026", "ar"),
        ("للاستفسار college.azzaytoune@example.ma", "ar"),
        ("2026", "ar"),
        ("", "ar"),
    ],
)
def test_la_langue_se_lit_dans_les_mots(texte: str, langue: str) -> None:
    assert langue_de(texte) == langue
