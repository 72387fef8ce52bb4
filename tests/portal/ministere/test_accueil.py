"""The home page is there as soon as the tables are, in both languages, and only once."""

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale, Page, Site

from portal.ministere.accueil import assurer_accueil
from portal.ministere.models import PageMinistere
from tests.fabriques import creer_etablissement

pytestmark = pytest.mark.django_db


def test_l_accueil_existe_dans_les_deux_langues_sans_page_de_bienvenue() -> None:
    assert sorted(PageMinistere.objects.values_list("locale__language_code", flat=True)) == ["ar", "fr"]
    assert [site.root_page.specific for site in Site.objects.all()] == [
        PageMinistere.objects.get(locale__language_code="ar")
    ]
    assert set(Page.objects.filter(depth=2)) == {page.page_ptr for page in PageMinistere.objects.all()}


def test_migrer_encore_ne_change_rien() -> None:
    avant = list(Page.objects.order_by("pk").values("pk", "path", "title", "latest_revision"))
    call_command("migrate", verbosity=0)
    assert list(Page.objects.order_by("pk").values("pk", "path", "title", "latest_revision")) == avant


def test_l_accueil_renait_apres_un_vidage() -> None:
    Site.objects.all().delete()
    Page.objects.all().delete()
    Locale.objects.all().delete()
    accueil = assurer_accueil()
    assert Site.objects.get().root_page_id == accueil.pk
    assert PageMinistere.objects.count() == 2


@pytest.mark.parametrize(("langue", "sens"), [("ar", "rtl"), ("fr", "ltr")])
def test_l_accueil_repond(client: Client, langue: str, sens: str) -> None:
    creer_etablissement()
    reponse = client.get(f"/{langue}/")
    assert reponse.status_code == 200
    assert f'lang="{langue}" dir="{sens}"' in reponse.content.decode()


def test_la_racine_mene_a_la_langue_du_lecteur(client: Client) -> None:
    assert client.get("/")["Location"] == "/ar/"
    assert client.get("/", headers={"accept-language": "fr-FR,fr;q=0.9"})["Location"] == "/fr/"
    assert client.get("/", headers={"accept-language": "de"})["Location"] == "/ar/"
