"""Addresses."""

from django.urls import path

from bersinar.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.index, name="list"),
    path("periksa/", views.verify, name="verify"),
    path("templat/", views.templates, name="templates"),
    path("templat/pola/", views.pattern, name="pattern"),
    path("templat/<str:kind>.docx", views.built_in, name="built_in"),
    path("berkas/<int:pk>/", views.file, name="file"),
    path("<int:pk>/", views.letter, name="letter"),
    path("<int:pk>/terbitkan/", views.issue, name="issue"),
    path("<int:pk>/catat-nomor/", views.record, name="record"),
    path("<int:pk>/batalkan/", views.void, name="void"),
    path("<int:pk>/surat.pdf", views.pdf, name="pdf"),
    path("<int:pk>/surat.docx", views.docx, name="docx"),
]
