"""A form points to what its author may choose, and never shows what it refuses."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from sites.models import PageActualite

from .monde import MARQUE, NOTRE, creer_ecole

pytestmark = pytest.mark.django_db


@pytest.fixture
def ecoles(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return creer_ecole(NOTRE), creer_ecole(MARQUE)


def formulaire(page: PageActualite, **champs: object) -> dict[str, object]:
    """What the editor sends for this page, with `champs` changed."""
    return {
        "title": page.title,
        "slug": page.slug,
        "date": "2026-11-25",
        "chapo": "",
        "image": "",
        "image_alt": "vue de la cour",
        "corps-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **champs,
    }


def bloc_image(image: int) -> dict[str, object]:
    return {
        "corps-count": "1",
        "corps-0-deleted": "",
        "corps-0-order": "0",
        "corps-0-type": "image",
        "corps-0-id": "",
        "corps-0-value-image": image,
        "corps-0-value-image-image": image,
        "corps-0-value-image-alt_text": "vue",
    }


def bloc_texte(page: int) -> dict[str, object]:
    contenu = {
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": page, "parentId": 1, "url": "/"}}},
        "blocks": [
            {
                "key": "aaaaa",
                "text": "lien",
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [{"offset": 0, "length": 4, "key": 0}],
            }
        ],
    }
    return {
        "corps-count": "1",
        "corps-0-deleted": "",
        "corps-0-order": "0",
        "corps-0-type": "texte",
        "corps-0-id": "",
        "corps-0-value": json.dumps(contenu),
    }


@pytest.mark.parametrize("vue", ["edit", "preview_on_edit"])
@pytest.mark.parametrize("genre", ["champ", "bloc", "lien"])
def test_une_page_ne_peut_montrer_ce_qui_est_a_l_autre(genre: str, vue: str, ecoles, client: Client) -> None:
    mienne, autre = ecoles
    client.force_login(mienne.redacteur)
    page = mienne.brouillon
    adresse = reverse(f"wagtailadmin_pages:{vue}", args=[mienne.cles["page_id"][0]])

    def champs(ecole):
        return {
            "champ": {"image": ecole.cles["image_id"][0]},
            "bloc": bloc_image(ecole.cles["image_id"][0]),
            "lien": bloc_texte(ecole.accueil.pk),
        }[genre]

    refusee = client.post(adresse, formulaire(page, **champs(autre)))
    assert refusee.status_code in {302, 403}
    assert MARQUE.encode() not in refusee.content.lower()
    if refusee.status_code == 302:
        suivante = client.get(refusee["Location"]).content.decode().lower()
        assert MARQUE not in suivante
    assert not PageActualite.objects.filter(pk=page.pk, image=autre.cles["image_id"][0]).exists()
    acceptee = client.post(adresse, formulaire(page, **champs(mienne)))
    assert acceptee.status_code in {200, 302}


@pytest.mark.parametrize("fausse", ["abc", "²", "9" * 30])
def test_ce_qui_n_est_pas_une_cle_est_refuse_avec_ce_qui_l_accompagne(fausse: str, ecoles, client: Client) -> None:
    mienne, autre = ecoles
    client.force_login(mienne.directeur)
    page = mienne.publiee
    edition = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for champs in ({"image": fausse}, {"image": fausse, **bloc_image(autre.cles["image_id"][0])}):
        assert client.post(edition, formulaire(page, **champs)).status_code in {302, 403}
    assert PageActualite.objects.get(pk=page.pk).latest_revision_id == page.latest_revision_id
    reglages = reverse("gestion_sites:reglages", args=[mienne.etablissement.gresa])
    assert client.post(reglages, {"logo": fausse}).status_code in {302, 403}


@pytest.mark.parametrize("genre", ["images", "docs"])
@pytest.mark.parametrize("cle", ["abc", "²", "9" * 30])
def test_ce_qui_n_est_pas_une_cle_n_est_pas_trouve(cle: str, genre: str, ecoles, client: Client) -> None:
    client.force_login(ecoles[0].directeur)
    assert client.get(reverse(f"wagtail{genre}_chooser:chosen", args=[cle])).status_code == 404


def test_ce_que_la_page_montrait_deja_peut_rester(ecoles, client: Client) -> None:
    """The direction put an image of its own on the page; the editor of the school saves without touching it."""
    mienne, autre = ecoles
    autre_image = autre.cles["image_id"][0]
    page = PageActualite.objects.get(pk=mienne.brouillon.pk)
    page.workflow_states.all().delete()
    page.image_id = autre_image
    page.save_revision()
    client.force_login(mienne.directeur)
    adresse = reverse("wagtailadmin_pages:edit", args=[page.pk])
    reponse = client.post(adresse, formulaire(page, image=autre_image, title="titre corrigé"))
    assert reponse.status_code == 302
    assert PageActualite.objects.get(pk=page.pk).get_latest_revision_as_object().title == "titre corrigé"
