"""Routes of the site map, without a language: it names them all."""

from django.urls import path, re_path

from . import views

app_name = "plan"

urlpatterns = [
    path("sitemap.xml", views.plan, name="index"),
    path("sitemap-portail.xml", views.portail, name="portail"),
    re_path(r"^sitemap-ecole-(?P<code>[0-9]{5}[a-z])\.xml$", views.ecole, name="ecole"),
    re_path(r"^sitemap-(?P<code>[0-9]{2})-(?P<rang>[0-9]{1,3})\.xml$", views.academie, name="academie"),
]
