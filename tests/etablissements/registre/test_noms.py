"""School names: written out for readers, compared whatever their spelling."""

import pytest

from etablissements.registre.models import Etablissement
from etablissements.registre.noms import cle_de_nom, nom_public_ar, nom_public_fr
from tests import fabriques


@pytest.mark.parametrize(
    ("registre", "public"),
    [
        ("SS IDRISS II UNITE TIZARKIN", "Groupe scolaire Idriss II unité Tizarkin"),
        ("LYCEE COLLEGIAL AZZAITOUNE", "Collège Azzaitoune"),
        ("LYCEE QUALIFIANT HASSAN II", "Lycée Hassan II"),
        ("EC SIDI AISSA CENTRE IZERBI", "École communautaire Sidi Aissa centre Izerbi"),
        ("ECOLE LALLA MERIEME", "École Lalla Merieme"),
        ("NOUVEAU LYCEE", "Nouveau Lycee"),
        ("Collège Azzaytoune expérimental", "Collège Azzaytoune expérimental"),
    ],
)
def test_le_nom_francais_s_ecrit_en_entier(registre: str, public: str) -> None:
    assert nom_public_fr(registre) == public


@pytest.mark.parametrize(
    ("registre", "public"),
    [
        ("م.م ادريس الثاني", "مجموعة مدارس ادريس الثاني"),
        ("م. للا مريم", "مدرسة للا مريم"),
        ("م.ج تهالة", "المدرسة الجماعاتية تهالة"),
        ("مدرسة الأرز", "مدرسة الأرز"),
    ],
)
def test_le_nom_arabe_s_ecrit_en_entier(registre: str, public: str) -> None:
    assert nom_public_ar(registre) == public


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("م.م ادريس الثاني", "مجموعة  مدارس إدريس الثاني"),
        ("م . م ادريس الثاني", "م/م إدريس الثانى"),
        ("م. للا مريم", "مدرسة للا مريم"),
        ("م.ج تهالة", "المدرسة الجماعاتية تهالة"),
        ("الثانوية الاعدادية الزيتون", "الثانوية الإعدادية الزيتون"),
        ("LYCEE COLLEGIAL AZZAITOUNE", "Collège Azzaitoune"),
        ("SS IDRISS II", "Groupe scolaire Idriss II"),
    ],
)
def test_deux_orthographes_d_un_meme_nom(un: str, autre: str) -> None:
    assert cle_de_nom(un) == cle_de_nom(autre)


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("م.م ادريس الثاني", "م.م ادريس الأول"),
        ("الثانوية الاعدادية الاطلس", "الثانوية التأهيلية الاطلس"),
        ("م. الوفاء", "م.م الوفاء"),
    ],
)
def test_deux_noms_differents(un: str, autre: str) -> None:
    assert cle_de_nom(un) != cle_de_nom(autre)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "recherche", ["ادريس", "إدريس الثّاني", "IDRISS", "groupe scolaire", "مجموعة مدارس", "tiznit", "تيزنيت"]
)
def test_une_ecole_se_cherche_par_tous_ses_mots(recherche: str) -> None:
    voisine = fabriques.creer_etablissement(direction="07.351", nom_fr="ECOLE X", nom_ar="م. س")
    ecole = fabriques.creer_etablissement(
        type="secteur", cycles=("primaire",), nom_fr="SS IDRISS II", nom_ar="م.م ادريس الثاني"
    )
    assert list(Etablissement.objects.chercher(recherche)) == [ecole]
    assert list(Etablissement.objects.chercher(voisine.gresa.lower())) == [voisine]
    assert list(Etablissement.objects.chercher(f"{recherche} مراكش")) == []
