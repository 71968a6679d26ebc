"""Addresses of the matching; they belong to the names of fieldwork."""

from django.urls import path

from bersinar.fieldwork.wizard import views

urlpatterns = [
    path("putaran/<int:round_id>/berkas-lain/", views.start, name="wizard_start"),
    path("berkas/<int:import_id>/cocokkan/", views.match, name="wizard_match"),
    path("berkas-lain/<int:pk>/lembar/", views.sheet, name="wizard_sheet"),
    path("berkas-lain/<int:pk>/kolom/", views.columns, name="wizard_columns"),
    path("berkas-lain/<int:pk>/desa/", views.villages, name="wizard_villages"),
    path("berkas-lain/<int:pk>/arti/", views.feeds, name="wizard_feeds"),
    path("berkas-lain/<int:pk>/periksa/", views.check, name="wizard_check"),
    path("berkas-lain/<int:pk>/buang/", views.discard, name="wizard_discard"),
]
