"""`manage.py imprimer_bordereaux`, as a school calls it."""

import io
import stat
from pathlib import Path

import pypdfium2
import pytest
from django.core.management import CommandError, call_command

from etablissements.scolarite.inscriptions import impression
from etablissements.scolarite.inscriptions.codes import empreinte, lire_code_bordereau
from etablissements.scolarite.models import Bordereau
from tests.fabriques import creer_classe, creer_etablissement, creer_inscription, creer_tutelle

pytestmark = pytest.mark.django_db


@pytest.fixture
def classe():
    """Two pupils of one school, one of another."""
    creer_inscription()
    classe = creer_classe(libelle="1APIC-3")
    for _ in range(2):
        creer_inscription(classe=classe)
    return classe


@pytest.fixture(autouse=True)
def dossier(settings, tmp_path) -> Path:
    settings.BORDEREAUX_DIR = tmp_path / "bordereaux"
    return settings.BORDEREAUX_DIR


def imprimer(classe, *options: str) -> str:
    sortie = io.StringIO()
    call_command(
        "imprimer_bordereaux",
        "--etablissement",
        classe.etablissement.gresa,
        *options,
        stdout=sortie,
        stderr=io.StringIO(),
    )
    return sortie.getvalue()


def codes_imprimes(pdf: Path) -> set[str]:
    """The slip codes that can be read on a PDF."""
    texte = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    mots = {lire_code_bordereau(mot) for mot in texte.split() if "-" in mot and len(mot) == 11}
    return {mot for mot in mots if mot}


def test_un_pdf_prive_dont_chaque_code_est_au_registre(classe, dossier) -> None:
    dit = imprimer(classe, "--classe", "1apic-3")
    (pdf,) = dossier.glob("*.pdf")
    assert f"bordereaux-{classe.etablissement.gresa}-1APIC-3-" in pdf.name
    assert stat.S_IMODE(pdf.stat().st_mode) == 0o600
    assert str(pdf) in dit
    assert "4 bordereaux valables" in dit
    codes = codes_imprimes(pdf)
    assert len(codes) == 4
    assert {empreinte(code) for code in codes} == set(Bordereau.objects.values_list("empreinte", flat=True))
    assert not any(code in dit for code in codes)


def test_la_sortie_choisie_et_jamais_ecrasee(classe, tmp_path) -> None:
    sortie = tmp_path / "classe.pdf"
    imprimer(classe, "--sortie", str(sortie), "--rang", "1")
    assert len(codes_imprimes(sortie)) == 2
    with pytest.raises(CommandError, match="existe déjà"):
        imprimer(classe, "--sortie", str(sortie), "--rang", "2")
    assert Bordereau.objects.count() == 2
    with pytest.raises(CommandError, match="dossier n'existe pas"):
        imprimer(classe, "--sortie", str(tmp_path / "rien" / "x.pdf"))


def test_relancer_ne_fait_rien_et_reemettre_demande(classe, dossier, monkeypatch) -> None:
    imprimer(classe)
    assert "Rien à imprimer" in imprimer(classe)
    with pytest.raises(CommandError, match="Abandonné"):  # no terminal, no --oui
        imprimer(classe, "--reemettre")
    for reponse, total in (("n", 4), ("oui", 8)):
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", lambda reponse=reponse: reponse)
        if reponse == "n":
            with pytest.raises(CommandError, match="Abandonné"):
                imprimer(classe, "--reemettre")
        else:
            imprimer(classe, "--reemettre", "--sortie", str(dossier / "encore.pdf"))
        assert Bordereau.objects.count() == total
    assert Bordereau.objects.filter(etat="actif").count() == 4


def test_reemettre_pour_un_seul_eleve(classe, tmp_path) -> None:
    imprimer(classe)
    eleve = classe.inscriptions.first().eleve
    creer_tutelle(eleve=eleve, rang=1)
    liste = tmp_path / "liste.txt"
    liste.write_text(f"\n {eleve.code_massar.lower()} \n", encoding="utf-8")
    sortie = tmp_path / "un.pdf"
    imprimer(classe, "--eleves", str(liste), "--rang", "1", "--reemettre", "--oui", "--sortie", str(sortie))
    (code,) = codes_imprimes(sortie)
    assert Bordereau.objects.get(empreinte=empreinte(code)).eleve == eleve
    assert Bordereau.objects.filter(etat="annule").count() == 1


def test_les_eleves_sur_l_entree_standard(classe, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(classe.inscriptions.first().eleve.code_massar))
    imprimer(classe, "--eleves", "-")
    assert Bordereau.objects.count() == 2


@pytest.mark.parametrize(
    ("contenu", "message"),
    [("pas un code\n", "Ligne 1"), ("\n", "Aucun code"), (b"\xff\xfe", "illisible"), (None, "illisible")],
)
def test_une_liste_d_eleves_fausse_est_dite(contenu, message, classe, tmp_path) -> None:
    liste = tmp_path / "liste.txt"
    if contenu is not None:
        liste.write_bytes(contenu if isinstance(contenu, bytes) else contenu.encode())
    with pytest.raises(CommandError, match=message):
        imprimer(classe, "--eleves", str(liste))


def test_un_eleve_d_ailleurs_n_a_rien_ici(classe, tmp_path) -> None:
    liste = tmp_path / "liste.txt"
    liste.write_text(creer_inscription().eleve.code_massar)
    with pytest.raises(CommandError, match="Aucun de ces élèves"):
        imprimer(classe, "--eleves", str(liste), "--reemettre", "--oui")


def test_les_erreurs_disent_ce_qui_existe(classe) -> None:
    with pytest.raises(CommandError, match=f"99999.*{classe.etablissement.gresa}"):
        call_command("imprimer_bordereaux", "--etablissement", "99999X")
    with pytest.raises(CommandError, match=r"2APIC-9.*1APIC-3"):
        imprimer(classe, "--classe", "2APIC-9")
    with pytest.raises(CommandError, match="2020-2021"):
        imprimer(classe, "--annee", "1999-2000")
    with pytest.raises(CommandError, match="aucune classe"):
        imprimer(classe, "--annee", "2020/2021")
    creer_classe(etablissement=classe.etablissement, libelle="2APIC-1", niveau="2APIC")
    with pytest.raises(CommandError, match="Aucun élève inscrit"):
        imprimer(classe, "--classe", "2APIC-1")
    with pytest.raises(CommandError, match="aucune classe"):
        call_command("imprimer_bordereaux", "--etablissement", creer_etablissement().gresa)
    assert not Bordereau.objects.exists()


def test_une_impression_tuee_est_reprise_et_dite(classe, dossier, monkeypatch) -> None:
    def mourir(*_chemins) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as panne:
        panne.setattr(impression, "_mettre_en_place", mourir)
        with pytest.raises(KeyboardInterrupt):
            imprimer(classe, "--rang", "1", "--sortie", str(_dans(dossier) / "tuee.pdf"))
    dit = imprimer(classe, "--rang", "2", "--sortie", str(dossier / "suite.pdf"))
    assert f"reprise : {dossier / 'tuee.pdf'}" in dit
    assert len(codes_imprimes(dossier / "tuee.pdf")) == 2


def _dans(dossier: Path) -> Path:
    dossier.mkdir()
    return dossier


def test_en_arabe_aussi(classe) -> None:
    assert "قسائم صالحة" in imprimer(classe, "--langue", "ar")
