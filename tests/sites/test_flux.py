"""What other programs subscribe to, read by other programs."""

import datetime
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from etablissements.registre.models import Etablissement
from sites.createur import Createur
from tests.fabriques import creer_etablissement
from tests.fabriques.pages import creer_actualite, creer_evenement

pytestmark = pytest.mark.django_db
CASABLANCA = ZoneInfo("Africa/Casablanca")


@pytest.fixture
def ecoles() -> list:
    creees = [creer_etablissement(nom_fr="ECOLE ARGANE"), creer_etablissement(nom_fr="ECOLE CEDRE")]
    for ecole in creees:
        Createur().creer(ecole)
    return creees


def test_l_agenda_est_un_calendrier(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    titre = "لقاء الأسر؛ الأساتذة, الإدارة " * 5
    jour = datetime.date(2099, 12, 5)
    lieu = "قاعة; 1\\2"
    creer_evenement(ecole, title=titre, heure=datetime.time(9), heure_fin=datetime.time(12), jour=jour, lieu=lieu)
    creer_evenement(ecole, "jours", jour=jour, jour_fin=datetime.date(2099, 12, 7))
    creer_evenement(autre, "ailleurs", title="عند الجوار")
    reponse = client.get(f"/ar/ecoles/{ecole.slug_public}/agenda.ics")
    assert reponse["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(ligne) <= 75 for ligne in reponse.content.split(b"\r\n"))
    assert b"\n" not in reponse.content.replace(b"\r\n", b"")
    calendrier = Calendar.from_ical(reponse.content)
    heures, jours = sorted(calendrier.walk("VEVENT"), key=lambda evenement: "jours" in str(evenement["URL"]))
    assert str(heures["SUMMARY"]) == titre.strip() or str(heures["SUMMARY"]) == titre
    assert str(heures["LOCATION"]) == lieu
    assert heures.decoded("DTSTART") == datetime.datetime(2099, 12, 5, 9, tzinfo=CASABLANCA)
    assert heures.decoded("DTEND") == datetime.datetime(2099, 12, 5, 12, tzinfo=CASABLANCA)
    assert (jours.decoded("DTSTART"), jours.decoded("DTEND")) == (jour, datetime.date(2099, 12, 8))
    assert "الجوار" not in reponse.content.decode()


def test_sans_agenda_il_n_y_a_pas_de_calendrier(client: Client, ecoles) -> None:
    assert client.get(f"/ar/ecoles/{ecoles[0].slug_public}/agenda.ics").status_code == 404


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_les_flux_disent_les_actualites(client: Client, ecoles, langue: str) -> None:
    ecole, autre = ecoles
    creer_actualite(ecole, title="خبر أركان & الأرز", chapo="<b>سطران</b>")
    creer_actualite(autre, title="خبر الجوار")
    lu = ElementTree.fromstring(client.get(f"/{langue}/ecoles/{ecole.slug_public}/actualites.rss").content)
    assert [(item.findtext("title"), item.findtext("description")) for item in lu.iter("item")] == [
        ("خبر أركان & الأرز", "&lt;b&gt;سطران&lt;/b&gt;")  # HTML that shows the text as it was typed
    ]
    assert lu.findtext("channel/language") == langue
    assert f"/{langue}/ecoles/{ecole.slug_public}/actualites/rentree/" in lu.findtext("channel/item/link")
    tiznit = f"/{langue}/etablissements/souss-massa/tiznit/"
    direction = ElementTree.fromstring(client.get(f"{tiznit}actualites.rss").content)
    assert len(list(direction.iter("item"))) == 2
    page = client.get(tiznit).content.decode()
    assert "خبر الجوار" in page
    assert client.get(f"/{langue}/etablissements/souss-massa/ailleurs/actualites.rss").status_code == 404


def test_une_apostrophe_reste_une_apostrophe(client: Client, ecoles) -> None:
    """Many readers show a description as it is: they showed &#x27;."""
    creer_actualite(ecoles[0], chapo='L\'école dit "oui" & non')
    lu = ElementTree.fromstring(client.get(f"/fr/ecoles/{ecoles[0].slug_public}/actualites.rss").content)
    assert lu.findtext("channel/description") == lu.findtext("channel/title")
    assert lu.findtext("channel/item/description") == 'L\'école dit "oui" &amp; non'


def test_une_ecole_fermee_n_est_plus_dans_les_nouvelles_de_sa_direction(client: Client, ecoles) -> None:
    ecole, autre = ecoles
    creer_actualite(ecole, title="خبر أركان")
    creer_actualite(autre, title="خبر الجوار")
    Etablissement.objects.filter(pk=autre.pk).update(ouvert=False)
    tiznit = "/ar/etablissements/souss-massa/tiznit/"
    flux = ElementTree.fromstring(client.get(f"{tiznit}actualites.rss").content)
    assert [item.findtext("title") for item in flux.iter("item")] == ["خبر أركان"]
    page = client.get(tiznit).content.decode()
    assert "خبر أركان" in page
    assert "خبر الجوار" not in page


@pytest.mark.parametrize("signe", ["\x01", "\x0b", "\x7f", "\ufffe"])
def test_un_signe_invisible_n_arrete_aucun_flux(client: Client, ecoles, signe: str) -> None:
    """A word processor leaves some, and XML takes none: one title would silence the whole direction."""
    ecole, autre = ecoles
    creer_actualite(ecole, title=f"خبر{signe}أركان", chapo=f"سطر{signe}سطر")
    creer_actualite(autre, title="خبر الجوار")
    creer_evenement(ecole, title=f"لقاء{signe}الأسر", lieu=f"القاعة{signe}الكبرى")
    base = f"/ar/ecoles/{ecole.slug_public}/"
    lu = ElementTree.fromstring(client.get(f"{base}actualites.rss").content)
    assert (lu.findtext("channel/item/title"), lu.findtext("channel/item/description")) == ("خبر أركان", "سطر سطر")
    tiznit = ElementTree.fromstring(client.get("/ar/etablissements/souss-massa/tiznit/actualites.rss").content)
    assert {item.findtext("title") for item in tiznit.iter("item")} == {"خبر أركان", "خبر الجوار"}
    (lu,) = Calendar.from_ical(client.get(f"{base}agenda.ics").content).walk("VEVENT")
    assert (str(lu["SUMMARY"]), str(lu["LOCATION"])) == ("لقاء الأسر", "القاعة الكبرى")
