"""The environment of the public templates: what is escaped, written as the language does, or refused."""

import datetime
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.test import RequestFactory
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe
from django.utils.translation import override

GABARITS = [
    gabarit
    for dossier in ("portal", "sites", "etablissements", "espace_parents", "espace_eleves", "themes")
    for gabarit in (Path(settings.BASE_DIR) / dossier).rglob("jinja2/**/*.html")
]


def rendre(source: str, langue: str = "fr", **contexte: object) -> str:
    with override(langue):
        return engines["jinja2"].from_string(source).render(contexte, request=RequestFactory().get("/?q=a&page=1"))


@pytest.mark.parametrize(
    ("valeur", "ecrit"),
    [
        ("<b>", "&lt;b&gt;"),
        (lazystr("<b>"), "&lt;b&gt;"),
        (mark_safe("<b>"), "<b>"),
        (lazystr(mark_safe("<b>")), "<b>"),
        (2.5, "2,5"),
        (datetime.date(2026, 10, 1), "1 octobre 2026"),
        (None, "None"),
    ],
)
def test_ce_qui_s_ecrit(valeur: object, ecrit: str) -> None:
    assert rendre("{{ valeur }}", valeur=valeur) == ecrit


def test_un_nom_absent_n_ecrit_rien() -> None:
    assert rendre("[{{ absent }}]") == "[]"


def test_une_fonction_se_nomme_et_ne_s_imprime_pas() -> None:
    with pytest.raises(TypeError, match="not called"):
        rendre("{{ valeur.upper }}", valeur="a")


def test_ce_qui_entre_dans_un_message_est_echappe() -> None:
    une = "{% trans nom=nom %}Contacter {{ nom }}{% endtrans %}"
    assert rendre(une, nom="<b>") == "Contacter &lt;b&gt;"
    plusieurs = "{% trans n=n, nom=nom %}{{ n }} {{ nom }}{% pluralize n %}{{ n }} {{ nom }}s{% endtrans %}"
    assert rendre(plusieurs, n=2, nom="<b>") == "2 &lt;b&gt;s"


def test_un_message_suit_la_langue_et_garde_ses_apostrophes() -> None:
    source = '{{ _("Page d\'accueil") }}|{{ _("Espace des familles") }}'
    assert rendre(source) == "Page d'accueil|Espace des familles"
    assert rendre(source, "ar").endswith("|فضاء الأسر")


def test_un_gabarit_parle_la_langue_active_ou_qu_il_soit_inclus() -> None:
    for langue, attendu in (("fr", "Portail"), ("ar", "بوابة"), ("fr", "Portail")):
        assert attendu in rendre('{% include "composants/pied.html" %}', langue)
        assert rendre('{{ absent or _("Langues") }}', langue) == rendre('{{ _("Langues") }}', langue)
    assert rendre('{{ _("Langues") }}') != rendre('{{ _("Langues") }}', "ar")


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda gabarit: gabarit.name)
def test_seul_un_texte_des_sources_se_traduit(gabarit: Path) -> None:
    """A message is one that the catalogues have, written as it is; what somebody typed is neither that nor `safe`."""
    source = gabarit.read_text(encoding="utf-8")
    assert re.findall(r"\b_\((?!\")", source) == []
    assert not re.search(r"\|\s*safe\b|autoescape", source)


def test_les_criteres_de_la_page_se_changent() -> None:
    assert rendre("{{ querystring(page=2) }}") == "?q=a&amp;page=2"
