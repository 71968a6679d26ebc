"""Addresses of the office network."""

from django.urls import path

from bersinar.upkeep.lan import views

app_name = "lan"
urlpatterns = [
    path("", views.network, name="network"),
    path("bersinar.crt", views.certificate, name="certificate"),
]
