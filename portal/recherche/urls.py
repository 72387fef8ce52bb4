"""Routes of the directory."""

from django.urls import URLPattern

app_name = "recherche"

urlpatterns: list[URLPattern] = []
