"""Addresses."""

from django.urls import path

from bersinar.territory.views import finding

app_name = "territory"
urlpatterns = [
    path("cari/", finding.search, name="search"),
]
