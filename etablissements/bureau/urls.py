"""Routes of the back office, under those of the Wagtail admin."""

from django.urls import path

from . import views

app_name = "bureau"

urlpatterns = [
    path("tutelles/", views.ListeTutelles.as_view(), name="tutelles"),
    path("tutelles/recherche/", views.rechercher, name="rechercher"),
    path("tutelles/<uuid:cle>/confirmer/", views.confirmer, name="confirmer"),
    path("tutelles/<uuid:cle>/terminer/", views.FinTutelle.as_view(), name="terminer"),
]
