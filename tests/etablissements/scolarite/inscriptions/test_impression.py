"""The printed slips: what the PDF says, and what a kill leaves."""

import stat

import pypdfium2
import pytest
import zxingcpp

from etablissements.scolarite.inscriptions import impression
from etablissements.scolarite.inscriptions.bordereaux import LotPerime, inscrire_lot, preparer_lot
from etablissements.scolarite.inscriptions.codes import grouper
from etablissements.scolarite.inscriptions.impression import (
    adresse_activation,
    composer_bordereaux,
    dossier_reserve,
    publier_lot,
)
from etablissements.scolarite.models import Bordereau
from tests.fabriques import creer_classe, creer_eleve, creer_inscription

pytestmark = pytest.mark.django_db


@pytest.fixture
def classe():
    classe = creer_classe(libelle="1APIC-3")
    creer_inscription(classe=classe, eleve=creer_eleve(nom_fr="", prenom_fr=""))
    long = creer_eleve(
        nom_ar="آيت الحسين أوبلقاسم بن عبد الرحمان الإدريسي العلوي المدغري",
        prenom_ar="عبد المجيد زين العابدين محمد الأمين",
        nom_fr="AIT EL HOUSSAINE OUBELKASSEM BEN ABDERRAHMANE EL IDRISSI EL ALAOUI",
        prenom_fr="Abdelmajid Zine El Abidine Mohamed Lamine",
        sexe="F",
    )
    creer_inscription(classe=classe, eleve=long)
    creer_inscription(classe=classe)
    return classe


def lot(classe, **options):
    return preparer_lot(etablissement=classe.etablissement, annee=classe.annee, **options)


def test_quatre_bordereaux_par_page_avec_leurs_codes(classe) -> None:
    prepare = lot(classe)
    pdf = pypdfium2.PdfDocument(composer_bordereaux(prepare))
    assert len(pdf) == 2
    textes = [page.get_textpage().get_text_range() for page in pdf]
    for rang, bordereau in enumerate(prepare.bordereaux):
        assert grouper(bordereau.code) in textes[rang // 4]
        assert bordereau.eleve.code_massar in textes[rang // 4]
    tout = "".join(textes)
    for mot in ("1APIC-3", "Premier tuteur", "Second tuteur", "127.0.0.1:8000/activation/", "Bordereau d’activation"):
        assert mot in tout


def test_le_code_qr_porte_les_codes_dans_le_fragment(classe) -> None:
    prepare = lot(classe, rangs=[1])
    image = pypdfium2.PdfDocument(composer_bordereaux(prepare))[0].render(scale=3).to_pil()
    lus = {code.text for code in zxingcpp.read_barcodes(image)}
    assert lus == {
        adresse_activation(code_massar=b.eleve.code_massar, code_bordereau=b.code) for b in prepare.bordereaux
    }
    for adresse in lus:
        chemin, fragment = adresse.split("#")
        assert chemin == "http://127.0.0.1:8000/activation/"
        assert fragment.count(".") == 1


def test_l_avancement_est_dit_bordereau_par_bordereau(classe) -> None:
    pas = []
    composer_bordereaux(lot(classe), apres_bordereau=lambda: pas.append(1))
    assert len(pas) == 6


def test_le_fichier_et_le_registre_viennent_ensemble(classe, tmp_path) -> None:
    destination = tmp_path / "prive" / "lot.pdf"
    with dossier_reserve(destination.parent) as repris:
        assert repris == []
        publier_lot(lot(classe), b"%PDF", destination)
    assert destination.read_bytes() == b"%PDF"
    assert stat.S_IMODE(destination.stat().st_mode) == 0o600
    assert stat.S_IMODE(destination.parent.stat().st_mode) == 0o700
    assert Bordereau.objects.count() == 6
    assert [f.name for f in destination.parent.iterdir() if f.name.endswith(".partiel")] == []


def test_un_lot_refuse_ne_laisse_aucun_fichier(classe, tmp_path) -> None:
    premier, second = lot(classe), lot(classe)
    inscrire_lot(premier)
    with dossier_reserve(tmp_path), pytest.raises(LotPerime):
        publier_lot(second, b"%PDF", tmp_path / "lot.pdf")
    assert sorted(f.name for f in tmp_path.iterdir()) == [".verrou"]


def test_tue_avant_l_inscription_le_reste_est_jete(classe, tmp_path, monkeypatch) -> None:
    def mourir(_lot) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(impression, "inscrire_lot", mourir)
    monkeypatch.setattr(impression.Path, "unlink", lambda self, missing_ok=False: None)  # a kill runs no handler
    with dossier_reserve(tmp_path), pytest.raises(KeyboardInterrupt):
        publier_lot(lot(classe), b"%PDF", tmp_path / "lot.pdf")
    monkeypatch.undo()
    assert len(list(tmp_path.glob(".*.partiel"))) == 1
    with dossier_reserve(tmp_path) as repris:
        assert repris == []
    assert sorted(f.name for f in tmp_path.iterdir()) == [".verrou"]
    assert not Bordereau.objects.exists()


def test_tue_apres_l_inscription_le_fichier_est_remis_en_place(classe, tmp_path, monkeypatch) -> None:
    def mourir(*_chemins) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(impression, "_mettre_en_place", mourir)
    with dossier_reserve(tmp_path), pytest.raises(KeyboardInterrupt):
        publier_lot(lot(classe), b"%PDF", tmp_path / "lot.pdf")
    monkeypatch.undo()
    assert Bordereau.objects.count() == 6
    assert not (tmp_path / "lot.pdf").exists()
    with dossier_reserve(tmp_path) as repris:
        assert repris == [tmp_path / "lot.pdf"]
    assert (tmp_path / "lot.pdf").read_bytes() == b"%PDF"


def test_un_fichier_d_un_autre_n_est_pas_touche(tmp_path) -> None:
    autre = tmp_path / ".notes.partiel"
    autre.write_text("à moi")
    with dossier_reserve(tmp_path) as repris:
        assert repris == []
    assert autre.read_text() == "à moi"
