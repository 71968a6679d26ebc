"""Addresses."""

from django.urls import path

from bersinar.programme.views import board, meetings

app_name = "programme"
urlpatterns = [
    path("desa-bersinar/", board.home, name="home"),
    path("kegiatan/", meetings.meetings, name="meetings"),
]
