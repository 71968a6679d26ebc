"""Addresses."""

from django.urls import path

from bersinar.territory.views import borders, finding

app_name = "territory"
urlpatterns = [
    path("cari/", finding.search, name="search"),
    path("batas/", borders.borders, name="borders"),
    path("batas/skematik/", borders.use_schematic, name="use_schematic"),
    path("batas/<int:pk>/", borders.border_set, name="border_set"),
    path("batas/<int:pk>/pakai/", borders.use_set, name="use_set"),
    path("batas/bentuk/<int:pk>/", borders.decide, name="decide"),
]
