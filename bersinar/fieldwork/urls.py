"""Addresses."""

from django.urls import include, path

from bersinar.fieldwork.views import grid, imports, rounds

app_name = "fieldwork"
urlpatterns = [
    path("", rounds.home, name="home"),
    path("putaran/buka/", rounds.open_round, name="open"),
    path("putaran/<int:pk>/", rounds.round_page, name="round"),
    path("putaran/<int:pk>/tutup/", rounds.close_round, name="close"),
    path("putaran/<int:pk>/templat/", rounds.template, name="template"),
    path("putaran/<int:pk>/unggah/", imports.upload, name="upload"),
    path("putaran/<int:pk>/isi/", grid.grid, name="grid"),
    path("putaran/<int:pk>/isi/<int:village_id>/", grid.fill, name="fill"),
    path("isian/<int:pk>/tarik/", grid.undo, name="undo"),
    path("putaran/<int:pk>/sel/", grid.cell, name="cell"),
    path("putaran/<int:pk>/desa/<int:village_id>/", grid.village, name="village"),
    path("berkas/<int:pk>/", imports.import_page, name="import"),
    path("berkas/<int:pk>/simpan/", imports.apply, name="apply"),
    path("berkas/<int:pk>/tarik/", imports.withdraw, name="withdraw"),
    path("berkas/<int:pk>/asli/", imports.original, name="original"),
    path("berkas/<int:pk>/komentar/", imports.marked, name="marked"),
    path("", include("bersinar.fieldwork.wizard.urls")),
]
