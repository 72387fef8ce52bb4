import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from etablissements.scolarite.documents.identifiants import grouper
from etablissements.scolarite.documents.operations import delivrer, revoquer
from etablissements.scolarite.documents.requetes import lire_fichier
from etablissements.scolarite.models import Document
from tests.etablissements.scolarite.documents import attaques
from tests.fabriques import (
    creer_affectation,
    creer_classe,
    creer_document,
    creer_eleve,
    creer_etablissement,
    creer_inscription,
    creer_tutelle,
    creer_utilisateur,
)

pytestmark = pytest.mark.django_db
ADRESSE = "/fr/verification/"


@pytest.fixture
def document() -> Document:
    etablissement = creer_etablissement()
    creer_affectation(
        etablissement=etablissement, utilisateur=creer_utilisateur(first_name="Amina", last_name="Errajihi")
    )
    classe = creer_classe(etablissement=etablissement, libelle="1APIC-7")
    return creer_document(inscription=creer_inscription(classe=classe))


def page(client, document_id: str, langue: str = "fr"):
    with translation.override(langue):
        return client.get(reverse("verification:document", args=[document_id]))


def deposer(client, contenu: bytes, langue: str = "fr"):
    fichier = SimpleUploadedFile("papier.pdf", contenu, content_type="application/pdf")
    return client.post(f"/{langue}/verification/", {"fichier": fichier})


def verdict(reponse) -> str:
    trouve = re.search(r'<h1 id="verdict">(.*?)</h1>', reponse.content.decode())
    return html.unescape(trouve[1])


def texte(reponse) -> str:
    """The text of the main part of the page."""
    principal = re.search(r"<main.*?</main>", reponse.content.decode(), re.DOTALL)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", principal)).split())


def test_une_page_publique_que_personne_ne_garde(client, document) -> None:
    for reponse in (client.get(ADRESSE), page(client, document.pk), page(client, "0" * 26)):
        assert reponse.headers["Cache-Control"] == "private, no-store"
        assert "noindex" in reponse.headers["X-Robots-Tag"]
        assert '<meta name="robots" content="noindex' in reponse.content.decode()


def test_l_adresse_du_code_qr_mene_a_la_page(client, document) -> None:
    reponse = client.get(f"/verification/{document.pk}", follow=True, headers={"accept-language": "fr"})
    assert len(reponse.redirect_chain) == 1
    assert reponse.redirect_chain[0][0] == f"{ADRESSE}{document.pk}/"
    assert verdict(reponse) == "Document valide"


@pytest.mark.parametrize("langue", ["ar", "fr"])
def test_la_page_montre_tout_ce_que_montre_le_papier(client, document, langue: str) -> None:
    montre = texte(page(client, document.pk, langue))
    for attendu in (
        document.numero_imprime,
        grouper(document.pk),
        "إلياس أمزيان",
        "Ilyas AMEZIANE",
        document.eleve.code_massar,
        "2013",
        "Tiznit",
        "1APIC-7",
        "2026/2027",
        document.etablissement.gresa,
        "Collège des Essais",
        "Amina Errajihi",
        "2026",
    ):
        assert attendu in montre, attendu


def test_la_page_ne_montre_rien_de_plus(client, document) -> None:
    """Neither who asked, nor the family, nor the other papers, nor what changed since."""
    tutelle = creer_tutelle(eleve=document.eleve)
    document.eleve.prenom_fr = "AUTREMENT"
    document.eleve.save()
    nouveau, _cree = delivrer(eleve_id=document.eleve_id, demande_par_id=creer_utilisateur().pk)
    brut = page(client, document.pk).content.decode()
    for secret in (
        tutelle.tuteur.prenom,
        str(tutelle.cle),
        str(document.eleve.cle),
        document.demande_par.username,
        nouveau.pk,
        nouveau.numero_imprime,
        "AUTREMENT",
        document.sha256,
    ):
        assert secret not in brut


@pytest.mark.parametrize(("langue", "attendu"), [("fr", "Document révoqué"), ("ar", "وثيقة ملغاة")], ids=["fr", "ar"])
def test_un_papier_revoque_le_dit_avec_sa_date(client, document, langue: str, attendu: str) -> None:
    revoquer(document_id=document.pk, motif="motif interne")
    reponse = page(client, document.pk, langue)
    assert verdict(reponse) == attendu
    assert ("24 novembre 2026" if langue == "fr" else "24 نونبر 2026") in texte(reponse)
    assert "motif interne" not in reponse.content.decode()
    assert "etat--revoque" in reponse.content.decode()


def test_un_papier_remplace_dit_pourquoi(client, document) -> None:
    document.eleve.prenom_fr = "Autrement"
    document.eleve.save()
    delivrer(eleve_id=document.eleve_id, demande_par_id=creer_utilisateur().pk)
    reponse = page(client, document.pk)
    assert verdict(reponse) == "Document remplacé"
    assert "les renseignements qu'il porte ont changé" in texte(reponse)


@pytest.mark.parametrize("identifiant", ["0" * 26, "abc", "é", "<script>alert(1)<script>", "x" * 400])
def test_un_inconnu_recoit_la_meme_page_calme(client, identifiant: str) -> None:
    reponse = page(client, identifiant)
    assert reponse.status_code == 404
    assert verdict(reponse) == "Document inconnu"
    assert "<script>alert" not in reponse.content.decode()
    assert "fiche-faits" not in reponse.content.decode()


def test_connu_et_inconnu_coutent_une_requete(client, document, django_assert_num_queries) -> None:
    for identifiant in (document.pk, "0" * 26):
        page(client, identifiant)
        with django_assert_num_queries(1):
            page(client, identifiant)
    with django_assert_num_queries(0):
        client.get(ADRESSE)


@pytest.mark.parametrize("forme", [str.lower, grouper, lambda un: "-".join(grouper(un).split()), lambda un: f" {un} "])
def test_saisir_l_identifiant(client, document, forme) -> None:
    reponse = client.get(ADRESSE, {"identifiant": forme(document.pk)})
    assert reponse.status_code == 302
    assert reponse["Location"] == f"{ADRESSE}{document.pk}/"


def test_une_adresse_en_minuscules_mene_a_la_bonne(client, document) -> None:
    reponse = page(client, document.pk.lower())
    assert reponse["Location"] == f"{ADRESSE}{document.pk}/"


@pytest.mark.parametrize("saisi", ["", "abc", "0" * 300, "x" * 5000])
def test_une_saisie_qui_ne_va_pas_est_expliquee(client, saisi: str) -> None:
    reponse = client.get(ADRESSE, {"identifiant": saisi})
    assert reponse.status_code == 400
    assert 'aria-invalid="true"' in reponse.content.decode()


@pytest.mark.parametrize(
    ("langue", "attendu"),
    [("fr", "Fichier authentique, document valide"), ("ar", "ملف أصلي، وثيقة صالحة")],
    ids=["fr", "ar"],
)
def test_deposer_le_fichier_delivre(client, document, langue: str, attendu: str) -> None:
    reponse = deposer(client, lire_fichier(document), langue)
    assert reponse.status_code == 200
    assert verdict(reponse) == attendu
    assert document.numero_imprime in texte(reponse)
    assert reponse.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("langue", "bouton"), [("ar", "اختيار ملف"), ("fr", "Choisir un fichier")])
def test_le_bouton_du_fichier_parle_la_langue_de_la_page(client, langue: str, bouton: str) -> None:
    page = client.get(f"/{langue}/verification/").content.decode()
    assert f'<label class="fichier__bouton" for="id_fichier">{bouton}</label>' in page
    assert '<output class="fichier__choisi" for="id_fichier">' in page
    assert "socle/fichier" in page


@pytest.mark.navigateur
@pytest.mark.django_db(transaction=True)
def test_le_fichier_choisi_est_dit_et_sans_scripts_le_navigateur_le_dit(chromium, live_server, tmp_path) -> None:
    """The browser is in English, the page in Arabic: with scripts nothing of the browser's shows."""
    fichier = tmp_path / "شهادة.pdf"
    fichier.write_bytes(b"%PDF-1.7")
    for scripts in (True, False):
        page = chromium.new_context(locale="en-US", java_script_enabled=scripts).new_page()
        page.goto(f"{live_server.url}/ar/verification/")
        bouton, natif = page.locator(".fichier__bouton"), page.locator("[name=fichier]")
        assert (bouton.is_visible(), natif.bounding_box()["height"] > 20) == (scripts, not scripts)
        natif.set_input_files(fichier)
        assert page.locator(".fichier__choisi").inner_text() == ("شهادة.pdf" if scripts else "")
        page.locator("form[enctype] button[type=submit]").click()
        page.locator(".etat").first.wait_for()
        page.context.close()


def test_deposer_un_fichier_authentique_mais_revoque(client, document) -> None:
    contenu = lire_fichier(document)
    revoquer(document_id=document.pk, motif="erreur")
    reponse = deposer(client, contenu)
    assert verdict(reponse) == "Fichier authentique, document révoqué"
    assert "etat--valide" not in reponse.content.decode()


@pytest.mark.parametrize("attaque", attaques.ATTAQUES, ids=lambda attaque: attaque.__name__)
def test_aucun_faux_n_est_montre_authentique(client, document, attaque) -> None:
    reponse = deposer(client, attaque(lire_fichier(document), document))
    brut = reponse.content.decode()
    assert "refusez-le" in verdict(reponse)
    assert "etat--valide" not in brut
    assert "authentique" not in texte(reponse)


def test_un_faux_montre_ce_que_dit_le_registre(client, document) -> None:
    reponse = deposer(client, attaques.qr_recopie(lire_fichier(document), document))
    assert verdict(reponse) == "Fichier modifié : refusez-le"
    assert "Ilyas AMEZIANE" in texte(reponse)
    assert "ELMOUZAOUIR" not in texte(reponse)


@pytest.mark.parametrize(
    ("contenu", "attendu"),
    [
        (b"bonjour", "Ce n'est pas un fichier PDF"),
        (b"%PDF-1.7\n%%EOF", "Ce fichier ne vient pas du portail"),
        (b"%PDF-1.7\n/Contents <" + b"30" * 300 + b">", "Signé par quelqu'un d'autre : refusez-le"),
    ],
)
def test_deposer_autre_chose(client, contenu: bytes, attendu: str) -> None:
    reponse = deposer(client, contenu)
    assert verdict(reponse) == attendu
    assert "fiche-faits" not in reponse.content.decode()


@pytest.mark.parametrize("taille", [2 * 1024 * 1024 + 1, 8 * 1024 * 1024])
def test_deposer_trop_lourd(client, taille: int, settings) -> None:
    reponse = deposer(client, b"%PDF-1.7" + bytes(taille - 8))
    assert reponse.status_code == 400
    assert "2 Mo" in texte(reponse)
    assert "Choisissez" not in texte(reponse)


def test_a_la_limite_le_fichier_est_lu(client) -> None:
    reponse = deposer(client, b"%PDF-1.7" + bytes(2 * 1024 * 1024 - 8))
    assert verdict(reponse) == "Ce fichier ne vient pas du portail"


@pytest.mark.parametrize("envoi", [{}, {"fichier": "texte"}, {"fichier": SimpleUploadedFile("vide.pdf", b"")}])
def test_deposer_rien(client, envoi: dict) -> None:
    reponse = client.post(ADRESSE, envoi)
    assert reponse.status_code == 400
    assert "champ--faute" in reponse.content.decode()


def test_le_depot_est_protege_contre_les_envois_d_ailleurs(document) -> None:
    client = Client(enforce_csrf_checks=True)
    assert deposer(client, lire_fichier(document)).status_code == 403
    jeton = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(ADRESSE).content.decode())[1]
    fichier = SimpleUploadedFile("papier.pdf", lire_fichier(document))
    reponse = client.post(ADRESSE, {"csrfmiddlewaretoken": jeton, "fichier": fichier})
    assert verdict(reponse) == "Fichier authentique, document valide"


def test_le_fichier_depose_n_est_pas_garde(client, document, settings) -> None:
    avant = sorted(settings.VAR_DIR.rglob("*"))
    deposer(client, lire_fichier(document))
    assert sorted(settings.VAR_DIR.rglob("*")) == avant


def test_les_methodes_inutiles_sont_refusees(client, document) -> None:
    assert client.put(ADRESSE).status_code == 405
    assert client.post(f"{ADRESSE}{document.pk}/").status_code == 405


def test_les_noms_sont_dits_dans_leur_langue(client, document) -> None:
    brut = page(client, document.pk).content.decode()
    assert '<span lang="ar" dir="rtl">إلياس أمزيان</span>' in brut
    assert '<span lang="fr" dir="ltr">Ilyas AMEZIANE</span>' in brut
    assert f'<bdi class="code" dir="ltr">{document.eleve.code_massar}</bdi>' in brut


def test_un_nom_connu_en_arabe_seulement_se_montre_une_fois(client) -> None:
    eleve = creer_eleve(nom_fr="", prenom_fr="", lieu_naissance_ar="", lieu_naissance_fr="")
    papier = creer_document(inscription=creer_inscription(eleve=eleve))
    montre = texte(page(client, papier.pk))
    assert montre.count("إلياس أمزيان") == 1
    assert "Date de naissance" in montre
    assert "None" not in montre


def test_chaque_ecole_ses_papiers(client) -> None:
    ici, la = (creer_document(inscription=creer_inscription(classe=creer_classe())) for _ in range(2))
    assert ici.etablissement.gresa in texte(page(client, ici.pk))
    assert la.etablissement.gresa not in texte(page(client, ici.pk))
