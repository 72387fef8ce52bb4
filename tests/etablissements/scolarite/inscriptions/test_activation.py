"""Using a slip: what it opens, what refuses it, and that nothing says why."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from etablissements.scolarite.inscriptions.activation import (
    MOTIF_REMPLACEE,
    ActivationRefusee,
    CodesBordereau,
    DejaTuteur,
    NouveauCompte,
    activer,
    preparer_activation,
)
from etablissements.scolarite.inscriptions.codes import empreinte
from etablissements.scolarite.models import Bordereau, Tutelle, Tuteur
from portal.comptes.identifiants import cle_de_luhn
from portal.comptes.models import Utilisateur
from tests.fabriques import creer_affectation, creer_bordereau, creer_eleve, creer_tutelle, creer_tuteur

pytestmark = pytest.mark.django_db
CODE = "7KQ2MX94TB"
NAISSANCE = datetime.date(2013, 5, 1)
MERE = NouveauCompte(nom="أمزيان", prenom="فاطمة", mot_de_passe="olivier-cedre-argane")


def codes(bordereau: Bordereau, code: str = CODE) -> CodesBordereau:
    return preparer_activation(code_massar=bordereau.eleve.code_massar, code_bordereau=code)


def utiliser(bordereau: Bordereau, **options):
    defauts = {"codes": codes(bordereau), "date_naissance": NAISSANCE, "lien": "mere", "compte": MERE}
    return activer(**(defauts | options))


def test_un_compte_une_tutelle_et_le_bordereau_meurt() -> None:
    bordereau = creer_bordereau()
    activation = utiliser(bordereau)
    utilisateur = Utilisateur.objects.get(pk=activation.utilisateur_id)
    assert utilisateur.check_password(MERE.mot_de_passe)
    assert (utilisateur.last_name, utilisateur.first_name, utilisateur.email) == ("أمزيان", "فاطمة", "")
    assert cle_de_luhn(utilisateur.username[:9]) == utilisateur.username[9]
    tutelle = Tutelle.objects.get(cle=activation.tutelle_cle)
    assert (tutelle.tuteur.utilisateur, tutelle.eleve, tutelle.rang) == (utilisateur, bordereau.eleve, 1)
    assert (tutelle.lien, tutelle.statut, tutelle.au) == ("mere", "declaree", None)
    bordereau.refresh_from_db()
    assert bordereau.etat == "utilise"
    assert bordereau.utilise_le is not None


def test_un_bordereau_ne_sert_qu_une_fois() -> None:
    bordereau = creer_bordereau()
    utiliser(bordereau)
    with pytest.raises(ActivationRefusee):
        utiliser(bordereau)
    assert Utilisateur.objects.count() == 1


def test_un_second_enfant_s_ajoute_au_meme_compte() -> None:
    premier = utiliser(creer_bordereau())
    autre = creer_bordereau(code="7KQ2MX94TC")
    second = utiliser(autre, codes=codes(autre, "7KQ2MX94TC"), compte=None, utilisateur_id=premier.utilisateur_id)
    assert second.utilisateur_id == premier.utilisateur_id
    assert Tuteur.objects.count() == 1
    assert Tutelle.objects.filter(tuteur__utilisateur_id=premier.utilisateur_id, au=None).count() == 2


def test_une_personne_du_personnel_devient_tuteur_de_son_enfant() -> None:
    agent = creer_affectation().utilisateur
    activation = utiliser(creer_bordereau(), compte=None, utilisateur_id=agent.pk)
    tuteur = Tuteur.objects.get(utilisateur=agent)
    assert activation.utilisateur_id == agent.pk
    assert tuteur.nom == agent.username  # an account without a name: the identifier stands for it


def test_les_deux_rangs_vivent_ensemble() -> None:
    premier = creer_bordereau()
    second = creer_bordereau(eleve=premier.eleve, rang=2, code="7KQ2MX94TC")
    utiliser(premier)
    utiliser(second, codes=codes(second, "7KQ2MX94TC"), lien="pere")
    assert sorted(Tutelle.objects.filter(au=None).values_list("rang", "lien")) == [(1, "mere"), (2, "pere")]


def test_le_meme_enfant_deux_fois_est_dit_et_ne_coute_pas_le_bordereau() -> None:
    premier = utiliser(creer_bordereau())
    eleve = Tutelle.objects.get().eleve
    second = creer_bordereau(eleve=eleve, rang=2, code="7KQ2MX94TC")
    with pytest.raises(DejaTuteur):
        utiliser(second, codes=codes(second, "7KQ2MX94TC"), compte=None, utilisateur_id=premier.utilisateur_id)
    second.refresh_from_db()
    assert (second.etat, second.essais) == ("actif", 0)
    assert Tutelle.objects.count() == 1


def test_un_bordereau_reemis_ferme_l_ancien_acces() -> None:
    ancienne = creer_tutelle(eleve=creer_eleve(), rang=1)
    autre = creer_tutelle(eleve=ancienne.eleve, rang=2)
    activation = utiliser(creer_bordereau(eleve=ancienne.eleve))
    ancienne.refresh_from_db()
    assert (ancienne.statut, ancienne.motif_fin) == ("terminee", MOTIF_REMPLACEE)
    assert ancienne.au is not None
    assert set(Tutelle.objects.filter(au=None).values_list("cle", flat=True)) == {autre.cle, activation.tutelle_cle}


def refus(nom: str) -> dict[str, object]:
    """Arguments of `activer` that must be refused, each for its own reason."""
    bordereau = creer_bordereau()
    autre = creer_bordereau(code="7KQ2MX94TC")
    match nom:
        case "mauvais code":
            return {"codes": codes(bordereau, "7KQ2MX94TD")}
        case "bordereau d'un autre":
            return {"codes": codes(bordereau, "7KQ2MX94TC")}
        case "élève inconnu":
            return {"codes": CodesBordereau("Z990000000", empreinte(CODE))}
        case "mauvaise naissance":
            return {"codes": codes(bordereau), "date_naissance": datetime.date(2013, 5, 2)}
        case "périmé":
            return {"codes": codes(bordereau), "instant": bordereau.expire_le}
        case "annulé":
            Bordereau.objects.filter(pk=bordereau.pk).update(etat="annule")
        case "utilisé":
            Bordereau.objects.filter(pk=bordereau.pk).update(etat="utilise", utilise_le=timezone.now())
    assert autre.etat == "actif"
    return {"codes": codes(bordereau)}


REFUS = ["mauvais code", "bordereau d'un autre", "élève inconnu", "mauvaise naissance", "périmé", "annulé", "utilisé"]


def test_tous_les_refus_se_ressemblent_jusqu_aux_requetes() -> None:
    formes = {}
    for nom in REFUS:
        Bordereau.objects.all().delete()
        arguments = {"date_naissance": NAISSANCE, "lien": "mere", "compte": MERE} | refus(nom)
        with (
            CaptureQueriesContext(
                connection,
            ) as requetes,
            pytest.raises(ActivationRefusee) as refusee,
        ):
            activer(**arguments)
        formes[nom] = (str(refusee.value), [requete["sql"].split(" ")[0] for requete in requetes])
    assert len({str(forme) for forme in formes.values()}) == 1, formes
    assert not Utilisateur.objects.exists()


def test_dix_mauvaises_confirmations_tuent_le_bordereau() -> None:
    bordereau = creer_bordereau()
    for essai in range(1, 11):
        with pytest.raises(ActivationRefusee):
            utiliser(bordereau, date_naissance=datetime.date(2013, 1, 1))
        bordereau.refresh_from_db()
        assert (bordereau.essais, bordereau.etat) == (essai, "annule" if essai == 10 else "actif")
    with pytest.raises(ActivationRefusee):
        utiliser(bordereau)


def test_un_mauvais_code_ne_coute_rien_au_vrai_bordereau() -> None:
    bordereau = creer_bordereau()
    for _ in range(12):
        with pytest.raises(ActivationRefusee):
            utiliser(bordereau, codes=codes(bordereau, "0000000000"))
    bordereau.refresh_from_db()
    assert (bordereau.essais, bordereau.etat) == (0, "actif")


def test_il_faut_un_compte_ou_en_ouvrir_un() -> None:
    bordereau = creer_bordereau()
    with pytest.raises(ValueError, match="account"):
        utiliser(bordereau, compte=None)
    with pytest.raises(ValueError, match="account"):
        utiliser(bordereau, utilisateur_id=creer_tuteur().utilisateur_id)


def test_un_lien_inconnu_n_entre_pas() -> None:
    bordereau = creer_bordereau()
    with pytest.raises(ValueError, match="voisine"):
        utiliser(bordereau, lien="voisine")
    bordereau.refresh_from_db()
    assert bordereau.etat == "actif"
    assert not Utilisateur.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_deux_usages_ensemble_un_seul_gagne() -> None:
    bordereau = creer_bordereau()
    depart = threading.Barrier(2)

    def une_fois(_rang: int) -> str:
        depart.wait(timeout=20)
        try:
            utiliser(bordereau)
        except ActivationRefusee:
            return "refusée"
        finally:
            connections.close_all()
        return "ouverte"

    with ThreadPoolExecutor(2) as fils:
        assert sorted(fils.map(une_fois, range(2))) == ["ouverte", "refusée"]
    assert Tutelle.objects.count() == Utilisateur.objects.count() == 1
