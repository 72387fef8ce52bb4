"""Routes of the guardians' space."""

from django.urls import path

from . import activation, views

app_name = "parents"

urlpatterns = [
    path("activation/", activation.codes, name="activation"),
    path("activation/confirmation/", activation.confirmation, name="confirmation"),
    path("espace-parents/", views.tableau, name="tableau"),
    path("espace-parents/bienvenue/", views.bienvenue, name="bienvenue"),
    path("espace-parents/enfants/<uuid:cle_tutelle>/", views.enfant, name="enfant"),
    path("espace-parents/enfants/<uuid:cle_tutelle>/attestation/", views.attestation, name="attestation"),
    path("espace-parents/documents/<str:document_id>.pdf", views.telecharger, name="telecharger"),
]
