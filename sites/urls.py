"""Short addresses of the schools."""

from django.urls import path

from . import views

app_name = "sites"

urlpatterns = [
    path("<slug:racine>/", views.servir, {"reste": ""}, name="ecole"),
    path("<slug:racine>/<path:reste>", views.servir, name="page"),
]
