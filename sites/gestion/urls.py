"""Routes of the site's settings, under those of the Wagtail admin."""

from django.urls import path

from . import views

app_name = "gestion_sites"

urlpatterns = [
    path("reglages-du-site/", views.Choisir.as_view(), name="choisir"),
    path("ecole/<slug:gresa>/reglages/", views.ReglagesDuSite.as_view(), name="reglages"),
    path("ecole/<slug:gresa>/nom-de-domaine/", views.HoteDuSite.as_view(), name="hote"),
]
