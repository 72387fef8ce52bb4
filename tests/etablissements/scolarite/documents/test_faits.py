import datetime

import pytest

from etablissements.acces.models import Affectation
from etablissements.scolarite.documents.faits import empreinte, etablir
from tests.fabriques import (
    MIDI,
    creer_affectation,
    creer_classe,
    creer_eleve,
    creer_etablissement,
    creer_inscription,
    creer_utilisateur,
)

pytestmark = pytest.mark.django_db
JOUR = MIDI.date()


def faits(inscription=None, **eleve):
    inscription = inscription or creer_inscription(eleve=creer_eleve(**eleve))
    return etablir(inscription=inscription, jour=JOUR)


def test_les_deux_langues_et_le_nom_de_famille_en_capitales() -> None:
    obtenus = faits(nom_fr="El Alaoui", prenom_fr="Salma", nom_ar="العلوي", prenom_ar="سلمى", sexe="F")
    assert obtenus["eleve"]["nom"] == {"ar": "سلمى العلوي", "fr": "Salma EL ALAOUI"}
    assert obtenus["etablissement"]["fr"].startswith("Collège")
    assert obtenus["annee"] == "2026/2027"
    assert obtenus["lieu"] == {"ar": "تيزنيت", "fr": "Tiznit"}
    assert obtenus["essai"] is True


def test_un_nom_connu_dans_une_ecriture_vaut_pour_les_deux() -> None:
    assert faits(nom_fr="", prenom_fr="")["eleve"]["nom"] == {"ar": "إلياس أمزيان", "fr": "إلياس أمزيان"}
    assert faits(nom_ar="", prenom_ar="")["eleve"]["nom"] == {"ar": "Ilyas AMEZIANE", "fr": "Ilyas AMEZIANE"}


def test_un_lieu_de_naissance_peut_manquer() -> None:
    assert faits(lieu_naissance_ar="", lieu_naissance_fr="")["eleve"]["lieu_naissance"] is None
    assert faits(lieu_naissance_fr="")["eleve"]["lieu_naissance"] == {"ar": "تيزنيت", "fr": "تيزنيت"}


def test_la_filiere_quand_il_y_en_a_une() -> None:
    lycee = creer_etablissement(type="lycee", cycles=("qualifiant",))
    classe = creer_classe(etablissement=lycee, niveau="2BACSPF")
    obtenus = faits(creer_inscription(classe=classe))
    assert obtenus["filiere"]["fr"]
    assert obtenus["filiere"]["ar"]


def test_le_directeur_du_jour_de_cet_etablissement() -> None:
    inscription = creer_inscription()
    ici, ailleurs = inscription.classe.etablissement, creer_etablissement()
    nom = {"first_name": "أمينة", "last_name": "الراجي"}
    assert faits(inscription)["directeur"] is None
    creer_affectation(etablissement=ailleurs, utilisateur=creer_utilisateur(**nom))
    creer_affectation(etablissement=ici, utilisateur=creer_utilisateur(**nom), role=Affectation.Role.SECRETAIRE)
    creer_affectation(etablissement=ici, utilisateur=creer_utilisateur(**nom), au=JOUR - datetime.timedelta(days=1))
    creer_affectation(etablissement=ici, utilisateur=creer_utilisateur())
    assert faits(inscription)["directeur"] is None
    creer_affectation(etablissement=ici, utilisateur=creer_utilisateur(**nom))
    assert faits(inscription)["directeur"] == "أمينة الراجي"


def test_une_annexe_est_dirigee_par_son_etablissement() -> None:
    mere = creer_etablissement()
    annexe = creer_etablissement(type="annexe", rattachement=mere)
    creer_affectation(etablissement=mere, utilisateur=creer_utilisateur(first_name="Amina", last_name="Raji"))
    obtenus = faits(creer_inscription(classe=creer_classe(etablissement=annexe)))
    assert obtenus["directeur"] == "Amina Raji"
    assert obtenus["etablissement"]["gresa"] == annexe.gresa


def test_l_empreinte_suit_les_faits_et_pas_le_signataire() -> None:
    de_base = faits()
    assert empreinte(de_base) == empreinte(dict(reversed(de_base.items())))
    assert empreinte(de_base) == empreinte({**de_base, "directeur": "أمينة الراجي"})
    assert empreinte(de_base) != empreinte({**de_base, "classe": "1APIC-99"})
    assert empreinte(de_base) != empreinte({**de_base, "eleve": {**de_base["eleve"], "naissance": "2013-05-02"}})


def test_les_faits_se_lisent_en_peu_de_requetes(django_assert_num_queries) -> None:
    inscription = creer_inscription()
    faits(inscription)
    with django_assert_num_queries(1):
        faits(inscription)
