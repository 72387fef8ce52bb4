"""Short addresses of the schools."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import RedirectView

from . import flux, views
from .courrier import views as courrier
from .introuvables import views as introuvables

app_name = "sites"

# Somebody cuts the end of an address to see what is above.
toutes = login_not_required(RedirectView.as_view(pattern_name="recherche:annuaire", http_method_names=["get", "head"]))

urlpatterns = [
    path("", toutes, name="toutes"),
    path("<slug:racine>/", views.servir, {"reste": ""}, name="ecole"),
    path("<slug:racine>/actualites.rss", flux.actualites, name="rss"),
    path("<slug:racine>/agenda.ics", flux.agenda, name="ics"),
    path("<slug:racine>/contact/ecrire/", courrier.ecrire, name="ecrire"),
    path("<slug:racine>/contact/ecrire/envoye/", courrier.envoye, name="envoye"),
    path("<slug:racine>/recherche/", introuvables.rechercher, name="recherche"),
    path("<slug:racine>/<path:reste>", views.servir, name="page"),
]
