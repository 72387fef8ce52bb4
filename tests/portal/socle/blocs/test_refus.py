"""What the blocks refuse, and what they say then."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from portal.socle.blocs.corps import BLOCS_AU_PLUS, Corps
from portal.socle.blocs.echantillons import Bibliotheque, echantillon
from portal.socle.blocs.tableau import decouper, est_nombre
from portal.socle.blocs.video import reconnaitre
from portal.socle.redaction import lien_sur
from tests.fabriques.mediatheque import creer_image


def fautes(erreur: ValidationError) -> list[str]:
    """Every message of a nested error, as the editor shows them."""
    dites = list(erreur.messages) if hasattr(erreur, "error_list") else []
    for enfants in ("block_errors", "non_block_errors"):
        valeurs = getattr(erreur, enfants, None) or []
        for valeur in valeurs.values() if isinstance(valeurs, dict) else valeurs:
            dites += fautes(valeur) if isinstance(valeur, ValidationError) else [str(valeur)]
    return dites


def refuser(brut: list[dict], langue: str = "fr") -> str:
    corps = Corps()
    with override(langue), pytest.raises(ValidationError) as refus:
        corps.clean(corps.to_python(brut))
    with override(langue):
        return " ".join(fautes(refus.value))


def tableau(contenu: str) -> list[dict]:
    valeur = {"titre": "Notes", "contenu": contenu, "premiere_ligne": True, "premiere_colonne": False}
    return [{"type": "tableau", "value": valeur}]


def test_un_tableau_de_5000_lignes_est_refuse_sans_rien_perdre() -> None:
    contenu = "\n".join(f"{rang}\t{rang * 2}" for rang in range(5_000))
    assert "5000 lignes ; une page en montre 200 au plus" in refuser(tableau(contenu))
    assert "200" in refuser(tableau(contenu), "ar")
    assert "أرفق" in refuser(tableau(contenu), "ar")
    corps = Corps()
    valeur = corps.to_python(tableau(contenu))
    assert corps.get_form_state(valeur)[0]["value"]["contenu"] == contenu


@pytest.mark.parametrize(
    ("contenu", "message"),
    [
        ("\t".join("abcdefghijklm") + "\n1", "13 colonnes"),
        ("un seul titre", "n'a pas de ligne"),
        (" \n\t\n", "n'a pas de ligne"),
        (f"a\tb\n1\t{'x' * 301}", "trop longue"),
    ],
)
def test_un_tableau_mal_fait_dit_pourquoi(contenu: str, message: str) -> None:
    assert message in refuser(tableau(contenu))


def test_un_tableau_de_200_lignes_passe() -> None:
    corps = Corps()
    corps.clean(corps.to_python(tableau("\n".join(f"{rang}\t{rang}" for rang in range(200)))))


@pytest.mark.parametrize(
    ("contenu", "attendu"),
    [
        ("\tLundi\r\n8 h\tMaths\r\n", [["", "Lundi"], ["8 h", "Maths"]]),
        ("| a | b |\n| 1 | 2 |", [["a", "b"], ["1", "2"]]),
        ("a;b\n1", [["a", "b"], ["1", ""]]),
    ],
)
def test_un_tableau_se_colle_comme_il_vient(contenu: str, attendu: list) -> None:
    assert decouper(contenu) == attendu


@pytest.mark.parametrize(
    ("texte", "attendu"), [("1 234,5", True), ("٣٤", True), ("12 %", True), ("1APIC", False), ("", False)]
)
def test_un_chiffre_se_reconnait(texte: str, attendu: bool) -> None:
    assert est_nombre(texte) is attendu


@pytest.mark.django_db
def test_une_image_sans_description_ou_sans_auteur_est_refusee(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    image = creer_image(credit="")
    valeur = {"image": image.pk, "alt": "", "legende": "", "credit": ""}
    assert refuser([{"type": "image", "value": valeur}])
    assert "Dites qui a fait l'image" in refuser([{"type": "image", "value": {**valeur, "alt": "La cour"}}])
    corps = Corps()
    corps.clean(corps.to_python([{"type": "image", "value": {**valeur, "alt": "La cour", "credit": "L'école"}}]))


@pytest.mark.parametrize("lien", [{"page": None, "url": ""}, {"page": 1, "url": "https://exemple.ma/"}])
@pytest.mark.django_db
def test_un_bouton_mene_a_un_endroit_et_un_seul(lien: dict) -> None:
    valeur = {"texte": "Aller", "phrase": "", "lien": lien}
    assert "l'une des deux" in refuser([{"type": "appel", "value": valeur}])


def test_une_seance_finit_apres_son_debut() -> None:
    seance = {"jour": "lundi", "debut": "10:00", "fin": "09:00", "intitule": "Maths"}
    valeur = {"titre": "1APIC-1", "seances": [{"type": "item", "id": "1", "value": seance}]}
    assert "doit finir après son début" in refuser([{"type": "horaires", "value": valeur}])


def test_un_corps_a_une_fin() -> None:
    citation = {"type": "citation", "value": {"texte": "Lire.", "auteur": ""}}
    assert str(BLOCS_AU_PLUS) in refuser([citation] * (BLOCS_AU_PLUS + 1))


@pytest.mark.django_db
def test_l_editeur_garde_ce_que_les_exemples_disent(bibliotheque: Bibliotheque) -> None:
    """What is cleaned then stored reads the same."""
    corps = Corps()
    brut = echantillon("ar", bibliotheque)
    propre = corps.clean(corps.to_python(brut))
    ecrit = [{"type": bloc["type"], "value": bloc["value"]} for bloc in corps.get_prep_value(propre)]
    lien = f'id="{bibliotheque.page}" linktype="page"'
    assert lien in ecrit[0]["value"]
    assert ecrit[0]["value"].replace(lien, "") == brut[0]["value"].replace(
        f'linktype="page" id="{bibliotheque.page}"', ""
    )
    assert [bloc["type"] for bloc in ecrit] == [bloc["type"] for bloc in brut]


@pytest.mark.parametrize(
    ("adresse", "page"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ?si=abc", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://www.dailymotion.com/video/x8abc12", "https://www.dailymotion.com/video/x8abc12"),
        ("https://dai.ly/x8abc12", "https://www.dailymotion.com/video/x8abc12"),
        ("https://player.vimeo.com/video/76979871", "https://vimeo.com/76979871"),
    ],
)
def test_une_video_se_reconnait_sous_toutes_ses_adresses(adresse: str, page: str) -> None:
    assert reconnaitre(adresse).page == page


@pytest.mark.parametrize(
    "adresse", ["https://exemple.ma/", "mailto:a@exemple.ma", "tel:+212528000000", "/ar/annuaire/"]
)
def test_un_lien_ordinaire_passe(adresse: str) -> None:
    assert lien_sur(adresse) == adresse


@pytest.mark.parametrize(
    "adresse",
    [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//ailleurs.example/",
        "/\\ailleurs.example",
        "https:\\\\ailleurs.example",
        "https://banque.example@ailleurs.example/",
        "http://[",
        "https://",
        "ftp://exemple.ma/",
        "page.html",
        "",
    ],
)
def test_un_lien_louche_est_refuse(adresse: str) -> None:
    assert lien_sur(adresse) is None
