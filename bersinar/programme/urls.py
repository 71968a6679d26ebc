"""Addresses."""

from django.urls import path

from bersinar.programme import views

app_name = "programme"
urlpatterns = [
    path("desa-bersinar/", views.home, name="home"),
    path("kegiatan/", views.meetings, name="meetings"),
]
