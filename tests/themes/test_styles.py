"""The rules of the style sheets: logical, tinted by tokens only, legible in light and in the dark, light to carry."""

import gzip
import re
from pathlib import Path

import pytest

from portal.socle.management.commands.catalogues import applications_du_projet
from themes.finders import SOURCES, assembler

FEUILLES = sorted(SOURCES.rglob("*.css"))
DES_APPLICATIONS = sorted(
    feuille for app in applications_du_projet() for feuille in Path(app.path).glob("static/**/*.css")
)
# The back office lives in Wagtail's admin, whose sheets have no layers: ours would always lose.
EN_COUCHES = [*FEUILLES, *(fichier for fichier in DES_APPLICATIONS if "bureau" not in fichier.parts)]
SANS_COULEUR = [
    fichier
    for fichier in (*FEUILLES, *DES_APPLICATIONS)
    if fichier.name != "10-jetons.css" and fichier.parent.name != "cycles"
]
CYCLES = sorted(fichier.stem for fichier in (SOURCES / "cycles").glob("*.css"))
PHYSIQUE = re.compile(r"(?<![\w-])(left|right)(?![\w-])|-(left|right)\b", re.IGNORECASE)
COULEUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|oklab|color)\(", re.IGNORECASE)
DECLARATION = re.compile(r"(--[\w-]+):\s*(#[0-9a-f]{6});")
SOMBRE = "@media screen and (prefers-color-scheme: dark)"

# Text on its ground: 4.5 (WCAG 2.2, 1.4.3). What is drawn or delimits a field: 3 (1.4.11).
TEXTES = [
    ("texte", "fond"),
    ("texte", "surface"),
    ("texte", "surface-2"),
    ("texte-doux", "fond"),
    ("texte-doux", "surface"),
    ("texte-doux", "surface-2"),
    ("accent-texte", "fond"),
    ("accent-texte", "surface"),
    ("accent-texte", "accent-doux"),
    ("sur-accent", "accent"),
    ("sur-accent", "accent-fort"),
    ("sur-accent-doux", "accent-doux"),
    ("sur-heros", "heros"),
    ("heros-doux", "heros"),
    ("erreur", "fond"),
    ("erreur", "surface"),
    *[("texte", f"{etat}-fond") for etat in ("valide", "attention", "erreur", "info")],
    *[(etat, f"{etat}-fond") for etat in ("valide", "attention", "erreur", "info")],
]
TRACES = [
    ("bordure-forte", "surface"),
    ("accent", "surface"),
    ("second", "surface"),
    ("valide", "surface"),
    ("accent-texte", "fond"),
    ("ornement", "heros"),
    ("erreur", "surface"),
]


def sans_commentaires(fichier: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", fichier.read_text(encoding="utf-8"), flags=re.DOTALL)


def couleurs(cycle: str, sombre: bool) -> dict[str, str]:
    """The colours a page of this cycle has, as the cascade gives them."""
    resultat: dict[str, str] = {}
    for fichier in (SOURCES / "10-jetons.css", SOURCES / "cycles" / f"{cycle}.css"):
        clair, _separateur, fonce = fichier.read_text(encoding="utf-8").partition(SOMBRE)
        for source in (clair, fonce) if sombre else (clair,):
            resultat |= {nom.removeprefix("--"): valeur for nom, valeur in DECLARATION.findall(source)}
    return resultat


def luminance(couleur: str) -> float:
    """Relative luminance, WCAG 2.2."""
    canaux = (int(couleur[rang : rang + 2], 16) / 255 for rang in (1, 3, 5))
    rouge, vert, bleu = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux)
    return 0.2126 * rouge + 0.7152 * vert + 0.0722 * bleu


def contraste(une: str, autre: str) -> float:
    """Contrast ratio, WCAG 2.2."""
    sombre, claire = sorted((luminance(une), luminance(autre)))
    return (claire + 0.05) / (sombre + 0.05)


def test_le_contraste_se_calcule_comme_la_norme() -> None:
    assert contraste("#000000", "#ffffff") == pytest.approx(21)
    assert contraste("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("sombre", [False, True], ids=["clair", "sombre"])
@pytest.mark.parametrize("cycle", CYCLES)
def test_chaque_couple_est_lisible(cycle: str, sombre: bool) -> None:
    palette = couleurs(cycle, sombre)
    faibles = {
        f"{devant} / {fond}": round(rapport, 2)
        for couples, seuil in ((TEXTES, 4.5), (TRACES, 3.0))
        for devant, fond in couples
        if (rapport := contraste(palette[devant], palette[fond])) < seuil
    }
    assert faibles == {}


def test_les_cycles_reglent_les_memes_variables() -> None:
    assert CYCLES == ["college", "lycee", "national", "primaire"]
    noms = {cycle: re.findall(r"--[\w-]+(?=:)", (SOURCES / "cycles" / f"{cycle}.css").read_text()) for cycle in CYCLES}
    assert len({tuple(liste) for liste in noms.values()}) == 1


@pytest.mark.parametrize("fichier", [*FEUILLES, *DES_APPLICATIONS], ids=lambda fichier: fichier.stem)
def test_rien_de_physique(fichier: Path) -> None:
    assert PHYSIQUE.findall(sans_commentaires(fichier)) == []


@pytest.mark.parametrize("fichier", SANS_COULEUR, ids=lambda fichier: fichier.stem)
def test_les_couleurs_sont_dans_les_jetons_et_les_cycles(fichier: Path) -> None:
    ecran = sans_commentaires(fichier).partition("@media print")[0]
    masques = re.sub(r"(?:-webkit-)?mask-image:[^;]+;", "", ecran)  # of a mask only the opacity counts
    assert COULEUR.findall(masques) == []


@pytest.mark.parametrize("fichier", EN_COUCHES, ids=lambda fichier: fichier.stem)
def test_chaque_regle_a_sa_couche(fichier: Path) -> None:
    dehors = re.sub(r"@layer [\w, ]+;", "", sans_commentaires(fichier)).strip()
    assert dehors == "" or dehors.startswith("@layer ")


def test_les_variables_lues_existent() -> None:
    tout = assembler()
    lues, posees = set(re.findall(r"var\((--[\w-]+)", tout)), set(re.findall(r"[{;\s](--[\w-]+):", tout))
    assert lues <= posees
    assert posees <= lues, "a variable that nobody reads"


def test_la_feuille_se_lit_telle_quelle() -> None:
    tout = assembler()
    assert tout.startswith("@layer jetons, cycles, base, composants, pages, impression;")
    assert tout.count("{") == tout.count("}")
    assert "/*" not in tout
    for image in set(re.findall(r'url\("([^"]+)"\)', tout)):
        assert (SOURCES.parent / "static" / "themes" / image).exists()
    assert len(gzip.compress(tout.encode())) < 12_000
