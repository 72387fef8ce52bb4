"""Routes of the accounts."""

from django.urls import path

from . import views

app_name = "comptes"

urlpatterns = [path("", views.accueil, name="accueil")]
