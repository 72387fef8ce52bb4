"""The frame of every page: errors, languages, forms."""

import pytest
from django import forms
from django.conf import settings
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from django.views.csrf import csrf_failure
from django.views.defaults import bad_request, permission_denied, server_error

from tests.html import exiger_page_saine, lire_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_une_page_introuvable_parle_la_langue_de_l_adresse(client: Client, langue: str) -> None:
    reponse = client.get(f"/{langue}/nulle-part/")
    assert reponse.status_code == 404
    page = exiger_page_saine(reponse.content.decode(), langue=langue)
    adresses = {lien.attributs.get("hreflang"): lien.attributs["href"] for lien in page.tous("a")}
    assert (adresses["ar"], adresses["fr"]) == ("/ar/nulle-part/", "/fr/nulle-part/")


def test_hors_des_langues_le_changement_mene_a_l_accueil(client: Client) -> None:
    reponse = client.get("/wp-login.php")
    assert reponse.status_code == 404
    page = exiger_page_saine(reponse.content.decode(), langue="ar")
    assert {lien.attributs["href"] for lien in page.tous("a") if "hreflang" in lien.attributs} == {"/ar/", "/fr/"}


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_un_acces_refuse_et_un_formulaire_expire(rf: RequestFactory, langue: str) -> None:
    with translation.override(langue):
        for reponse in (
            permission_denied(rf.get(f"/{langue}/"), Exception()),
            csrf_failure(rf.post(f"/{langue}/"), reason="essai"),
        ):
            assert reponse.status_code == 403
            exiger_page_saine(reponse.content.decode(), langue=langue)


def test_la_page_de_panne_ne_depend_de_rien(rf: RequestFactory, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        reponse = server_error(rf.get("/"))
    assert reponse.status_code == 500
    html = reponse.content.decode()
    page = exiger_page_saine(html, langue="ar")
    assert {element.attributs.get("lang") for element in page.tous("div")} >= {"fr"}
    assert (settings.BASE_DIR / "themes/jinja2/500.html").read_text(encoding="utf-8") == html


def test_une_demande_illisible_est_dite_dans_les_deux_langues(rf: RequestFactory, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        reponse = bad_request(rf.get("/"), Exception())
    assert reponse.status_code == 400
    page = exiger_page_saine(reponse.content.decode(), langue="ar")
    assert {element.attributs.get("lang") for element in page.tous("div")} >= {"fr"}


def test_le_changement_de_langue_garde_la_recherche(client: Client) -> None:
    page = lire_page(client.get("/ar/annuaire/?q=argan&page=2").content.decode())
    assert "/fr/annuaire/?q=argan&page=2" in [lien.attributs["href"] for lien in page.tous("a")]


class FormulaireDEssai(forms.Form):
    code = forms.CharField(label="Code", help_text="Dix caractères.", widget=forms.TextInput(attrs={"dir": "ltr"}))
    note = forms.CharField(label="Note", required=False)
    accord = forms.BooleanField(label="J'accepte")
    lien = forms.ChoiceField(label="Lien", choices=[("mere", "Mère")], widget=forms.RadioSelect)
    cache = forms.CharField(widget=forms.HiddenInput, required=False)


def test_un_formulaire_lie_libelles_aides_et_fautes() -> None:
    formulaire = FormulaireDEssai({"note": "x"})
    page = lire_page(render_to_string("composants/formulaire.html", {"form": formulaire}))
    assert page.fautes == []
    ids = {element.attributs["id"] for element in page.elements if "id" in element.attributs}
    for element in page.elements:
        assert set((element.attributs.get("aria-describedby") or "").split()) <= ids
    (code,) = [element for element in page.tous("input") if element.attributs.get("name") == "code"]
    assert code.attributs["aria-invalid"] == "true"
    assert len((code.attributs["aria-describedby"] or "").split()) == 2
    assert code.attributs["dir"] == "ltr"
    etiquetes = {element.attributs["for"] for element in page.tous("label")}
    assert {"id_code", "id_note", "id_accord"} <= etiquetes
    assert [element.nom for element in page.tous("legend")] == ["legend"]


def test_l_etiquette_d_accueil_suit_la_langue() -> None:
    for langue in ("ar", "fr"):
        with translation.override(langue):
            assert engines["jinja2"].from_string("{{ accueil() }}").render() == f"/{langue}/"
