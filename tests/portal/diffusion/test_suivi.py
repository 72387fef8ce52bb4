"""What the follower repairs: a process killed after its commit, another machine's change, the hour that passes."""

import datetime
import os
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone
from wagtail.models import Page

from etablissements.registre.models import Etablissement
from portal.diffusion import cles
from portal.diffusion.api import perimer
from portal.diffusion.magasin import Magasin
from portal.diffusion.models import Peremption
from portal.diffusion.suivi import Suivi
from sites.models import PageAgenda
from sites.models.agenda import PageEvenement
from sites.sections import ouvrir as ouvrir_section
from sites.variantes import Section
from tests.diffusion import Lecteur, sans_fermer_la_base

pytestmark = pytest.mark.django_db


@pytest.fixture
def suivi(magasin: Magasin) -> Suivi:
    return Suivi(magasin, programmes=True)


def faire_un_tour(suivi: Suivi) -> int:
    with sans_fermer_la_base():
        return suivi.tour()


def test_un_processus_tue_apres_sa_validation_ne_laisse_pas_de_copie_fausse(a, lecteur: Lecteur, suivi) -> None:
    """Written, committed, then killed: the copies are still there, and the outbox says so."""
    lecteur.lire(a.adresse)
    Etablissement.objects.filter(pk=a.etablissement.pk).update(nom_ar="اسم آخر")
    perimer(cles.ecole(a.etablissement.gresa))  # inside the test's transaction: what follows the commit never runs
    assert lecteur.lire(a.adresse).du_magasin
    assert faire_un_tour(suivi) >= 1
    lue = lecteur.lire(a.adresse)
    assert lue.du_magasin, "made again at once"
    assert "اسم آخر" in lue.corps.decode()
    assert faire_un_tour(suivi) == 0, "once is enough"


def test_ce_qui_est_deja_fait_ici_ne_l_est_pas_deux_fois(a, lecteur, suivi, django_capture_on_commit_callbacks) -> None:
    lecteur.lire(a.adresse)
    with django_capture_on_commit_callbacks(execute=True):
        perimer(cles.ecole(a.etablissement.gresa))
    assert not lecteur.lire(a.adresse).du_magasin
    faire_un_tour(suivi)
    assert lecteur.lire(a.adresse).du_magasin


def test_chaque_machine_applique_chaque_ligne(a, tmp_path: Path, settings, lecteur, suivi) -> None:
    lecteur.lire(a.adresse)
    settings.DIFFUSION_DIR = str(tmp_path / "autre machine")
    autre_machine = Magasin(tmp_path / "autre machine")
    autre_suivi = Suivi(autre_machine, programmes=False)
    ailleurs = Lecteur()
    ailleurs.lire(a.adresse)
    perimer(cles.ecole(a.etablissement.gresa))
    with sans_fermer_la_base():
        assert (autre_suivi.rattraper(), suivi.rattraper()) == (1, 1)
    assert not list(autre_machine.pages.rglob("*.html"))


def test_une_ligne_qui_parait_tard_n_est_pas_oubliee(a, lecteur, suivi) -> None:
    """A long transaction takes its number early and is seen after others that took theirs later."""
    perimer(cles.pays())
    premiere = Peremption.objects.latest("pk").pk
    perimer(cles.pays())
    Peremption.objects.filter(pk=premiere).delete()
    faire_un_tour(suivi)
    lecteur.lire(a.adresse)
    Peremption.objects.create(pk=premiere, cles=cles.ecole(a.etablissement.gresa))
    with sans_fermer_la_base():
        assert suivi.rattraper() == 1


def test_la_file_est_taillee(magasin, suivi) -> None:
    Peremption.objects.all().delete()
    perimer(cles.pays())
    ancienne = Peremption.objects.latest("pk")
    Peremption.objects.filter(pk=ancienne.pk).update(cree_le=timezone.now() - datetime.timedelta(days=8))
    perimer(cles.pays())
    magasin.perimer([cles.pays()], lignes=[ancienne.pk])
    suivi.tailler()
    assert not Peremption.objects.filter(pk=ancienne.pk).exists()
    assert Peremption.objects.exists()
    assert ancienne.pk not in magasin.appliquees()


def test_une_machine_absente_trop_longtemps_repart_de_rien(a, lecteur, magasin) -> None:
    lecteur.lire(a.adresse)
    magasin.battre()
    os.utime(magasin.racine / "battement", (time.time() - 8 * 86_400,) * 2)
    Suivi(magasin, programmes=False)
    assert not lecteur.lire(a.adresse).du_magasin


def test_un_evenement_passe_quitte_l_accueil_a_minuit(a, lecteur, magasin, suivi, monkeypatch) -> None:
    agenda = PageAgenda.objects.filter(etablissement=a.etablissement).first()
    if agenda is None:
        ouvrir_section(etablissement=a.etablissement, section=Section.AGENDA)
        agenda = PageAgenda.objects.get(etablissement=a.etablissement)
    jour = timezone.localdate()
    agenda.add_child(instance=PageEvenement(title="اجتماع", slug="reunion", jour=jour, locale=agenda.locale))
    lecteur.lire(a.adresse)
    assert "اجتماع" in lecteur.lire(a.adresse).corps.decode()
    (fin,) = magasin.pages.rglob(",index.html.fin")
    demain = datetime.datetime.combine(jour + datetime.timedelta(days=1), datetime.time.min)
    assert fin.stat().st_mtime == timezone.make_aware(demain).timestamp()
    assert magasin.oter_les_echus(fin.stat().st_mtime - 1) == 0
    assert magasin.oter_les_echus(fin.stat().st_mtime) == 1
    monkeypatch.setattr(timezone, "now", lambda: timezone.make_aware(demain))
    with sans_fermer_la_base():
        assert suivi.refaire() == 1
    lue = lecteur.lire(a.adresse)
    assert (lue.du_magasin, "اجتماع" in lue.corps.decode()) == (True, False)


def test_une_publication_programmee_ote_les_copies(a, lecteur, suivi, django_capture_on_commit_callbacks) -> None:
    for reste in ("", "actualites/"):
        lecteur.lire(f"{a.adresse}{reste}")
    page = Page.objects.get(pk=a.actualite.pk).specific
    page.title, page.go_live_at = "عنوان مبرمج", timezone.now() + datetime.timedelta(hours=1)
    page.save_revision(approved_go_live_at=timezone.now() - datetime.timedelta(seconds=1))
    revision = page.get_latest_revision()
    contenu = revision.content | {"go_live_at": (timezone.now() - datetime.timedelta(seconds=1)).isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(content=contenu)
    with django_capture_on_commit_callbacks(execute=True):
        faire_un_tour(suivi)
    assert "عنوان مبرمج" in lecteur.lire(f"{a.adresse}actualites/").corps.decode()


def test_la_base_arretee_n_arrete_pas_le_suivi(a, lecteur, suivi, monkeypatch) -> None:
    lecteur.lire(a.adresse)

    def tomber(*_arguments: object, **_options: object) -> None:
        raise OperationalError

    monkeypatch.setattr(Suivi, "rattraper", tomber)
    monkeypatch.setattr(connection, "close", lambda: None)
    assert faire_un_tour(suivi) == 0
    assert lecteur.lire(a.adresse).du_magasin


def test_la_commande_fait_un_tour_et_vide(a, lecteur, magasin) -> None:
    lecteur.lire(a.adresse)
    with sans_fermer_la_base():
        call_command("suivre_diffusion", "--une-fois", "--sans-programmes")
        assert lecteur.lire(a.adresse).du_magasin
        call_command("suivre_diffusion", "--une-fois", "--vider")
    assert not lecteur.lire(a.adresse).du_magasin
