"""Routes of the guardians' space."""

from django.urls import URLPattern

app_name = "parents"

urlpatterns: list[URLPattern] = []
