"""Routes of the public verification."""

from django.urls import path

from . import views

app_name = "verification"

urlpatterns = [
    path("", views.accueil, name="accueil"),
    path("<str:document_id>/", views.document, name="document"),
]
