"""The dashboards: a school's own, and that of a node; nothing of anybody else; the same queries at any size."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from etablissements.acces.models import Affectation
from etablissements.acces.requetes import Portee
from etablissements.bureau.tableau.panneaux import PanneauEcole
from etablissements.bureau.tableau.requetes import (
    Bilan,
    EtatPage,
    Fraicheur,
    bilans,
    dernieres_nouvelles,
    ecoles_datees,
    filtrer,
)
from etablissements.registre.models import Academie, Direction, Etablissement
from sites.createur import creer_sites
from sites.models import PageActualite, PageActualites, PageAgenda, PageEtablissement, PageEvenement
from tests.fabriques import creer_affectation, creer_etablissement, creer_utilisateur

pytestmark = pytest.mark.django_db

MARRAKECH = "07.351"


def ecole(**champs):
    creee = creer_etablissement(**champs)
    list(creer_sites([creee]))
    return creee


def actualite(etablissement, titre: str, *, jours: int = 0, live: bool = True) -> PageActualite:
    date = timezone.localdate() - datetime.timedelta(days=jours)
    parent = PageActualites.objects.get(etablissement=etablissement)
    return parent.add_child(instance=PageActualite(title=titre, date=date, live=live))


def poste(role: str, **portee: object):
    return Affectation.objects.create(utilisateur=creer_utilisateur(), role=role, **portee).utilisateur


def accueil(client, utilisateur, langue: str = "ar") -> str:
    client.force_login(utilisateur)
    with translation.override(langue):
        reponse = client.get(reverse("wagtailadmin_home"))
    assert reponse.status_code == 200
    return reponse.content.decode()


@pytest.mark.parametrize(
    ("langue", "depuis", "suite"),
    [
        ("fr", "depuis le 31 juillet 2026", "aux écoles voisines"),
        ("ar", "منذ 31 يوليوز 2026", "المدارس المجاورة"),
    ],
)
def test_une_ecole_fermee_le_dit_a_qui_y_travaille(client, langue: str, depuis: str, suite: str) -> None:
    """Nothing to confirm, to write or to approve; the messages of its families stay. The other school is as before."""
    fermee, autre = ecole(), ecole(nom_fr="COLLEGE VOISIN", nom_ar="الثانوية الاعدادية الجارة")
    directrice, voisin = (creer_affectation(etablissement=une).utilisateur for une in (fermee, autre))
    Etablissement.objects.filter(pk=fermee.pk).update(ouvert=False, ferme_le=datetime.date(2026, 7, 31))
    page = accueil(client, directrice, langue)
    assert depuis in page
    assert suite in page
    with translation.override(langue):
        monographie, reglages = (
            reverse("bureau:monographie", kwargs={"gresa": fermee.gresa.lower()}),
            reverse("gestion_sites:reglages", kwargs={"gresa": fermee.gresa.lower()}),
        )
        assert reverse("bureau:messages") in page
        assert reverse("bureau:ecrire_actualite", kwargs={"gresa": fermee.gresa.lower()}) not in page
    assert monographie not in page
    assert [client.get(une).status_code for une in (monographie, reglages)] == [404, 404]
    chez_l_autre = accueil(client, voisin, langue)
    assert depuis not in chez_l_autre
    assert monographie.replace(fermee.gresa.lower(), autre.gresa.lower()) in chez_l_autre


def test_une_ecole_reprise_nomme_celle_qui_l_a_reprise(client) -> None:
    fermee, autre = ecole(), ecole(nom_fr="COLLEGE VOISIN", nom_ar="الثانوية الاعدادية الجارة")
    directrice = creer_affectation(etablissement=fermee).utilisateur
    Etablissement.objects.filter(pk=fermee.pk).update(ouvert=False, successeur=autre)
    page = accueil(client, directrice, "fr")
    assert "d'après le registre du 1" in page
    assert autre.nom_public_fr in page


# -- A school -----------------------------------------------------------------


@pytest.mark.parametrize(("langue", "sens"), [("ar", "rtl"), ("fr", "ltr")])
def test_la_directrice_voit_son_ecole_et_elle_seule(client, langue: str, sens: str) -> None:
    la_sienne, autre = ecole(), ecole(nom_fr="COLLEGE VOISIN", nom_ar="الثانوية الاعدادية الجارة")
    actualite(la_sienne, "حملة نظافة")
    actualite(autre, "خبر الجيران")
    page = accueil(client, creer_affectation(etablissement=la_sienne).utilisateur, langue)
    assert f'dir="{sens}"' in page
    with translation.override(langue):
        assert la_sienne.nom_public in page
        assert reverse("bureau:ecrire_actualite", kwargs={"gresa": la_sienne.gresa.lower()}) in page
        assert reverse("bureau:monographie", kwargs={"gresa": la_sienne.gresa.lower()}) in page
    assert "حملة نظافة" in page
    for etranger in (autre.gresa, "خبر الجيران", "COLLEGE VOISIN", autre.nom_public_ar, autre.nom_public_fr):
        assert etranger not in page


def test_chaque_role_a_ses_gestes(client) -> None:
    la_sienne = ecole()
    ecrire = reverse("bureau:ecrire_actualite", kwargs={"gresa": la_sienne.gresa.lower()})
    monographie = reverse("bureau:monographie", kwargs={"gresa": la_sienne.gresa.lower()})
    tutelles = reverse("bureau:tutelles")
    for role, attendus in (
        ("directeur", {ecrire, monographie, tutelles}),
        ("redacteur", {ecrire}),
        ("secretaire", {tutelles}),
    ):
        page = accueil(client, creer_affectation(etablissement=la_sienne, role=role).utilisateur)
        corps = page.split('id="main"')[1]
        assert {adresse for adresse in (ecrire, monographie, tutelles) if f'"{adresse}"' in corps} == attendus, role


def test_un_poste_fini_ne_montre_plus_rien(client) -> None:
    la_sienne = ecole()
    affectation = creer_affectation(etablissement=la_sienne, au=timezone.localdate() - datetime.timedelta(days=1))
    creer_affectation(utilisateur=affectation.utilisateur, etablissement=ecole())
    assert la_sienne.gresa not in accueil(client, affectation.utilisateur)


def test_l_etat_de_chaque_nouvelle() -> None:
    la_sienne = ecole()
    en_ligne, brouillon, modifiee = (
        actualite(la_sienne, "a"),
        actualite(la_sienne, "b", live=False),
        actualite(la_sienne, "c"),
    )
    modifiee.title = "cc"
    modifiee.save_revision()
    programmee = actualite(la_sienne, "d", live=False)
    programmee.go_live_at = timezone.now() + datetime.timedelta(days=1)
    programmee.save_revision().publish()
    etats = {nouvelle.pk: nouvelle.etat for nouvelle in dernieres_nouvelles(etablissement_id=la_sienne.pk)}
    assert etats == {
        en_ligne.pk: EtatPage.EN_LIGNE,
        brouillon.pk: EtatPage.BROUILLON,
        modifiee.pk: EtatPage.MODIFIEE,
        programmee.pk: EtatPage.PROGRAMMEE,
    }


def evenement(etablissement, titre: str, *, live: bool = True) -> PageEvenement:
    accueil_de_l_ecole = PageEtablissement.objects.get(etablissement=etablissement)
    agenda = PageAgenda.objects.filter(etablissement=etablissement).first() or accueil_de_l_ecole.add_child(
        instance=PageAgenda(title="المواعيد")
    )
    return agenda.add_child(instance=PageEvenement(title=titre, jour=datetime.date(2026, 12, 5), live=live))


def test_un_evenement_en_brouillon_se_retrouve(client) -> None:
    """An event that is not on line is on the dashboard of its school, and leads to its short form."""
    la_sienne, autre = ecole(), ecole()
    actualite(la_sienne, "خبر")
    brouillon, voisin = evenement(la_sienne, "لقاء الآباء", live=False), evenement(autre, "لقاء الجيران")
    textes = {texte.pk: texte for texte in dernieres_nouvelles(etablissement_id=la_sienne.pk)}
    assert len(textes) == 2
    assert (textes[brouillon.pk].etat, textes[brouillon.pk].date) == (EtatPage.BROUILLON, brouillon.jour)
    page = accueil(client, creer_affectation(etablissement=la_sienne).utilisateur)
    assert reverse("bureau:evenement", args=[brouillon.pk]) in page
    assert reverse("bureau:evenement", args=[voisin.pk]) not in page


def test_les_textes_sont_dans_l_ordre_ou_l_on_y_a_touche() -> None:
    la_sienne = ecole()
    for rang in range(4):
        for faire in (actualite, evenement):
            faire(la_sienne, f"{faire.__name__} {rang}").save_revision()
    titres = [texte.titre for texte in dernieres_nouvelles(etablissement_id=la_sienne.pk)]
    assert titres == ["evenement 3", "actualite 3", "evenement 2", "actualite 2", "evenement 1"]


def test_les_faits_restent_a_portee_une_fois_confirmes(client, monkeypatch) -> None:
    """With nothing left to do, a director still finds where to report a wrong fact."""
    monkeypatch.setattr(PanneauEcole, "_monographie", lambda panneau: [])
    la_sienne, autre = ecole(), ecole()
    page = accueil(client, creer_affectation(etablissement=la_sienne).utilisateur)
    assert reverse("bureau:monographie", kwargs={"gresa": la_sienne.gresa.lower()}) in page
    assert reverse("bureau:monographie", kwargs={"gresa": autre.gresa.lower()}) not in page


def test_le_tableau_ne_coute_pas_plus_avec_plus(client, django_assert_num_queries, django_assert_max_num_queries):
    la_sienne = ecole()
    directrice = creer_affectation(etablissement=la_sienne).utilisateur
    actualite(la_sienne, "a")
    accueil(client, directrice)
    with django_assert_max_num_queries(30) as avant:
        client.get(reverse("wagtailadmin_home"))
    for rang in range(12):
        actualite(la_sienne, f"n{rang}")
        ecole()
    with django_assert_num_queries(len(avant)):
        client.get(reverse("wagtailadmin_home"))


# -- A node -------------------------------------------------------------------


@pytest.fixture
def pays():
    """Three schools of Tiznit and one of Marrakech: recent, old, silent; recent."""
    ecoles = [ecole(), ecole(), ecole(nom_fr="ECOLE MUETTE"), ecole(direction=MARRAKECH)]
    actualite(ecoles[0], "récente", jours=2)
    actualite(ecoles[0], "vieille", jours=300)
    actualite(ecoles[1], "vieille", jours=91)
    actualite(ecoles[2], "brouillon", live=False)
    actualite(ecoles[3], "ailleurs", jours=89)
    creer_etablissement(rattachement=ecoles[0], type="satellite")
    return ecoles


def test_les_bilans(pays, django_assert_num_queries) -> None:
    tiznit = Bilan("", 3, 1, 1, 1)
    with django_assert_num_queries(1):
        assert bilans(portee=Portee(directions=frozenset({"09.581"}))) == (tiznit, ())
    with django_assert_num_queries(2):
        tout, academies = bilans(portee=Portee(pays=True))
    assert tout == Bilan("", 4, 2, 1, 1)
    assert {(ligne.nom, ligne.total) for ligne in academies} == {
        (Academie.objects.get(pk="09").nom, 3),
        (Academie.objects.get(pk="07").nom, 1),
    }
    assert [ligne.total for ligne in bilans(portee=Portee(academies=frozenset({"07"})))[1]] == [1]
    assert bilans(portee=Portee()) == (Bilan("", 0, 0, 0, 0), ())


def test_la_direction_voit_les_siennes(client, pays) -> None:
    communicateur = poste("communicateur", direction=Direction.objects.get(pk="09.581"))
    assert reverse("bureau:ecoles") in accueil(client, communicateur)
    liste = reverse("bureau:ecoles")
    vues = {travail.etablissement for travail, _derniere in client.get(liste).context["lignes"]}
    assert vues == set(pays[:3])
    for etat, attendues in (("recente", pays[:1]), ("ancienne", pays[1:2]), ("jamais", pays[2:3]), ("x", pays[:3])):
        lignes = client.get(liste, {"etat": etat}).context["lignes"]
        assert {travail.etablissement for travail, _derniere in lignes} == set(attendues), etat
    trouvees = client.get(liste, {"q": "muette"}).context["lignes"]
    assert [travail.etablissement for travail, _derniere in trouvees] == [pays[2]]
    assert client.get(liste, {"q": pays[3].gresa}).context["lignes"] == []


@pytest.mark.parametrize("fraicheur", Fraicheur)
def test_compter_les_ecoles_ne_cherche_la_date_d_aucune(fraicheur: Fraicheur, pays) -> None:
    with CaptureQueriesContext(connection) as requetes:
        assert filtrer(ecoles_datees(portee=Portee(pays=True)), fraicheur).count() in {1, 2}
    assert "ORDER BY" not in requetes[0]["sql"]  # of the news of each school, to find the latest


def test_la_liste_est_pour_qui_veille_sur_plusieurs(client, pays) -> None:
    for etranger in (creer_affectation(etablissement=pays[0]).utilisateur, creer_utilisateur(is_superuser=True)):
        client.force_login(etranger)
        assert client.get(reverse("bureau:ecoles")).status_code == 404


def test_la_liste_ne_coute_pas_plus_avec_plus(client, pays, django_assert_num_queries, django_assert_max_num_queries):
    client.force_login(poste("ministere"))
    client.get(reverse("bureau:ecoles"))
    with django_assert_max_num_queries(24) as avant:
        client.get(reverse("bureau:ecoles"))
    for _rang in range(30):
        creer_etablissement()
    with django_assert_num_queries(len(avant)):
        page = client.get(reverse("bureau:ecoles")).context["page"]
    assert (len(page.object_list), page.paginator.count) == (25, 34)
