"""Addresses."""

from django.urls import path

from bersinar.documents import views

app_name = "documents"
urlpatterns = [
    path("berkas/<int:pk>/", views.file, name="file"),
]
