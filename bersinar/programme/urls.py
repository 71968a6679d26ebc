"""Addresses."""

from django.urls import path

from bersinar.programme.views import board, meetings, years

app_name = "programme"
urlpatterns = [
    path("desa-bersinar/", board.home, name="home"),
    path("desa-bersinar/daftarkan/", years.enrol, name="enrol"),
    path("desa-bersinar/<int:pk>/", years.year, name="year"),
    path("kegiatan/", meetings.meetings, name="meetings"),
]
