"""Addresses."""

from django.urls import path

from bersinar.reporting import views

app_name = "reporting"
urlpatterns = [
    path("", views.home, name="home"),
    path("laporan/", views.report_list, name="list"),
]
