"""Addresses of upkeep."""

from django.urls import path

from bersinar.upkeep import views

app_name = "upkeep"
urlpatterns = [
    path("", views.home, name="home"),
    path("dokter/", views.doctor, name="doctor"),
    path("bantuan/", views.bundle, name="bundle"),
    path("cadangan/", views.make_copy, name="make_copy"),
    path("cadangan/folder-kedua/", views.second_folder, name="second_folder"),
    path("cadangan/uji/", views.drill, name="drill"),
    path("kunci/", views.recovery_key, name="key"),
    path("kunci/baru/", views.renew_key, name="renew_key"),
]
