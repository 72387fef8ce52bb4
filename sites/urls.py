"""Short addresses of the schools."""

from django.urls import path

from . import flux, views
from .courrier import views as courrier
from .introuvables import views as introuvables

app_name = "sites"

urlpatterns = [
    path("<slug:racine>/", views.servir, {"reste": ""}, name="ecole"),
    path("<slug:racine>/actualites.rss", flux.actualites, name="rss"),
    path("<slug:racine>/agenda.ics", flux.agenda, name="ics"),
    path("<slug:racine>/contact/ecrire/", courrier.ecrire, name="ecrire"),
    path("<slug:racine>/contact/ecrire/envoye/", courrier.envoye, name="envoye"),
    path("<slug:racine>/recherche/", introuvables.rechercher, name="recherche"),
    path("<slug:racine>/<path:reste>", views.servir, name="page"),
]
