import io

import pytest
from django.core.management import CommandError, call_command

from etablissements.scolarite.documents.identifiants import grouper
from etablissements.scolarite.models import Document
from tests.fabriques import creer_document
from tests.horloge import autorite_ancienne, horloge

__all__ = ["autorite_ancienne", "horloge"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def document(horloge) -> Document:
    return creer_document()


def revoquer(*arguments: str, **options: object) -> str:
    sortie = io.StringIO()
    call_command("revoquer_document", *arguments, stdout=sortie, **options)
    return sortie.getvalue()


def etat(document: Document) -> str:
    document.refresh_from_db()
    return document.etat


def test_revoquer_le_dit_par_son_numero(document) -> None:
    dit = revoquer(document.pk, "--motif", "erreur de classe", "--oui")
    assert etat(document) == "revoque"
    assert document.motif_revocation == "erreur de classe"
    assert document.numero_imprime in dit
    assert "24 novembre 2026" in dit
    assert document.faits["eleve"]["code_massar"] not in dit


def test_la_langue_se_choisit(document) -> None:
    dit = revoquer(document.pk, "--motif", "خطأ", "--oui", "--langue", "ar")
    assert "24 نونبر 2026" in dit


@pytest.mark.parametrize("forme", [str.lower, grouper, lambda un: grouper(un).replace(" ", "-")])
def test_l_identifiant_s_ecrit_comme_on_veut(document, forme) -> None:
    revoquer(forme(document.pk), "--motif", "erreur", "--oui")
    assert etat(document) == "revoque"


def test_l_identifiant_peut_etre_en_plusieurs_mots(document) -> None:
    revoquer(*grouper(document.pk).split(), "--motif", "erreur", "--oui")
    assert etat(document) == "revoque"


def test_les_lettres_qu_on_confond(document) -> None:
    revoquer(document.pk.replace("0", "O").replace("1", "l"), "--motif", "erreur", "--oui")
    assert etat(document) == "revoque"


def test_la_seconde_fois_le_dit_et_ne_change_rien(document, monkeypatch) -> None:
    revoquer(document.pk, "--motif", "erreur", "--oui")
    monkeypatch.setattr("builtins.input", lambda _question: pytest.fail("nothing to confirm"))
    dit = revoquer(document.pk, "--motif", "autre")
    assert "déjà révoqué" in dit
    document.refresh_from_db()
    assert document.motif_revocation == "erreur"


@pytest.mark.parametrize(
    ("reponse", "attendu"), [("o", "revoque"), (" OUI ", "revoque"), ("", "valide"), ("n", "valide")]
)
def test_la_confirmation(document, monkeypatch, reponse: str, attendu: str) -> None:
    questions = []

    def repondre(question: str) -> str:
        questions.append(question)
        return reponse

    monkeypatch.setattr("builtins.input", repondre)
    if attendu == "revoque":
        revoquer(document.pk, "--motif", "erreur")
    else:
        with pytest.raises(CommandError, match="Rien"):
            revoquer(document.pk, "--motif", "erreur")
    assert etat(document) == attendu
    assert document.numero_imprime in questions[0]


def test_sans_personne_pour_repondre(document, monkeypatch) -> None:
    def fermee(_question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", fermee)
    with pytest.raises(CommandError, match="--oui"):
        revoquer(document.pk, "--motif", "erreur")
    assert etat(document) == "valide"


@pytest.mark.parametrize(
    ("identifiant", "motif", "message"),
    [("abc", "erreur", "26"), ("0" * 26, "erreur", "Aucun document"), ("0" * 26, "  ", "motif")],
)
def test_les_erreurs_sont_claires(identifiant: str, motif: str, message: str) -> None:
    with pytest.raises(CommandError, match=message):
        revoquer(identifiant, "--motif", motif, "--oui")
