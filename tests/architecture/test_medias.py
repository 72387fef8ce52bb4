"""Uploads are shown as what they are, and run nothing."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form


@pytest.mark.django_db
def test_un_fichier_depose_est_servi_sans_pouvoir_rien_executer(client: Client, settings) -> None:
    modele = get_document_model()
    document = modele.objects.create(title="Liste des fournitures", file=ContentFile(b"%PDF-1.7 ...", "liste.pdf"))
    reponse = client.get(document.url)
    assert reponse.status_code == 200
    assert "sandbox" in reponse["Content-Security-Policy"] or "default-src 'none'" in reponse["Content-Security-Policy"]
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert Path(document.file.path).is_relative_to(settings.MEDIA_ROOT)
    reponse.close()
    document.file.close()


@pytest.mark.django_db
@pytest.mark.parametrize("nom", ["page.html", "dessin.svg", "script.js", "page.pdf.html"])
def test_un_fichier_qu_un_navigateur_executerait_est_refuse(nom: str) -> None:
    formulaire = get_document_form(get_document_model())(
        data={"title": "essai", "collection": 1, "tags": ""},
        files={"file": ContentFile(b"<script>alert(1)</script>", nom)},
    )
    assert "file" in formulaire.errors
