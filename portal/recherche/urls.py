"""Routes of the directory."""

from django.urls import path

from . import views

app_name = "recherche"

urlpatterns = [path("", views.annuaire, name="annuaire")]
